package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.internal.train.CountedRows;
import dev.lanewise.kernel.SparseRows;
import java.util.Objects;

/**
 * Rows to train on, with their targets and perhaps their weights: says where they lie. The arrays
 * are not copied, so one batch object serves for many steps whose rows are put into the same
 * arrays. Immutable but for that.
 *
 * <pre>{@code
 * Batch batch = Batch.ofClasses(rows, x, 0, classes, 0).withWeights(weights, 0);
 * double loss = trainer.step(batch);
 * }</pre>
 */
public final class Batch {
  private final int rows;
  private final float[] x;
  private final int xOffset;
  private final SparseRows sparse;
  private final float[] targets;
  private final int[] classes;
  private final int targetsOffset;
  private final float[] weights;
  private final int weightsOffset;

  private Batch(
      int rows,
      float[] x,
      int xOffset,
      SparseRows sparse,
      float[] targets,
      int[] classes,
      int targetsOffset,
      float[] weights,
      int weightsOffset) {
    this.rows = rows;
    this.x = x;
    this.xOffset = xOffset;
    this.sparse = sparse;
    this.targets = targets;
    this.classes = classes;
    this.targetsOffset = targetsOffset;
    this.weights = weights;
    this.weightsOffset = weightsOffset;
  }

  /**
   * Takes rows of inputs and targets.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}
   * @param xOffset where they start
   * @param targets {@code rows x outputs}
   * @param targetsOffset where they start
   * @return the batch, whose rows count alike
   */
  public static Batch of(int rows, float[] x, int xOffset, float[] targets, int targetsOffset) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(targets, "targets");
    return new Batch(rows, x, xOffset, null, targets, null, targetsOffset, null, 0);
  }

  /**
   * Takes rows of inputs whose targets are classes, for softmax cross-entropy: the same bits as
   * with targets that are 1 at the class and 0 elsewhere.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}
   * @param xOffset where they start
   * @param classes the class of each row, from 0
   * @param classesOffset where they start
   * @return the batch, whose rows count alike
   */
  public static Batch ofClasses(
      int rows, float[] x, int xOffset, int[] classes, int classesOffset) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(classes, "classes");
    return new Batch(rows, x, xOffset, null, null, classes, classesOffset, null, 0);
  }

  /**
   * Takes rows given sparsely.
   *
   * @param x rows with as many columns as the network has inputs
   * @param targets {@code rows x outputs}
   * @param targetsOffset where they start
   * @return the batch, whose rows count alike
   */
  public static Batch of(SparseRows x, float[] targets, int targetsOffset) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(targets, "targets");
    return new Batch(x.rows(), null, 0, x, targets, null, targetsOffset, null, 0);
  }

  /**
   * Takes rows given sparsely whose targets are classes, for softmax cross-entropy.
   *
   * @param x rows with as many columns as the network has inputs
   * @param classes the class of each row, from 0
   * @param classesOffset where they start
   * @return the batch, whose rows count alike
   */
  public static Batch ofClasses(SparseRows x, int[] classes, int classesOffset) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(classes, "classes");
    return new Batch(x.rows(), null, 0, x, null, classes, classesOffset, null, 0);
  }

  /**
   * Takes the batch that a data set hands out, sparse or not, with its weights.
   *
   * @param batches after {@link Batches#next} returned true
   * @return the batch
   */
  public static Batch of(Batches batches) {
    SparseRows sparse = batches.sparse();
    Batch batch =
        sparse == null
            ? of(batches.rows(), batches.x(), 0, batches.targets(), 0)
            : of(sparse, batches.targets(), 0);
    return batch.withWeights(batches.weights(), 0);
  }

  /**
   * Says how much each row counts.
   *
   * @param newWeights {@code rows} finite numbers of at least 0, not all 0; null if all count
   *     alike. A row of weight 0 is not looked at, whatever stands in it.
   * @param newOffset where they start
   * @return a batch of the same rows
   */
  public Batch withWeights(float[] newWeights, int newOffset) {
    return new Batch(
        rows, x, xOffset, sparse, targets, classes, targetsOffset, newWeights, newOffset);
  }

  /**
   * Returns how many rows there are.
   *
   * @return what was given
   */
  public int rows() {
    return rows;
  }

  /** Checks that a network can be trained on the batch. */
  void check(Network network) {
    if (sparse == null) {
      Shapes.check("x", rows, network.inputs(), x, xOffset);
    } else {
      Shapes.checkSparse(network.layers(), sparse);
    }
    if (classes == null) {
      Shapes.check("targets", rows, network.outputs(), targets, targetsOffset);
    } else {
      Shapes.check("classes", rows, classes, targetsOffset);
    }
    if (weights != null) {
      Shapes.check("weights", rows, 1, weights, weightsOffset);
    }
  }

  /** Gives the rows to a step, which takes those that count. */
  void putInto(CountedRows counted) {
    counted.take(rows, x, xOffset, sparse, targets, classes, targetsOffset, weights, weightsOffset);
  }

  /** Returns the inputs given sparsely, or null. */
  SparseRows sparse() {
    return sparse;
  }
}
