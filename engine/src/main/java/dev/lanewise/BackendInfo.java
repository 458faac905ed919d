package dev.lanewise;

import dev.lanewise.internal.simd.Lanes;
import java.util.Map;

/**
 * What really runs.
 *
 * @param backend the backend
 * @param vectorBits the width of its vectors in bits, 32 for the scalar backend
 * @param lanes how many floats a vector holds
 * @param fma whether a fused multiply-add is one machine instruction; without it every backend is
 *     hundreds of times slower, with the same results
 * @param threads how many threads share the work of a training step
 * @param properties the system properties of Lanewise that were given, by name
 */
public record BackendInfo(
    Backend backend,
    int vectorBits,
    int lanes,
    boolean fma,
    int threads,
    Map<String, String> properties) {
  /** Copies the properties. */
  public BackendInfo {
    properties = Map.copyOf(properties);
  }

  /**
   * Tells what a network or trainer gets that asks for nothing in particular.
   *
   * @return the preferred backend, with as many threads as {@code lanewise.threads} says (by
   *     default 1)
   * @throws IllegalArgumentException if a system property of Lanewise has an unknown value
   * @throws IllegalStateException if one asks for vectors and their module is missing
   */
  public static BackendInfo current() {
    return of(Backend.preferred(), Settings.read().threads());
  }

  static BackendInfo of(Backend backend, int threads) {
    int lanes = backend == Backend.VECTOR ? Lanes.LANES : 1;
    return new BackendInfo(
        backend,
        lanes * Float.SIZE,
        lanes,
        VirtualMachine.hasFma(),
        threads,
        Settings.read().given());
  }

  /**
   * Says it in one line.
   *
   * @return for example {@code vector, 512 bits (16 lanes), fma, 1 thread}
   */
  @Override
  public String toString() {
    return (backend == Backend.VECTOR
            ? "vector, " + vectorBits + " bits (" + lanes + " lanes)"
            : "scalar")
        + (fma ? ", fma, " : ", no fma, ")
        + threads
        + (threads == 1 ? " thread" : " threads")
        + (properties.isEmpty() ? "" : ", " + properties);
  }
}
