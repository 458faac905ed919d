package dev.lanewise.data;

import dev.lanewise.model.SplitMix64;
import java.util.Objects;

/**
 * Hands out the rows of a data set in batches, in another order in every epoch. The last batch of
 * an epoch has fewer rows where they do not divide evenly; none is left out. For one thread at a
 * time; allocates nothing once made.
 *
 * <pre>{@code
 * Batches batches = new Batches(data, 32, seed);
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *   batches.shuffle(epoch);
 *   while (batches.next()) {
 *     trainer.step(batches.rows(), batches.x(), 0, batches.t(), 0);
 *   }
 * }
 * }</pre>
 */
public final class Batches {
  private final Dataset data;
  private final int size;
  private final long seed;
  private final int[] order;
  private final float[] x;
  private final float[] t;

  private int taken;
  private int rows;

  /**
   * Makes batches. Call {@link #shuffle} before the first one.
   *
   * @param data the data set
   * @param size how many rows a batch has, at least 1; where there are fewer, all are one batch
   * @param seed which orders: the same seed gives the same ones on every machine and for ever
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  public Batches(Dataset data, int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("a batch needs at least 1 row, not " + size);
    }
    this.data = Objects.requireNonNull(data, "data");
    this.size = Math.min(size, data.rows());
    this.seed = seed;
    this.order = new int[data.rows()];
    this.taken = order.length;
    this.x = new float[Math.multiplyExact(this.size, data.inputs())];
    this.t = new float[Math.multiplyExact(this.size, data.targets())];
  }

  /**
   * Starts an epoch. Its order depends on the seed and its number only, not on earlier epochs.
   *
   * @param epoch the number, from 0
   */
  public void shuffle(long epoch) {
    int n = order.length;
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = SplitMix64.below(seed, epoch * n + i, i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    taken = 0;
  }

  /**
   * Takes the next batch of the epoch.
   *
   * @return whether there was one
   */
  public boolean next() {
    rows = Math.min(size, order.length - taken);
    data.gather(order, taken, rows, x, t);
    taken += rows;
    return rows > 0;
  }

  /**
   * Returns how many rows the batch has.
   *
   * @return at least 1 after {@link #next} returned true
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns the batch's inputs.
   *
   * @return {@code rows x inputs} from the start of an array that every batch reuses
   */
  public float[] x() {
    return x;
  }

  /**
   * Returns the batch's targets.
   *
   * @return {@code rows x targets} from the start of an array that every batch reuses
   */
  public float[] t() {
    return t;
  }
}
