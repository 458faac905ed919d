package dev.lanewise.cli.data;

import java.util.List;
import java.util.Locale;

/**
 * Counts cells with a text that a network does not know, for none of the rows to train on has it.
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
    if (encoding.numbersOnly()) {
      return;
    }
    float[] codes = new float[rows.columns()];
    for (int row : chosen) {
      rows.codes(row, codes, 0);
      for (int c = encoding.unknown(codes, 0); c >= 0; c = encoding.unknown(codes, c + 1)) {
        cells++;
        first = first == null ? text(c, (int) codes[c]) : first;
      }
    }
  }

  private String text(int place, int code) {
    Column column = found.columns().get(found.inputColumns().get(place));
    String in = " in '" + column.name() + "'";
    return code < 0 ? "a text" + in : "'" + column.categories().get(code) + "'" + in;
  }

  /** Returns what is to be said, or nothing. */
  List<String> notes() {
    return cells == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "note: %,d %s of the rows to test with %s a text that no row to train on has, and"
                    + " which counts as none: %s%s",
                cells,
                cells == 1 ? "cell" : "cells",
                cells == 1 ? "holds" : "hold",
                first,
                cells == 1 ? "" : " is the first"));
  }
}
