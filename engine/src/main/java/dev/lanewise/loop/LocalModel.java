package dev.lanewise.loop;

import dev.lanewise.Network;
import dev.lanewise.TrainerState;
import java.io.Serializable;

/**
 * A model between two rounds of {@link LocalSgd}: all that the rounds to come depend on beside the
 * settings and the rows, so who keeps it can go on later with the same bits. Serializable, to be
 * sent to another virtual machine with the same Lanewise. Arrays are not copied, and must not be
 * changed.
 *
 * @param round how many rounds were made
 * @param rows from how many rows the last one learned, each counted as often as it was taken
 * @param loss the mean loss of these rows, each before the step that learned from it, weighted by
 *     their weights; the sum for a loss that is one; {@code NaN} where there was none
 * @param parameters in public order, see {@link Network#parameters()}
 * @param buffers see {@link Network#buffers()}
 * @param velocity the velocity of rounds, one number a parameter; empty without outer momentum
 * @param trainer what the trainer of a single shard knows; null with several, and before round 0
 */
// The arrays are the content; nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
public record LocalModel(
    long round,
    long rows,
    double loss,
    float[] parameters,
    float[] buffers,
    float[] velocity,
    TrainerState trainer)
    implements Serializable {
  /**
   * Returns what shards need: shorter to send by a number for each parameter.
   *
   * @return this without the velocity; not for {@link LocalSgd#next}
   */
  public LocalModel withoutVelocity() {
    return new LocalModel(round, rows, loss, parameters, buffers, new float[0], trainer);
  }

  /**
   * Gives parameters and buffers to a network.
   *
   * @param network a network of the same layers
   * @throws IllegalArgumentException if it has not as many numbers
   */
  public void putInto(Network network) {
    network.setParameters(parameters);
    network.setBuffers(buffers);
  }
}
