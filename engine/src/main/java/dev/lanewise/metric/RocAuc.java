package dev.lanewise.metric;

import java.util.Arrays;

/** The area under the receiver operating characteristic, from mid-ranks. */
final class RocAuc {
  private RocAuc() {}

  static double of(Predictions p) {
    long[] keys = new long[p.rows()];
    if (p.classes() == 2) {
      return against(p, 1, keys);
    }
    double sum = 0;
    for (int c = 0; c < p.classes(); c++) {
      sum += against(p, c, keys);
    }
    return sum / p.classes();
  }

  /** One class against the rest. */
  private static double against(Predictions p, int c, long[] keys) {
    int rows = p.rows();
    long positives = 0;
    for (int r = 0; r < rows; r++) {
      int positive = p.label(r) == c ? 1 : 0;
      keys[r] = (long) ordered(p.probability(r, c)) << 1 | positive;
      positives += positive;
    }
    if (positives == 0 || positives == rows) {
      return Double.NaN;
    }
    Arrays.sort(keys);
    long twiceRanks = 0;
    for (int from = 0, to = 0; from < rows; from = to) {
      long equalPositives = 0;
      while (to < rows && keys[to] >> 1 == keys[from] >> 1) {
        equalPositives += keys[to] & 1;
        to++;
      }
      twiceRanks += equalPositives * (from + 1L + to);
    }
    return (twiceRanks - positives * (positives + 1)) / 2.0 / (positives * (rows - positives));
  }

  /** Returns a number that is larger where the value is. */
  private static int ordered(float value) {
    // Both zeros are equal.
    int bits = Float.floatToIntBits(value + 0f);
    return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
  }
}
