package dev.lanewise.loop;

/** Is told how a training loop goes, and may stop it. Called by the thread that runs the loop. */
public interface TrainingCallback {
  /**
   * Called after each step, except where a batch's weights are all 0: it updates nothing and has no
   * loss.
   *
   * @param step how many steps are done, those without an update among them
   * @param rows how many rows this one had
   * @param loss its loss, before the update
   * @return whether to go on; false ends the loop at once
   */
  default boolean afterStep(long step, int rows, double loss) {
    return true;
  }

  /**
   * Called after each epoch and its evaluation.
   *
   * @param history all epochs so far
   * @return whether to go on; false ends the loop
   */
  default boolean afterEpoch(History history) {
    return true;
  }

  /**
   * Called once the loop has ended, unless it ended with an exception.
   *
   * @param history all epochs, and why it ended
   */
  default void atEnd(History history) {}
}
