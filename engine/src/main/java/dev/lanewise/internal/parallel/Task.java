package dev.lanewise.internal.parallel;

/** Work that can be done in parts, each of which may run on another thread. */
public interface Task {
  /**
   * Does one part of the work.
   *
   * @param part which one, from 0 on
   * @param parts how many there are
   * @param thread who does it, below {@code threads()} of the workers; the caller is 0. No two
   *     parts run at the same time with the same number
   */
  void run(int part, int parts, int thread);
}
