package dev.lanewise.spark;

/**
 * How rounds are run, as far as it changes no bit.
 *
 * @param checkpoints the directory of checkpoints, on any file system that Hadoop knows; null for
 *     none
 * @param interval after how many rounds a checkpoint is written, at least 1
 * @param collectLimit up to how many bytes all tasks' results of a round go to the driver, which
 *     averages them; above, executors do
 * @param listener is told of each round
 */
record RoundSettings(String checkpoints, int interval, long collectLimit, RoundListener listener) {
  private static final long COLLECT_LIMIT = 64 << 20;

  /** Without checkpoints, and nobody is told. */
  static RoundSettings standard() {
    return new RoundSettings(null, 1, COLLECT_LIMIT, round -> {});
  }

  /** Returns settings with checkpoints. */
  RoundSettings withCheckpoints(String directory, int rounds) {
    return new RoundSettings(directory, rounds, collectLimit, listener);
  }

  /** Returns settings with another limit. */
  RoundSettings withCollectLimit(long bytes) {
    return new RoundSettings(checkpoints, interval, bytes, listener);
  }

  /** Returns settings with another listener. */
  RoundSettings withListener(RoundListener newListener) {
    return new RoundSettings(checkpoints, interval, collectLimit, newListener);
  }
}
