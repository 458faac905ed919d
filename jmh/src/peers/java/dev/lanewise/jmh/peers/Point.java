package dev.lanewise.jmh.peers;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of work to time.
 *
 * @param op what is done
 * @param widths how many inputs the network has, and how many outputs each of its layers; for a
 *     product only the size of the matrices
 * @param batch how many samples are done at once
 */
record Point(Op op, List<Integer> widths, int batch) {
  enum Op {
    TRAIN,
    FORWARD,
    /** {@code c = c + a b}. */
    GEMM,
    /** {@code c = a} times {@code b} transposed. */
    GEMM_NT,
    /** {@code c = c + a} transposed times {@code b}. */
    GEMM_TN,
    /** A training step where half of each layer's inputs are zero. */
    ZEROS;

    boolean isProduct() {
      return this == GEMM || this == GEMM_NT || this == GEMM_TN;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Reads what {@link #toString} wrote. */
  static Point parse(String text) {
    String[] parts = text.split(":", -1);
    return new Point(
        Op.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_')),
        Stream.of(parts[1].split("-", -1)).map(Integer::valueOf).toList(),
        Integer.parseInt(parts[2]));
  }

  int layers() {
    return widths.size() - 1;
  }

  int in(int layer) {
    return widths.get(layer);
  }

  int out(int layer) {
    return widths.get(layer + 1);
  }

  int outputs() {
    return widths.get(layers());
  }

  /**
   * Returns how many floating-point operations it takes. Only products count: in a training step
   * forward, weight gradient and, but for the first layer, input gradient. Zeros count as well.
   */
  double flop() {
    if (op.isProduct()) {
      return 2 * Math.pow(widths.get(0), 3);
    }
    double forward = 0;
    for (int l = 0; l < layers(); l++) {
      forward += 2.0 * in(l) * out(l);
    }
    double perSample = op == Op.FORWARD ? forward : 3 * forward - 2.0 * in(0) * out(0);
    return batch * perSample;
  }

  /** Returns the width if all are the same, else all of them. */
  String shape() {
    return widths.stream().distinct().count() == 1 ? widths.get(0).toString() : allWidths();
  }

  /** Returns the widths as in {@code 784-300-10}. */
  String allWidths() {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  @Override
  public String toString() {
    return op + ":" + allWidths() + ":" + batch;
  }
}
