package dev.lanewise.jmh.peers;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What a training step does besides products, on vectors. Loops over whole segments run on to the
 * end of the last vector, so segments must be {@linkplain #padded padded}.
 */
final class BlasElementwise {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private BlasElementwise() {}

  /** Returns a number of floats rounded up to whole vectors. */
  static int padded(int floats) {
    return (floats + F.length() - 1) / F.length() * F.length();
  }

  private static FloatVector at(MemorySegment segment, int i) {
    return FloatVector.fromMemorySegment(F, segment, (long) i * Float.BYTES, ORDER);
  }

  private static FloatVector at(MemorySegment segment, int i, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(F, segment, (long) i * Float.BYTES, ORDER, mask);
  }

  private static void set(MemorySegment segment, int i, FloatVector value) {
    value.intoMemorySegment(segment, (long) i * Float.BYTES, ORDER);
  }

  /** Adds a bias to each row, then applies ReLU if wanted. */
  static void addBias(MemorySegment y, MemorySegment bias, int rows, int n, boolean relu) {
    FloatVector least = FloatVector.broadcast(F, relu ? 0 : Float.NEGATIVE_INFINITY);
    int bound = F.loopBound(n);
    VectorMask<Float> rest = F.indexInRange(bound, n);
    for (int r = 0; r < rows; r++) {
      int row = r * n;
      for (int j = 0; j < bound; j += F.length()) {
        set(y, row + j, at(y, row + j).add(at(bias, j)).max(least));
      }
      if (bound < n) {
        at(y, row + bound, rest)
            .add(at(bias, bound))
            .max(least)
            .intoMemorySegment(y, (long) (row + bound) * Float.BYTES, ORDER, rest);
      }
    }
  }

  /** {@code dy = scale (y - t)}. */
  static void lossGradient(MemorySegment y, MemorySegment t, MemorySegment dy, int n, float scale) {
    for (int i = 0; i < n; i += F.length()) {
      set(dy, i, at(y, i).sub(at(t, i)).mul(scale));
    }
  }

  /** The derivative of ReLU: {@code dy = 0} wherever {@code y} is. */
  static void zeroWhereZero(MemorySegment dy, MemorySegment y, int n) {
    FloatVector zero = FloatVector.zero(F);
    for (int i = 0; i < n; i += F.length()) {
      set(dy, i, zero.blend(at(dy, i), at(y, i).compare(VectorOperators.GT, 0)));
    }
  }

  /** {@code bias = bias + a} times the sums of the columns of {@code dy}. */
  static void addColumnSums(MemorySegment bias, float a, MemorySegment dy, int rows, int n) {
    int bound = F.loopBound(n);
    for (int j = 0; j < bound; j += F.length()) {
      set(bias, j, at(bias, j).add(columnSums(dy, rows, n, j).mul(a)));
    }
    if (bound < n) {
      VectorMask<Float> rest = F.indexInRange(bound, n);
      FloatVector sum = FloatVector.zero(F);
      for (int r = 0; r < rows; r++) {
        sum = sum.add(at(dy, r * n + bound, rest));
      }
      set(bias, bound, at(bias, bound).add(sum.mul(a)));
    }
  }

  /** Four sums, so that an addition need not wait for the one before. */
  private static FloatVector columnSums(MemorySegment dy, int rows, int n, int j) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int r = 0;
    for (; r < rows - 3; r += 4) {
      s0 = s0.add(at(dy, r * n + j));
      s1 = s1.add(at(dy, (r + 1) * n + j));
      s2 = s2.add(at(dy, (r + 2) * n + j));
      s3 = s3.add(at(dy, (r + 3) * n + j));
    }
    for (; r < rows; r++) {
      s0 = s0.add(at(dy, r * n + j));
    }
    return s0.add(s1).add(s2.add(s3));
  }
}
