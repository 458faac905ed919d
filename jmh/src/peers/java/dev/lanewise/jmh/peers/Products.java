package dev.lanewise.jmh.peers;

import dev.lanewise.Backend;
import dev.lanewise.jmh.work.LayerProducts;
import dev.lanewise.jmh.work.LayerProducts.Product;
import dev.lanewise.jmh.work.ProductShape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A product of a layer, ours and a peer's. Ours lies as in a network's memory: from a line of the
 * cache on, and with rows that are no multiple of 2,048 bytes apart, which those who copy a
 * product's blocks first need not care about.
 */
final class Products {
  private static final int START = 12;
  private static final int LINE = 16;
  private static final int SAME_SETS = 512;

  private final Product product;
  private final ProductShape shape;
  private final LayerProducts ours;
  private final float[] c;
  private final Blas blas;
  private final MemorySegment theirA;
  private final MemorySegment theirB;
  private final MemorySegment theirC;

  Products(Point point, Blas blas) {
    this.blas = blas;
    shape = point.product();
    product =
        switch (point.op()) {
          case GEMM -> Product.FORWARD;
          case GEMM_NT -> Product.INPUT_GRADIENT;
          case GEMM_TN -> Product.WEIGHT_GRADIENT;
          default -> throw new IllegalStateException(point + " is no product");
        };
    int inputs = shape.rows() * shape.in();
    int outputs = shape.rows() * shape.out();
    int weights = shape.in() * shape.out();
    int room = LayerProducts.room(shape, START, Products::distance);
    float[] a = new float[room];
    float[] b = new float[room];
    c = new float[room];
    switch (product) {
      case FORWARD -> {
        theirA = factor(a, inputs, shape.in(), 1);
        theirB = factor(b, weights, shape.out(), 2);
        theirC = blas.allocate(outputs);
      }
      case INPUT_GRADIENT -> {
        theirA = factor(a, outputs, shape.out(), 1);
        theirB = factor(b, weights, shape.out(), 2);
        theirC = blas.allocate(inputs);
      }
      case WEIGHT_GRADIENT -> {
        theirA = factor(a, inputs, shape.in(), 1);
        theirB = factor(b, outputs, shape.out(), 2);
        theirC = blas.allocate(weights);
      }
      default -> throw new IllegalStateException(product + " is unknown");
    }
    ours =
        new LayerProducts(
            Backend.preferred().kernels(),
            shape,
            START,
            Products::distance,
            a,
            b,
            c,
            new float[room]);
  }

  private static int distance(int columns) {
    return columns % SAME_SETS == 0 ? columns + LINE : columns;
  }

  /** Fills a factor of ours with numbers, and returns the same one as the peer likes it. */
  private MemorySegment factor(float[] ours, int n, int columns, long seed) {
    float[] dense = Problem.symmetric(n, 1, seed);
    for (int r = 0; r < n / columns; r++) {
      System.arraycopy(dense, r * columns, ours, START + r * distance(columns), columns);
    }
    MemorySegment segment = blas.allocate(n);
    MemorySegment.copy(dense, 0, segment, ValueLayout.JAVA_FLOAT, 0, n);
    return segment;
  }

  void ours() {
    ours.run(product);
  }

  /** As ours: the input gradient overwrites, the others add. */
  void theirs() {
    int rows = shape.rows();
    int in = shape.in();
    int out = shape.out();
    switch (product) {
      case FORWARD -> blas.gemm(false, false, rows, out, in, 1, theirA, theirB, 1, theirC);
      case INPUT_GRADIENT -> blas.gemm(false, true, rows, in, out, 1, theirA, theirB, 0, theirC);
      case WEIGHT_GRADIENT -> blas.gemm(true, false, in, out, rows, 1, theirA, theirB, 1, theirC);
    }
  }

  /** Returns the largest difference after one product each, beside the size of an element. */
  double difference() {
    ours();
    theirs();
    int columns = product == Product.INPUT_GRADIENT ? shape.in() : shape.out();
    int lines = product == Product.WEIGHT_GRADIENT ? shape.in() : shape.rows();
    double largest = 0;
    for (int r = 0; r < lines; r++) {
      for (int j = 0; j < columns; j++) {
        float our = c[START + r * distance(columns) + j];
        float their = theirC.getAtIndex(ValueLayout.JAVA_FLOAT, (long) r * columns + j);
        largest = Math.max(largest, Math.abs(our - their));
      }
    }
    return largest / Math.sqrt(terms());
  }

  private int terms() {
    return switch (product) {
      case FORWARD -> shape.in();
      case INPUT_GRADIENT -> shape.out();
      case WEIGHT_GRADIENT -> shape.rows();
    };
  }
}
