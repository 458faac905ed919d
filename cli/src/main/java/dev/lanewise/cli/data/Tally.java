package dev.lanewise.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was met in a file.
 *
 * @param rows how many rows it has, with those left out
 * @param leftOut how many of them were left out, because their target or another cell is missing
 * @param filled how many missing cells were filled
 * @param unknown how many cells hold a category that the network does not know
 * @param firstUnknown where the first of them is, and what it holds; null if there is none
 * @param queries how many rows name the query that they belong to, which is passed over
 */
public record Tally(
    long rows, long leftOut, long filled, long unknown, String firstUnknown, long queries) {
  /** Of a file in which nothing can be missing or unknown. */
  static Tally of(long rows) {
    return new Tally(rows, 0, 0, 0, null, 0);
  }

  /** Returns what is worth telling, such as {@code " (2 left out, 3 cells filled)"}; or nothing. */
  public String remark() {
    List<String> parts = new ArrayList<>();
    if (leftOut > 0) {
      parts.add(String.format(Locale.ROOT, "%,d left out", leftOut));
    }
    if (filled > 0) {
      parts.add(
          String.format(
              Locale.ROOT, "%,d missing %s filled", filled, filled == 1 ? "cell" : "cells"));
    }
    if (queries > 0) {
      parts.add(String.format(Locale.ROOT, "qid of %,d passed over", queries));
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }
}
