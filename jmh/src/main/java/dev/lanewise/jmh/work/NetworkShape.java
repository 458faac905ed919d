package dev.lanewise.jmh.work;

import dev.lanewise.kernel.Kernels;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How wide the layers of a network of dense layers are.
 *
 * @param widths how many inputs it has, and how many outputs each of its layers
 */
public record NetworkShape(List<Integer> widths) {
  private static final Pattern FORM = Pattern.compile("[1-9]\\d{0,8}(-[1-9]\\d{0,8})+");

  /** Keeps a copy. */
  public NetworkShape {
    widths = List.copyOf(widths);
  }

  /** Returns {@code W-W-W-W}, three layers of the same width. */
  public static NetworkShape square(int width) {
    return new NetworkShape(Collections.nCopies(4, width));
  }

  /**
   * Reads {@code 784-300-100-10}.
   *
   * @throws IllegalArgumentException if it is something else, or has more parameters than fit a
   *     network
   */
  public static NetworkShape parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no network: expected its inputs and the outputs of each layer, all above 0,"
              + " such as 784-300-100-10");
    }
    NetworkShape shape =
        new NetworkShape(Stream.of(text.split("-")).map(Integer::valueOf).toList());
    if (shape.parameters() > Kernels.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' has "
              + shape.parameters()
              + " parameters: expected at most "
              + Kernels.MAX_LENGTH);
    }
    return shape;
  }

  private long parameters() {
    long sum = 0;
    for (int l = 1; l < widths.size(); l++) {
      sum += (widths.get(l - 1) + 1L) * widths.get(l);
    }
    return sum;
  }

  @Override
  public String toString() {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
