package dev.lanewise;

import java.io.Serializable;
import java.util.List;

/**
 * What a {@link Trainer} knows between two steps beside its network's parameters and buffers: with
 * all of these another trainer goes on with the same bits, whatever its backend and number of
 * threads. {@link Trainer#state} makes one, {@link Trainer#restore} takes it. Serializable, to be
 * sent to another virtual machine with the same Lanewise.
 *
 * @param learningRate the learning rate of the next step, a finite number of at least 0
 * @param steps how many steps were made, at least 0
 * @param updates how many of them updated the parameters, at least 0
 * @param accumulated of how many steps since the last update there are gradients, at least 0
 * @param blocks what the optimizer remembers: arrays of one number a parameter, in public order
 *     (see {@link Network#parameters()})
 * @param gradients the sum of the gradients since the last update, one a parameter, in public
 *     order; empty where {@code accumulated} is 0
 */
// The arrays are the content; nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
public record TrainerState(
    float learningRate,
    long steps,
    long updates,
    int accumulated,
    List<float[]> blocks,
    float[] gradients)
    implements Serializable {
  /**
   * Copies the list, not its arrays.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public TrainerState {
    blocks = List.copyOf(blocks);
    if (!(learningRate >= 0 && learningRate < Float.POSITIVE_INFINITY)
        || steps < 0
        || updates < 0
        || accumulated < 0) {
      throw new IllegalArgumentException(
          "a number of a trainer's state is out of its range: learning rate "
              + learningRate
              + ", steps "
              + steps
              + ", updates "
              + updates
              + ", accumulated "
              + accumulated);
    }
  }
}
