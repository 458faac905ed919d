package dev.lanewise.cli.data;

import java.util.Arrays;

/** Which indices of a file of sparse rows are inputs, in the order of the inputs. Unchangeable. */
final class Indices {
  private static final int FIRST = 1 << 12;

  private final int[] sorted;
  private final boolean sparse;

  private Indices(int[] sorted, boolean sparse) {
    this.sorted = sorted;
    this.sparse = sparse;
  }

  /** Returns the indices from 1 to a number. */
  static Indices upTo(int last) {
    int[] all = new int[last];
    Arrays.setAll(all, i -> i + 1);
    return new Indices(all, false);
  }

  /** Returns them for rows that a network gets sparsely, or not. */
  Indices withSparse(boolean isSparse) {
    return new Indices(sorted, isSparse);
  }

  /** Returns whether a network gets few of many numbers, as they are. */
  boolean sparse() {
    return sparse;
  }

  int size() {
    return sorted.length;
  }

  /** Returns the input of an index; below 0 if it is none. */
  int input(int index) {
    // Of the indices 1, 2, 3 and so on, which are usual, none has to be looked for.
    int guess = index - 1;
    if (guess >= 0 && guess < sorted.length && sorted[guess] == index) {
      return guess;
    }
    return Arrays.binarySearch(sorted, index);
  }

  int index(int input) {
    return sorted[input];
  }

  boolean fromZero() {
    return sorted[0] == 0;
  }

  /** Returns those for whose inputs there is a true. */
  Indices only(boolean[] chosen) {
    int[] some = new int[sorted.length];
    int n = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (chosen[i]) {
        some[n++] = sorted[i];
      }
    }
    return new Indices(Arrays.copyOf(some, n), sparse);
  }

  /** Returns words such as {@code " of the indices 0 to 7"}; nothing for 1, 2, 3 and so on. */
  String description() {
    int last = sorted[sorted.length - 1];
    return sorted[0] == 1 && last == sorted.length
        ? ""
        : " of the indices " + sorted[0] + " to " + last;
  }

  /** Returns a text such as {@code 1-13,15}, for {@link #parse}. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sorted.length; i++) {
      int from = i;
      while (i + 1 < sorted.length && sorted[i + 1] == sorted[i] + 1) {
        i++;
      }
      text.append(from == 0 ? "" : ",").append(sorted[from]);
      if (i > from) {
        text.append('-').append(sorted[i]);
      }
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Indices parse(String text, int size) {
    int[] sorted = new int[size];
    int n = 0;
    int last = -1;
    for (String run : text.split(",", -1)) {
      int dash = run.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? run : run.substring(0, dash));
      int to = dash < 0 ? from : Integer.parseInt(run.substring(dash + 1));
      if (from <= last || to < from || to - from >= size - n) {
        throw new IllegalArgumentException("'" + run + "' is no run of " + size + " indices");
      }
      for (int index = from; index <= to; index++) {
        sorted[n++] = index;
      }
      last = to;
    }
    if (n != size) {
      throw new IllegalArgumentException("there are " + n + " indices, not " + size);
    }
    return new Indices(sorted, false);
  }

  /** Collects indices that come in any order, each any number of times. */
  static final class Collector {
    /** The first ones are different, and in order. */
    private int[] seen = new int[FIRST];

    private int n;

    void add(int index) {
      if (n == seen.length) {
        sort();
        seen = Arrays.copyOf(seen, Math.max(seen.length, 2 * n));
      }
      seen[n++] = index;
    }

    private void sort() {
      Arrays.sort(seen, 0, n);
      int different = 0;
      for (int i = 0; i < n; i++) {
        if (different == 0 || seen[i] != seen[different - 1]) {
          seen[different++] = seen[i];
        }
      }
      n = different;
    }

    Indices all() {
      sort();
      return new Indices(Arrays.copyOf(seen, n), false);
    }
  }
}
