package dev.lanewise.loop;

import dev.lanewise.Network;
import dev.lanewise.TrainerState;
import java.io.Serializable;

/**
 * What one shard made of a model in a round of {@link LocalSgd}, or the average of what several
 * made. Serializable, to be sent to another virtual machine with the same Lanewise. Arrays are not
 * copied, and must not be changed.
 *
 * @param first the first shard's number, at least 0
 * @param end the number after the last shard's, above {@code first}; some in between may be missing
 * @param rows from how many rows they learned, each counted as often as it was taken
 * @param weight the sum of these rows' weights, as the loss weighs them; at least 0
 * @param loss the mean loss of these rows, each before the step that learned from it; the sum for a
 *     loss that is one; {@code NaN} where {@code weight} is 0
 * @param parameters in public order, see {@link Network#parameters()}
 * @param buffers see {@link Network#buffers()}
 * @param trainer what the trainer of a single shard knows; null with several
 */
// The arrays are the content; nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
public record ShardModel(
    int first,
    int end,
    long rows,
    double weight,
    double loss,
    float[] parameters,
    float[] buffers,
    TrainerState trainer)
    implements Serializable {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public ShardModel {
    if (first < 0 || end <= first || rows < 0 || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "expected shards from 0 on, at least 1, and rows and weight of at least 0, but got shards"
              + " "
              + first
              + " to before "
              + end
              + ", "
              + rows
              + " rows and weight "
              + weight);
    }
  }
}
