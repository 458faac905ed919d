package dev.lanewise.jmh;

import dev.lanewise.jmh.work.LayerProducts;
import dev.lanewise.jmh.work.Operands;
import dev.lanewise.jmh.work.ProductShape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How fast are the three products of {@code n x n} matrices? Each counts as {@code 2 n^3} flop.
 *
 * <p>Each call adds the same product to {@code c}, so its elements grow; they stop at 2^24 times
 * the product, where adding it changes nothing any more, and never become infinite.
 */
public class GemmBenchmark extends LanewiseBenchmark {
  @Param({"scalar", "vector"})
  public String backend;

  @Param({"64", "256", "512", "1024"})
  public int n;

  float[] a;
  float[] b;
  private float[] c;
  private LayerProducts products;
  private double flop;

  @Setup
  public void setUp() {
    a = Operands.symmetric(n * n, 1);
    b = Operands.symmetric(n * n, 2);
    c = new float[n * n];
    ProductShape shape = new ProductShape(n, n, n);
    float[] work = new float[LayerProducts.room(shape, 0, columns -> columns)];
    products = new LayerProducts(kernels(backend), shape, 0, columns -> columns, a, b, c, work);
    flop = 2.0 * n * n * n;
  }

  /** Adds {@code a b}: the shape of the forward pass. */
  @Benchmark
  public float[] gemm(Flops flops, Bytes bytes) {
    flops.count(flop);
    bytes.count(4.0 * n * n);
    products.forward();
    return c;
  }

  /** Adds {@code a} times {@code b} transposed: the shape of the input gradient. */
  @Benchmark
  public float[] gemmNT(Flops flops, Bytes bytes) {
    flops.count(flop);
    bytes.count(3.0 * n * n);
    products.inputGradient();
    return c;
  }

  /** Adds {@code a} transposed times {@code b}: the shape of the weight gradient. */
  @Benchmark
  public float[] gemmTN(Flops flops, Bytes bytes) {
    flops.count(flop);
    bytes.count(4.0 * n * n);
    products.weightGradient();
    return c;
  }

  /** Throws if an element became infinite. */
  @TearDown
  public void tearDown() {
    Operands.requireFinite("c", c);
  }
}
