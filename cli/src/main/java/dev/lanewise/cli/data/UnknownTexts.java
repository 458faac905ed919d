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
    if (rows.sparse()) {
      addSparse(rows, chosen);
    } else if (!encoding.numbersOnly()) {
      addTexts(rows, chosen);
    }
  }

  private void addTexts(RowStore rows, int[] chosen) {
    float[] codes = new float[rows.columns()];
    for (int row : chosen) {
      rows.codes(row, codes, 0);
      for (int c = encoding.unknown(codes, 0); c >= 0; c = encoding.unknown(codes, c + 1)) {
        add(1, text(c, (int) codes[c]));
      }
    }
  }

  private String text(int place, int code) {
    Column column = found.columns().get(found.inputColumns().get(place));
    String in = " in '" + column.name() + "'";
    return code < 0 ? "a text" + in : "'" + column.categories().get(code) + "'" + in;
  }

  private void addSparse(RowStore rows, int[] chosen) {
    float[] named = {};
    for (int row : chosen) {
      int count = rows.named(row);
      named = named.length < 2 * count ? new float[4 * count] : named;
      rows.named(row, named);
      for (int i = 0; i < count; i++) {
        if (encoding.input((int) named[i]) < 0) {
          add(1, "index " + found.indices().index((int) named[i]));
        }
      }
    }
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
