package dev.lanewise.kernel;

import dev.lanewise.kernel.Operand.Side;
import dev.lanewise.kernel.Operand.Spec;
import dev.lanewise.model.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One call of a kernel: its sizes and operands, all of them decided by a seed. */
final class Call {
  private final Kernel kernel;
  private final int rows;
  private final int in;
  private final int out;
  private final float factor;
  private final Activation activation;
  private final boolean skipZeros;
  private final String origin;
  private final List<Operand> operands;

  private Call(
      Kernel kernel,
      int[] sizes,
      float factor,
      boolean skipZeros,
      String origin,
      List<Operand> operands) {
    this.kernel = kernel;
    this.rows = sizes[0];
    this.in = sizes[1];
    this.out = sizes[2];
    this.factor = factor;
    this.activation = kernel.activation(factor);
    this.skipZeros = skipZeros;
    this.origin = origin;
    this.operands = operands;
  }

  static Call draw(Kernel kernel, int rows, int in, int out, Numbers numbers, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] sizes = {rows, in, out};
    List<Operand> operands = new ArrayList<>();
    for (Spec spec : kernel.specs()) {
      operands.add(
          Operand.draw(
              spec,
              side(kernel, spec.rows(), sizes),
              side(kernel, spec.columns(), sizes),
              numbers,
              random));
    }
    String origin = numbers + ", seed " + seed;
    return new Call(kernel, sizes, numbers.draw(random), random.nextBoolean(), origin, operands);
  }

  private static int side(Kernel kernel, Side side, int[] sizes) {
    return switch (side) {
      case ONE -> 1;
      case ROWS -> sizes[0];
      case IN -> sizes[1];
      case OUT -> sizes[2];
      case WORK -> kernel.work(sizes[0], sizes[1], sizes[2]);
    };
  }

  Call copy() {
    return with(new ArrayList<>(operands.stream().map(Operand::copy).toList()));
  }

  /** A copy with another operand in the place of one. */
  Call with(int i, Operand operand) {
    Call copy = copy();
    copy.operands.set(i, operand);
    return copy;
  }

  /** A copy where operand {@code i} lies in the array of the first one, and at the same place. */
  Call aliasing(int i) {
    Call copy = copy();
    Operand first = copy.operand(0);
    Operand twin =
        new Operand(operand(i).spec(), 1, out, first.array(), first.offset(), first.ld());
    copy.operands.set(i, twin);
    return copy;
  }

  /** A copy with other sizes, on operands that are as they were. */
  Call withSizes(int newRows, int newIn, int newOut) {
    int[] sizes = {newRows, newIn, newOut};
    return new Call(kernel, sizes, factor, skipZeros, origin, copy().operands);
  }

  private Call with(List<Operand> newOperands) {
    int[] sizes = {rows, in, out};
    return new Call(kernel, sizes, factor, skipZeros, origin, newOperands);
  }

  double run(Kernels kernels) {
    return kernel.body().run(kernels, this);
  }

  Kernel kernel() {
    return kernel;
  }

  int rows() {
    return rows;
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  float factor() {
    return factor;
  }

  /** The activation, null for another kernel. */
  Activation activation() {
    return activation;
  }

  boolean skipZeros() {
    return skipZeros;
  }

  List<Operand> operands() {
    return operands;
  }

  Operand operand(int i) {
    return operands.get(i);
  }

  float[] a(int i) {
    return operand(i).array();
  }

  int at(int i) {
    return operand(i).offset();
  }

  int ld(int i) {
    return operand(i).ld();
  }

  /** Element {@code (r, c)} of operand {@code i}, exactly. */
  double get(int i, int r, int c) {
    return operand(i).get(r, c);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kernel.method());
    text.append("(rows ").append(rows).append(", in ").append(in).append(", out ").append(out);
    text.append(", factor ").append(factor).append(skipZeros ? ", skipping zeros" : "");
    for (Operand operand : operands) {
      text.append(", ").append(operand.spec().name()).append(" at ").append(operand.offset());
      text.append(" ld ").append(operand.ld());
    }
    return text.append(") on ").append(origin).toString();
  }
}
