package dev.lanewise.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A matrix or vector inside an array whose other elements are guards: NaNs that no one may touch.
 */
final class Operand {
  /** What a kernel does with an operand. */
  enum Use {
    READ,
    CHANGED,
    OVERWRITTEN,
    SCRATCH
  }

  /** Which of a call's sizes an operand's side has. */
  enum Side {
    ONE,
    ROWS,
    IN,
    OUT,
    WORK
  }

  /** What a kernel's Javadoc says about an operand. */
  record Spec(String name, Side rows, Side columns, Use use) {
    boolean isMatrix() {
      return rows != Side.ONE && use != Use.SCRATCH;
    }
  }

  private static final int GUARD = 0x7fc5a5a5;
  private static final int[] OFFSETS = {0, 1, 3, 7, 8, 17};
  private static final int[] GAPS = {0, 1, 3, 16};

  private final Spec spec;
  private final int rows;
  private final int columns;
  private final float[] array;
  private final int offset;
  private final int ld;

  Operand(Spec spec, int rows, int columns, float[] array, int offset, int ld) {
    this.spec = spec;
    this.rows = rows;
    this.columns = columns;
    this.array = array;
    this.offset = offset;
    this.ld = ld;
  }

  /** Lays an operand out at an offset, with gaps and with room behind it that the seed decides. */
  static Operand draw(Spec spec, int rows, int columns, Numbers numbers, SplittableRandom random) {
    int offset = OFFSETS[random.nextInt(OFFSETS.length)];
    int ld = columns + (spec.isMatrix() ? GAPS[random.nextInt(GAPS.length)] : 0);
    int behind = random.nextBoolean() ? 0 : 35;
    int end = rows == 0 ? offset : offset + (rows - 1) * ld + columns;
    float[] array = new float[end + behind];
    Arrays.fill(array, Float.intBitsToFloat(GUARD));
    Operand operand = new Operand(spec, rows, columns, array, offset, ld);
    if (spec.use() == Use.READ || spec.use() == Use.CHANGED) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          array[operand.at(r, c)] = numbers.draw(random);
        }
      }
    }
    return operand;
  }

  Operand copy() {
    return in(array == null ? null : array.clone(), offset, ld);
  }

  Operand in(float[] newArray, int newOffset, int newLd) {
    return new Operand(spec, rows, columns, newArray, newOffset, newLd);
  }

  /** The same operand at the very end of an array that is one element too short for it. */
  Operand oneTooShort() {
    int end = rows == 0 ? offset : offset + (rows - 1) * ld + columns;
    return in(Arrays.copyOf(array, end - 1), offset, ld);
  }

  Spec spec() {
    return spec;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  float[] array() {
    return array;
  }

  int offset() {
    return offset;
  }

  int ld() {
    return ld;
  }

  int at(int r, int c) {
    return offset + r * ld + c;
  }

  float get(int r, int c) {
    return array[at(r, c)];
  }

  boolean written() {
    return spec.use() != Use.READ;
  }

  /** Tells whether an index of the array belongs to the operand. */
  boolean owns(int index) {
    int i = index - offset;
    return i >= 0 && ld > 0 && i / ld < rows && i % ld < columns;
  }

  /**
   * Returns the first element of the array that differs and that this operand does not own, or -1.
   */
  int firstTouched(float[] before, boolean whole) {
    for (int i = 0; i < array.length; i++) {
      boolean same = Float.floatToRawIntBits(array[i]) == Float.floatToRawIntBits(before[i]);
      if (!same && (whole || !owns(i))) {
        return i;
      }
    }
    return -1;
  }
}
