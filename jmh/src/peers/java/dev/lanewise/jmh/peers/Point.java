package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.work.ProductShape;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of work to time.
 *
 * @param op what is done
 * @param widths how many inputs the network has, and how many outputs each of its layers; of a
 *     product those of the one layer it belongs to
 * @param batch how many samples are done at once
 */
record Point(Op op, List<Integer> widths, int batch) {
  enum Op {
    TRAIN,
    FORWARD,
    /** The forward product of a layer, added to its outputs. */
    GEMM,
    /** The input gradient of a layer. */
    GEMM_NT,
    /** The weight gradient of a layer, added to its weights. */
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

  /** Returns a point for one of the products of a layer. */
  static Point of(Op op, ProductShape shape) {
    return new Point(op, List.of(shape.in(), shape.out()), shape.rows());
  }

  /** Returns the sizes of a product. */
  ProductShape product() {
    return new ProductShape(batch, in(0), out(0));
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
      return product().flop();
    }
    double forward = 0;
    for (int l = 0; l < layers(); l++) {
      forward += 2.0 * in(l) * out(l);
    }
    double perSample = op == Op.FORWARD ? forward : 3 * forward - 2.0 * in(0) * out(0);
    return batch * perSample;
  }

  /** Returns about how many bytes of the heap it takes to do it, beside a peer. */
  double heapBytes() {
    if (op.isProduct()) {
      return 10.0
          * Float.BYTES
          * Math.max((double) in(0) * out(0), batch * (double) (in(0) + out(0)));
    }
    double parameters = 0;
    double outputs = in(0);
    for (int l = 0; l < layers(); l++) {
      parameters += (in(l) + 1.0) * out(l);
      outputs += out(l);
    }
    return Float.BYTES * (5 * parameters + batch * (5 * outputs + 4.0 * (in(0) + outputs())));
  }

  /** Returns the width if all are the same, else all of them; the sizes of a product. */
  String shape() {
    return op.isProduct()
        ? product().toString()
        : widths.stream().distinct().count() == 1 ? widths.get(0).toString() : allWidths();
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
