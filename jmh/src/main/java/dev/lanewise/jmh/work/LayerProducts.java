package dev.lanewise.jmh.work;

import dev.lanewise.Backend;
import dev.lanewise.kernel.Kernels;

/**
 * The three products of a layer, on operands that lie where one wants them: {@code a} and {@code b}
 * are the factors, {@code c} is the result. Each call adds to {@code c} but for the input gradient,
 * which overwrites it; where {@code c} is added to, it stops growing at 2^24 times the product.
 */
public final class LayerProducts {
  /** Which of them. */
  public enum Product {
    /** {@code y = y + x w}: {@code rows x in} times {@code in x out}. */
    FORWARD("forward"),
    /** {@code dx = dy} times {@code w} transposed: {@code rows x out} times {@code out x in}. */
    INPUT_GRADIENT("input-gradient"),
    /**
     * {@code w = w + x} transposed times {@code dy}: {@code in x rows} times {@code rows x out}.
     */
    WEIGHT_GRADIENT("weight-gradient");

    private final String text;

    Product(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** How far apart the rows of an operand lie that has so many columns. */
  @FunctionalInterface
  public interface Distance {
    int of(int columns);
  }

  private final Kernels kernels;
  private final ProductShape shape;
  private final int offset;
  private final int ldIn;
  private final int ldOut;
  private final float[] a;
  private final float[] b;
  private final float[] c;
  private final float[] work;

  /**
   * Takes arrays and computes in them.
   *
   * @param offset where each operand starts in its array
   * @param distance how far apart the rows of each lie
   * @param a the first factor, {@link #room} elements
   * @param b the second one
   * @param c the result
   * @param work room for what a product puts down
   */
  public LayerProducts(
      Kernels kernels,
      ProductShape shape,
      int offset,
      Distance distance,
      float[] a,
      float[] b,
      float[] c,
      float[] work) {
    this.kernels = kernels;
    this.shape = shape;
    this.offset = offset;
    ldIn = distance.of(shape.in());
    ldOut = distance.of(shape.out());
    this.a = a;
    this.b = b;
    this.c = c;
    this.work = work;
  }

  /** Returns how long each of the arrays must be, for any of the products. */
  public static int room(ProductShape shape, int offset, Distance distance) {
    long most = (long) Math.max(shape.rows(), shape.in()) * distance.of(shape.out());
    most = Math.max(most, (long) shape.rows() * distance.of(shape.in()));
    return Math.toIntExact(Math.max(most, workRoom(shape)) + offset);
  }

  private static int workRoom(ProductShape shape) {
    Kernels kernels = Backend.VECTOR.kernels();
    int forward = kernels.gemmWork(shape.rows(), shape.in(), shape.out());
    int back = kernels.gemmNTWork(shape.rows(), shape.in(), shape.out());
    return Math.max(
        Math.max(forward, back), kernels.gemmTNWork(shape.rows(), shape.in(), shape.out()));
  }

  /** Computes one of them. */
  public void run(Product product) {
    switch (product) {
      case FORWARD -> forward();
      case INPUT_GRADIENT -> inputGradient();
      case WEIGHT_GRADIENT -> weightGradient();
    }
  }

  /** Adds {@code a b} to {@code c}. */
  public void forward() {
    kernels.gemm(
        shape.rows(),
        shape.in(),
        shape.out(),
        a,
        offset,
        ldIn,
        b,
        offset,
        ldOut,
        c,
        offset,
        ldOut,
        work,
        offset);
  }

  /** Sets {@code c} to {@code a} times {@code b} transposed. */
  public void inputGradient() {
    kernels.gemmNT(
        shape.rows(),
        shape.in(),
        shape.out(),
        a,
        offset,
        ldOut,
        b,
        offset,
        ldOut,
        c,
        offset,
        ldIn,
        work,
        offset);
  }

  /** Adds {@code a} transposed times {@code b} to {@code c}. */
  public void weightGradient() {
    kernels.gemmTN(
        shape.rows(),
        shape.in(),
        shape.out(),
        1,
        a,
        offset,
        ldIn,
        b,
        offset,
        ldOut,
        c,
        offset,
        ldOut,
        work,
        offset);
  }
}
