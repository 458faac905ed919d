package dev.lanewise.jmh.work;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of a layer's products.
 *
 * @param rows samples
 * @param in inputs of each
 * @param out outputs of each
 */
public record ProductShape(int rows, int in, int out) {
  /** Rows of them may lie as far apart as the next multiple of 4,096 bytes in one array. */
  private static final int MOST = 32768;

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:x(\\d{1,9})x(\\d{1,9}))?");

  /**
   * Reads {@code 100x784x300}, or {@code 256} for {@code 256x256x256}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static ProductShape parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw wrong(text);
    }
    int rows = Integer.parseInt(matcher.group(1));
    boolean square = matcher.group(2) == null;
    int in = square ? rows : Integer.parseInt(matcher.group(2));
    int out = square ? rows : Integer.parseInt(matcher.group(3));
    if (Math.min(rows, Math.min(in, out)) < 1 || Math.max(rows, Math.max(in, out)) > MOST) {
      throw wrong(text);
    }
    return new ProductShape(rows, in, out);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no product: expected samples, inputs and outputs such as 100x784x300, or one"
            + " number if they are the same, each from 1 to "
            + MOST);
  }

  /** Returns the floating-point operations of any of the three products. */
  public double flop() {
    return 2.0 * rows * in * out;
  }

  @Override
  public String toString() {
    return rows == in && in == out ? String.valueOf(rows) : rows + "x" + in + "x" + out;
  }
}
