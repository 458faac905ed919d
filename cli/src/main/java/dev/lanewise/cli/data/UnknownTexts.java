package dev.lanewise.cli.data;

import java.util.List;
import java.util.Locale;

/**
 * Counts what a network does not know of the rows to test with, for none of those to train on has
 * it: texts of a table, and indices of sparse rows.
 */
final class UnknownTexts {
  private final Schema found;
  private final Encoding encoding;
  private long cells;
  private String first;

  UnknownTexts(Schema found, Schema known) {
    this.found = found;
    this.encoding = new Encoding(found, known);
  }

  /** Looks at some rows to test with. */
  void add(RowStore rows, int[] chosen) {
    if (!rows.sparse() && encoding.numbersOnly()) {
      return;
    }
    Codes codes = rows.room();
    for (int row : chosen) {
      rows.read(row, codes);
      for (int c = 0; c < codes.count; c++) {
        if (encoding.isUnknown(codes, c)) {
          add(
              1,
              codes.sparse() ? "index " + found.indices().index(codes.places[c]) : text(codes, c));
        }
      }
    }
  }

  private String text(Codes codes, int c) {
    Column column = found.columns().get(found.inputColumns().get(c));
    int code = (int) codes.values[c];
    String in = " in '" + column.name() + "'";
    return code < 0 ? "a text" + in : "'" + column.categories().get(code) + "'" + in;
  }

  /** Adds what a file to test with has that the whole file to train on has not. */
  void add(long count, String example) {
    cells += count;
    first = first == null ? example : first;
  }

  /** Returns what is to be said, or nothing. */
  List<String> notes() {
    boolean one = cells == 1;
    String what =
        found.kind() == Schema.Kind.LIBSVM
            ? (one ? "value" : "values")
                + " of the rows to test with "
                + (one ? "has an index" : "have indices")
                + " that no row to train on names, and which "
                + (one ? "is" : "are")
                + " passed over"
            : (one ? "cell" : "cells")
                + " of the rows to test with "
                + (one ? "holds" : "hold")
                + " a text that no row to train on has, and which counts as none";
    return cells == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT, "note: %,d %s: %s%s", cells, what, first, one ? "" : " is the first"));
  }
}
