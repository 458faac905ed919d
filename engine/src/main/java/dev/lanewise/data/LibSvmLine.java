package dev.lanewise.data;

import java.nio.file.Path;
import java.util.Arrays;

/** One line of a {@link LibSvm} file, taken apart. */
final class LibSvmLine {
  private static final String DECIMAL = "0123456789+-.eE";
  private static final int LONGEST_SHOWN = 30;

  private final Path file;
  private long line;
  private String text;
  private int at;
  private String label;
  private boolean query;
  private int count;
  private boolean sorted;
  private int[] indices = new int[16];
  private float[] values = new float[16];

  /** Where in the text each pair starts. */
  private int[] starts = new int[16];

  LibSvmLine(Path file) {
    this.file = file;
  }

  String label() {
    return label;
  }

  /** Returns whether it names a query. */
  boolean hasQuery() {
    return query;
  }

  int count() {
    return count;
  }

  int[] indices() {
    return indices;
  }

  float[] values() {
    return values;
  }

  /** Takes a line apart; returns false if nothing is in it. */
  boolean parse(long number, String wholeText) throws DataException {
    int comment = wholeText.indexOf('#');
    line = number;
    text = comment < 0 ? wholeText : wholeText.substring(0, comment);
    at = 0;
    count = 0;
    query = false;
    sorted = true;
    String word = next();
    if (word.isEmpty()) {
      return false;
    }
    label = label(word, at - word.length());
    for (word = next(); !word.isEmpty(); word = next()) {
      if (word.startsWith("qid:")) {
        query = true;
      } else {
        pair(word, at - word.length());
      }
    }
    if (!sorted) {
      sort();
    }
    return true;
  }

  private String label(String word, int start) throws DataException {
    if (word.indexOf(',') > 0) {
      throw refused(
          start, word, "names several labels; expected one: keep one of them, or make a file each");
    }
    number(word, start, "a label");
    return word;
  }

  private void sort() throws DataException {
    long[] order = new long[count];
    for (int p = 0; p < count; p++) {
      order[p] = (long) indices[p] << Integer.SIZE | p;
    }
    Arrays.sort(order);
    float[] before = Arrays.copyOf(values, count);
    for (int p = 0; p < count; p++) {
      int from = (int) order[p];
      indices[p] = (int) (order[p] >>> Integer.SIZE);
      values[p] = before[from];
      if (p > 0 && indices[p] == indices[p - 1]) {
        throw twice(starts[from]);
      }
    }
  }

  private DataException twice(int start) {
    at = start;
    String word = next();
    String index = word.substring(0, word.indexOf(':'));
    return refused(start, word, "names index " + index + " again; expected each index once");
  }

  /** Returns the next word, empty at the end. */
  private String next() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    int start = at;
    while (at < text.length() && !isSpace(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private void pair(String word, int start) throws DataException {
    int colon = word.indexOf(':');
    if (colon < 0) {
      throw refused(start, word, "is no pair; expected index:value");
    }
    int index = index(word, start, colon);
    if (count > 0 && index == indices[count - 1]) {
      throw twice(start);
    }
    sorted &= count == 0 || index > indices[count - 1];
    if (count == indices.length) {
      indices = Arrays.copyOf(indices, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
    }
    indices[count] = index;
    starts[count] = start;
    values[count] = number(word.substring(colon + 1), start + colon + 1, "a value");
    count++;
  }

  private int index(String word, int start, int colon) throws DataException {
    String digits = word.substring(0, colon);
    boolean decimal = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    long index = decimal && digits.length() <= 10 ? Long.parseLong(digits) : -1;
    if (index < 0 || index > Integer.MAX_VALUE - 8) {
      throw refused(start, word, "has no index; expected 0 to " + (Integer.MAX_VALUE - 8));
    }
    return (int) index;
  }

  private float number(String word, int start, String what) throws DataException {
    float value = Float.NaN;
    if (!word.isEmpty() && word.chars().allMatch(c -> DECIMAL.indexOf(c) >= 0)) {
      try {
        value = Float.parseFloat(word);
      } catch (NumberFormatException e) {
        throw refused(start, word, "is not " + what + "; expected a finite number");
      }
    }
    if (!Float.isFinite(value)) {
      throw refused(start, word, "is not " + what + "; expected a finite number");
    }
    return value;
  }

  private DataException refused(int start, String word, String problem) {
    StringBuilder shown = new StringBuilder();
    for (char c : word.substring(0, Math.min(LONGEST_SHOWN, word.length())).toCharArray()) {
      shown.append(c < ' ' || c >= 127 ? '?' : c);
    }
    String rest = word.length() > LONGEST_SHOWN ? "..." : "";
    return new DataException(
        file
            + ": line "
            + line
            + ", column "
            + (start + 1)
            + ": '"
            + shown
            + rest
            + "' "
            + problem);
  }
}
