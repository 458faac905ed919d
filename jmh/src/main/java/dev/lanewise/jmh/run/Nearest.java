package dev.lanewise.jmh.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What a misspelt word was probably meant to be. */
public final class Nearest {
  private Nearest() {}

  /** Ends a message with {@code ; did you mean width?}, or with nothing where no word is near. */
  public static String hint(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(other -> distance(lower, other) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt(other -> distance(lower, other)))
        .map(other -> "; did you mean " + other + "?")
        .orElse("");
  }

  /** Counts letters to insert, delete, replace, or swap with their neighbours. */
  private static int distance(String a, String other) {
    String b = other.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int differ = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(edits[i - 1][j - 1] + differ, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
