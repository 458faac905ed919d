package dev.lanewise.kernel;

import java.util.SplittableRandom;

/** What operands are filled with. */
enum Numbers {
  /** Between -1 and 1. */
  ORDINARY {
    @Override
    float draw(SplittableRandom random) {
      return uniform(random);
    }
  },

  /** Half of them zeros of either sign, as behind a ReLU; the others spread over 2^-8 to 2^4. */
  HALF_ZEROS {
    @Override
    float draw(SplittableRandom random) {
      return switch (random.nextInt(4)) {
        case 0 -> 0f;
        case 1 -> -0f;
        default -> Math.scalb(uniform(random), random.nextInt(-8, 5));
      };
    }
  },

  /** Small integers: every sum of products of them is exact, whatever the order. */
  INTEGERS {
    @Override
    float draw(SplittableRandom random) {
      return random.nextInt(-8, 9);
    }
  },

  /** Finite, but of any magnitude: denormals, products that underflow, sums that overflow. */
  EXTREME {
    @Override
    float draw(SplittableRandom random) {
      return switch (random.nextInt(8)) {
        case 0 -> 0f;
        case 1 -> -0f;
        case 2 -> sign(random) * Float.MIN_VALUE * random.nextInt(1, 5);
        case 3 -> sign(random) * Math.nextDown(Float.MIN_NORMAL);
        case 4 -> Math.scalb(uniform(random), random.nextInt(-140, -60));
        case 5 -> Math.scalb(uniform(random), random.nextInt(-60, 60));
        case 6 -> random.nextInt(8) == 0 ? sign(random) * Float.MAX_VALUE : uniform(random);
        default -> uniform(random);
      };
    }
  },

  /** A few infinities among ordinary numbers and zeros. */
  INFINITE {
    @Override
    float draw(SplittableRandom random) {
      return random.nextInt(40) == 0
          ? sign(random) * Float.POSITIVE_INFINITY
          : HALF_ZEROS.draw(random);
    }
  },

  /** A few NaNs among ordinary numbers and zeros. */
  NOT_A_NUMBER {
    @Override
    float draw(SplittableRandom random) {
      return random.nextInt(40) == 0 ? Float.NaN : HALF_ZEROS.draw(random);
    }
  };

  abstract float draw(SplittableRandom random);

  private static float uniform(SplittableRandom random) {
    return random.nextInt(-(1 << 24), 1 << 24) * 0x1p-24f;
  }

  private static float sign(SplittableRandom random) {
    return random.nextBoolean() ? 1 : -1;
  }
}
