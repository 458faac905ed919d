package dev.lanewise.data;

import dev.lanewise.internal.array.ArraySize;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of inputs, each with its targets and perhaps a weight, kept in arrays. Any number of threads
 * may use one as long as none writes to its arrays.
 */
public final class Dataset implements RowSource {
  private final int rows;
  private final int inputs;
  private final int outputs;
  private final float[] x;
  private final float[] targets;
  private final float[] weights;

  /**
   * Makes a data set of arrays, which are not copied.
   *
   * @param inputs how many inputs a row has, at least 1
   * @param x {@code rows x inputs}, at least one row
   * @param outputs how many targets a row has, as many as a network has outputs; at least 1
   * @param targets {@code rows x outputs}
   * @throws IllegalArgumentException if a number is below 1, or the lengths do not fit
   */
  public Dataset(int inputs, float[] x, int outputs, float[] targets) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(targets, "targets");
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a row needs at least 1 input and 1 target, not " + inputs + " and " + outputs);
    }
    if (x.length == 0 || x.length % inputs != 0) {
      throw new IllegalArgumentException(
          "x must hold a positive multiple of " + inputs + " numbers, but holds " + x.length);
    }
    this.rows = x.length / inputs;
    if (targets.length != (long) rows * outputs) {
      throw new IllegalArgumentException(
          "targets must hold " + rows + " x " + outputs + " numbers, but holds " + targets.length);
    }
    this.inputs = inputs;
    this.outputs = outputs;
    this.x = x;
    this.targets = targets;
    this.weights = null;
  }

  private Dataset(Dataset data, float[] weights) {
    this.rows = data.rows;
    this.inputs = data.inputs;
    this.outputs = data.outputs;
    this.x = data.x;
    this.targets = data.targets;
    this.weights = weights;
  }

  /**
   * Makes a data set for classification: the target of a row's class is 1, its others are 0.
   *
   * @param inputs how many inputs a row has, at least 1
   * @param x {@code rows x inputs}, which are not copied
   * @param labels the class of each row, from 0
   * @param classes how many classes there are, at least 1
   * @return a data set with {@code classes} outputs
   * @throws IllegalArgumentException if a label is not below {@code classes}, or the lengths do not
   *     fit
   */
  public static Dataset ofClasses(int inputs, float[] x, int[] labels, int classes) {
    float[] targets = new float[ArraySize.of("the targets", labels.length, classes)];
    for (int r = 0; r < labels.length; r++) {
      if (labels[r] < 0 || labels[r] >= classes) {
        throw new IllegalArgumentException(
            "the label of row " + r + " is " + labels[r] + "; expected 0 to " + (classes - 1));
      }
      targets[r * classes + labels[r]] = 1;
    }
    return new Dataset(inputs, x, classes, targets);
  }

  /**
   * Draws an example to train on without any file: points on two spirals, one inside the other. No
   * straight line comes near to telling them apart, so it takes hidden layers.
   *
   * @param rows how many points, at least 1; those of the two spirals alternate
   * @param seed which ones: the same seed gives the same bits on every machine and for ever
   * @return 2 inputs, within about -1 to 1, and 2 classes
   * @throws IllegalArgumentException if {@code rows} is below 1
   */
  public static Dataset spirals(int rows, long seed) {
    if (rows < 1) {
      throw new IllegalArgumentException("spirals need at least 1 point, not " + rows);
    }
    int[] labels = new int[rows];
    Arrays.setAll(labels, r -> r % 2);
    return ofClasses(2, Spirals.points(rows, seed), labels, 2);
  }

  /**
   * Gives each row a weight: how much it counts beside others.
   *
   * @param weights {@code rows} weights, at least 0 and not all of them 0; not copied
   * @return a data set of the same arrays, with weights
   * @throws IllegalArgumentException if there is not one for each row, or they are not as said
   */
  public Dataset withWeights(float[] weights) {
    if (weights.length != rows) {
      throw new IllegalArgumentException(
          "weights must hold " + rows + " numbers, one for each row, but holds " + weights.length);
    }
    float largest = 0;
    for (int r = 0; r < rows; r++) {
      Finite.checkWeight(weights[r], r);
      largest = Math.max(largest, weights[r]);
    }
    if (largest == 0) {
      throw new IllegalArgumentException(
          "all " + rows + " weights are 0; expected at least one above 0");
    }
    return new Dataset(this, weights);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public boolean hasWeights() {
    return weights != null;
  }

  /**
   * Returns the inputs.
   *
   * @return {@code rows x inputs}, not a copy
   */
  public float[] x() {
    return x;
  }

  /**
   * Returns the targets.
   *
   * @return {@code rows x outputs}, not a copy
   */
  public float[] targets() {
    return targets;
  }

  /**
   * Returns the weights.
   *
   * @return {@code rows} weights, not a copy; null if there are none
   */
  public float[] weights() {
    return weights;
  }

  /**
   * The two parts of a data set.
   *
   * @param train the rows to train on
   * @param test the rows to test with
   */
  public record Split(Dataset train, Dataset test) {}

  /**
   * Splits off the last rows.
   *
   * @param testFraction how much of all rows the test part has, above 0 and below 1; rounded to
   *     whole rows
   * @return both parts, as copies
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, or one part would be
   *     empty
   */
  public Split split(double testFraction) {
    return copy(RowSelection.last(this, testFraction));
  }

  /**
   * Splits off rows that a seed chooses.
   *
   * @param testFraction how much of all rows the test part has, above 0 and below 1; rounded to
   *     whole rows
   * @param seed which ones: the same seed gives the same ones on every machine and for ever
   * @return both parts, as copies in another order
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, or one part would be
   *     empty
   */
  public Split shuffledSplit(double testFraction, long seed) {
    return copy(RowSelection.shuffled(this, testFraction, seed));
  }

  /**
   * Splits off rows that a seed chooses, as many of each class as its share, within one row.
   *
   * @param testFraction how much of all rows the test part has, above 0 and below 1; rounded to
   *     whole rows
   * @param seed which ones: the same seed gives the same ones on every machine and for ever
   * @return both parts, as copies in another order
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, one part would be
   *     empty, or the targets are not classes: one 1 and otherwise 0, or with a single target 0 or
   *     1
   */
  public Split stratifiedSplit(double testFraction, long seed) {
    return copy(RowSelection.stratified(this, testFraction, seed));
  }

  /**
   * Splits for cross-validation: each of {@code folds} parts is the test part once.
   *
   * @param folds how many parts, from 2 to the number of rows; none has two rows more than another
   * @param fold which one to test with, from 0
   * @param seed which rows belong together: the same seed gives the same ones on every machine and
   *     for ever
   * @return both parts, as copies in another order
   * @throws IllegalArgumentException if there cannot be so many parts, or there is no such one
   */
  public Split fold(int folds, int fold, long seed) {
    if (folds < 2 || folds > rows) {
      throw new IllegalArgumentException(
          "folds must be 2 to " + rows + ", the number of rows, but was " + folds);
    }
    if (fold < 0 || fold >= folds) {
      throw new IllegalArgumentException("fold must be 0 to " + (folds - 1) + ", but was " + fold);
    }
    int from = (int) ((long) rows * fold / folds);
    int to = (int) ((long) rows * (fold + 1) / folds);
    return copy(RowSelection.split(this, RowOrder.shuffled(rows, seed), from, to));
  }

  /**
   * Copies chosen rows.
   *
   * @param chosen numbers of rows, at least one; the same one may be there more than once
   * @return a data set of those rows in that order
   * @throws IllegalArgumentException if none is chosen
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Dataset select(int... chosen) {
    float[] chosenX = new float[ArraySize.of("the inputs", chosen.length, inputs)];
    float[] chosenTargets = new float[ArraySize.of("the targets", chosen.length, outputs)];
    float[] chosenWeights = hasWeights() ? new float[chosen.length] : null;
    gather(chosen, 0, chosen.length, chosenX, chosenTargets, chosenWeights);
    Dataset selected = new Dataset(inputs, chosenX, outputs, chosenTargets);
    return chosenWeights == null ? selected : new Dataset(selected, chosenWeights);
  }

  @Override
  public void gather(
      int[] chosen, int from, int count, float[] xBatch, float[] targetBatch, float[] weightBatch) {
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows);
      System.arraycopy(x, row * inputs, xBatch, i * inputs, inputs);
      System.arraycopy(targets, row * outputs, targetBatch, i * outputs, outputs);
      if (weightBatch != null) {
        weightBatch[i] = weights == null ? 1 : weights[row];
      }
    }
  }

  /**
   * Says it in one line.
   *
   * @return for example {@code 150 rows of 4 inputs and 3 targets}
   */
  @Override
  public String toString() {
    return rows() + " rows of " + inputs() + " inputs and " + outputs + " targets";
  }

  private Split copy(RowSelection.Split split) {
    return new Split(select(split.train().chosen()), select(split.test().chosen()));
  }
}
