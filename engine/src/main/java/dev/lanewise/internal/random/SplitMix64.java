package dev.lanewise.internal.random;

/**
 * The generator behind every seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
 * number generators", 2014), read by position.
 *
 * <p>Number {@code n} of a seed is the {@code n}-th value that {@code new
 * java.util.SplittableRandom(seed).nextLong()} gives, counted from zero. It depends on nothing but
 * the two arguments, so numbers can be drawn in any order and by any number of threads.
 */
public final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private SplitMix64() {}

  /**
   * Returns 64 random bits.
   *
   * @param seed any number
   * @param n the position, from 0
   * @return the bits at that position
   */
  public static long bits(long seed, long n) {
    long z = seed + (n + 1) * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * Returns a number from {@code [0, 1)}, a multiple of 2^-24.
   *
   * @param seed any number
   * @param n the position, from 0
   * @return the upper 24 of the 64 bits at that position, divided by 2^24
   */
  public static float uniform(long seed, long n) {
    return (bits(seed, n) >>> 40) * 0x1p-24f;
  }

  /**
   * Returns a whole number from {@code [0, bound)}.
   *
   * @param seed any number
   * @param n the position, from 0
   * @param bound at least 1
   * @return the upper half of the 128-bit product of the bits at that position and the bound
   */
  public static int below(long seed, long n, int bound) {
    return (int) Math.unsignedMultiplyHigh(bits(seed, n), bound);
  }
}
