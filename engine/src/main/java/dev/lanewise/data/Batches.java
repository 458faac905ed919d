package dev.lanewise.data;

import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;
import java.util.Objects;

/**
 * Hands out the rows of a data set in batches, in another order in every epoch. The last batch of
 * an epoch has fewer rows where they do not divide evenly; it is kept unless asked otherwise. For
 * one thread at a time; allocates nothing once made.
 *
 * <pre>{@code
 * Batches batches = new Batches(data, 32, seed);
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *   batches.shuffle(epoch);
 *   while (batches.next()) {
 *     trainer.step(batches.rows(), batches.x(), 0, batches.targets(), 0);
 *   }
 * }
 * }</pre>
 */
public final class Batches {
  /** What becomes of an epoch's last batch where it has fewer rows than the others. */
  public enum LastBatch {
    /** It is a batch like the others. */
    KEEP,

    /** Its rows are left out of this epoch; they are others in every epoch. */
    DROP
  }

  private final RowSource data;
  private final int size;
  private final long seed;
  private final LastBatch last;
  private final int[] order;
  private final float[] x;
  private final SparseRows.Builder sparse;
  private final float[] targets;
  private final float[] weights;

  private int taken;
  private int rows;

  /**
   * Makes batches, of which the last one is kept. Call {@link #shuffle} before the first one.
   *
   * @param data the data set
   * @param size how many rows a batch has, at least 1; where there are fewer, all are one batch
   * @param seed which orders: the same seed gives the same ones on every machine and for ever
   * @throws IllegalArgumentException if {@code size} or the number of rows is below 1
   */
  public Batches(RowSource data, int size, long seed) {
    this(data, size, seed, LastBatch.KEEP);
  }

  /**
   * Makes batches. Call {@link #shuffle} before the first one.
   *
   * @param data the data set
   * @param size how many rows a batch has, at least 1; where there are fewer, all are one batch
   * @param seed which orders: the same seed gives the same ones on every machine and for ever
   * @param last what becomes of the last batch where it has fewer rows
   * @throws IllegalArgumentException if {@code size} or the number of rows is below 1, {@code size}
   *     is above it where batches with fewer are dropped, or one array could not hold a batch
   */
  public Batches(RowSource data, int size, long seed, LastBatch last) {
    if (size < 1) {
      throw new IllegalArgumentException("a batch needs at least 1 row, not " + size);
    }
    this.data = Objects.requireNonNull(data, "data");
    if (data.rows() < 1) {
      throw new IllegalArgumentException("batches need at least 1 row, but there is none");
    }
    this.last = Objects.requireNonNull(last, "last");
    if (last == LastBatch.DROP && size > data.rows()) {
      throw new IllegalArgumentException(
          "a batch of "
              + size
              + " rows is never full with "
              + data.rows()
              + " rows; make it smaller, or keep the last one");
    }
    this.size = Math.min(size, data.rows());
    this.seed = seed;
    this.order = new int[data.rows()];
    this.taken = order.length;
    this.x = data.sparse() ? null : new float[ArraySize.of("batches", this.size, data.inputs())];
    this.sparse = data.sparse() ? new SparseRows.Builder(data.inputs()) : null;
    this.targets = new float[ArraySize.of("batches", this.size, data.outputs())];
    this.weights = data.hasWeights() ? new float[this.size] : null;
  }

  /**
   * Makes batches of all rows in their order, to look at them once. Call {@link #next}.
   *
   * @param data the data set
   * @return batches of 256 rows, or of fewer where rows are very wide
   */
  public static Batches inOrder(RowSource data) {
    int wider = Math.max(data.sparse() ? 1 : data.inputs(), data.outputs());
    int size = Math.clamp(Sizes.NUMBERS_IN_ORDER / wider, 1, Sizes.ROWS_IN_ORDER);
    Batches batches = new Batches(data, size, 0);
    Arrays.setAll(batches.order, r -> r);
    batches.taken = 0;
    return batches;
  }

  /**
   * Starts an epoch. Its order depends on the seed and its number only, not on earlier epochs.
   *
   * @param epoch the number, from 0
   */
  public void shuffle(long epoch) {
    RowOrder.shuffle(order, seed, epoch * order.length);
    taken = 0;
  }

  /**
   * Returns how far the epoch has come.
   *
   * @return how many of its rows were taken
   */
  public int position() {
    return taken;
  }

  /**
   * Goes to a place in the epoch, as if all rows before had been taken.
   *
   * @param position what {@link #position} returned at that place, from 0 to the number of rows
   * @throws IllegalArgumentException if it is out of this range
   */
  public void moveTo(int position) {
    if (position < 0 || position > order.length) {
      throw new IllegalArgumentException(
          "a position in an epoch is from 0 to " + order.length + ", but was " + position);
    }
    taken = position;
  }

  /**
   * Takes the next batch of the epoch.
   *
   * @return whether there was one
   */
  public boolean next() {
    rows = Math.min(size, order.length - taken);
    if (rows < size && last == LastBatch.DROP) {
      rows = 0;
    }
    if (sparse == null) {
      data.gather(order, taken, rows, x, targets, weights);
    } else {
      data.gather(order, taken, rows, sparse, targets, weights);
    }
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
   * Returns which row of the data set a row of the batch is.
   *
   * @param r the batch's row, from 0
   * @return the data set's row
   * @throws IndexOutOfBoundsException if the batch has no such row
   */
  public int row(int r) {
    return order[taken - rows + Objects.checkIndex(r, rows)];
  }

  /**
   * Returns the batch's inputs.
   *
   * @return {@code rows x inputs} from the start of an array that every batch reuses; null if the
   *     data set is sparse
   */
  public float[] x() {
    return x;
  }

  /**
   * Returns the batch's inputs where the data set is sparse.
   *
   * @return as many rows as the batch has, at least 1 after {@link #next} returned true; null if
   *     the data set is not sparse
   */
  public SparseRows sparse() {
    return sparse == null ? null : sparse.rows();
  }

  /**
   * Returns the batch's targets.
   *
   * @return {@code rows x outputs} from the start of an array that every batch reuses
   */
  public float[] targets() {
    return targets;
  }

  /**
   * Returns the batch's weights.
   *
   * @return {@code rows} weights from the start of an array that every batch reuses; null if the
   *     data set has none
   */
  public float[] weights() {
    return weights;
  }
}
