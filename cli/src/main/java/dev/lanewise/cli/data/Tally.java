package dev.lanewise.cli.data;

import java.util.Locale;

/**
 * What was met in a file.
 *
 * @param rows how many rows it has, with those left out
 * @param leftOut how many of them were left out, because their target or another cell is missing
 * @param filled how many missing cells were filled
 * @param unknown how many cells hold a category that the network does not know
 * @param firstUnknown where the first of them is, and what it holds; null if there is none
 */
public record Tally(long rows, long leftOut, long filled, long unknown, String firstUnknown) {
  /** Of a file in which nothing can be missing or unknown. */
  static Tally of(long rows) {
    return new Tally(rows, 0, 0, 0, null);
  }

  /** Returns what is worth telling, such as {@code " (2 left out, 3 cells filled)"}; or nothing. */
  public String remark() {
    String separator = leftOut > 0 && filled > 0 ? ", " : "";
    String remark =
        (leftOut == 0 ? "" : String.format(Locale.ROOT, "%,d left out", leftOut))
            + separator
            + (filled == 0
                ? ""
                : String.format(
                    Locale.ROOT, "%,d missing %s filled", filled, filled == 1 ? "cell" : "cells"));
    return remark.isEmpty() ? "" : " (" + remark + ")";
  }
}
