package dev.lanewise.cli.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds what a misspelt word was meant to be. */
public final class Near {
  private static final int MOST = 3;

  private Near() {}

  /**
   * Returns {@code "; did you mean 'species'?"}, or nothing if no word is near.
   *
   * @param word what was typed
   * @param known what could have been meant
   */
  public static String to(String word, Collection<String> known) {
    List<String> near = words(word, known);
    return near.isEmpty() ? "" : "; did you mean '" + String.join("' or '", near) + "'?";
  }

  /** Returns the nearest words, those that are equally near; none if all are far away. */
  static List<String> words(String word, Collection<String> known) {
    String typed = word.toLowerCase(Locale.ROOT);
    List<String> near = new ArrayList<>();
    int least = Math.max(1, typed.length() / 3);
    for (String name : known) {
      int distance = distance(typed, name.toLowerCase(Locale.ROOT));
      // A word of which every letter is changed is another one.
      if (distance <= least && distance < Math.max(typed.length(), name.length())) {
        if (distance < least) {
          near.clear();
        }
        least = distance;
        near.add(name);
      }
    }
    return near.subList(0, Math.min(MOST, near.size()));
  }

  /** How many letters to add, drop, change, or swap with the next: the optimal string alignment. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > Math.max(1, a.length() / 3)) {
      return Integer.MAX_VALUE;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + changed, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
