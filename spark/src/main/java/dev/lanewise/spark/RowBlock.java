package dev.lanewise.spark;

import dev.lanewise.data.RowSource;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.SparseRows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * The rows of a shard, or of a part of one, in flat arrays: whole, or without their zeros where
 * that is shorter. Either kind gathers both ways; how rows are kept changes no bit. Unchangeable
 * once made. Gathering sparsely what is kept whole allocates.
 */
// Not a record: other serializers than Java's cannot read those.
final class RowBlock implements RowSource, Serializable {
  private static final long serialVersionUID = 1;

  /** How long an array can be. */
  static final int LONGEST = Integer.MAX_VALUE - 64;

  private final int inputs;
  private final int outputs;
  private final boolean classes;

  /** {@code rows x inputs}; null where pairs are kept. */
  private final float[] x;

  /** Where the pairs of each row start, and where the last ones end; null with {@link #x}. */
  private final int[] starts;

  private final int[] columns;
  private final float[] values;

  private final float[] labels;

  /** Null where rows count alike. */
  private final float[] weights;

  private final long pairs;
  private final long fingerprint;
  private final boolean sparse;

  /** Takes arrays: {@code x}, or else the three of pairs; {@code weights} may be null. */
  RowBlock(
      RowSchema schema,
      float[] x,
      int[] starts,
      int[] columns,
      float[] values,
      float[] labels,
      float[] weights,
      long pairs,
      long fingerprint) {
    this.inputs = schema.inputs();
    this.outputs = schema.outputs();
    this.classes = schema.classes();
    this.x = x;
    this.starts = starts;
    this.columns = columns;
    this.values = values;
    this.labels = labels;
    this.weights = weights;
    this.pairs = pairs;
    this.fingerprint = fingerprint;
    this.sparse = x == null;
  }

  private RowBlock(RowBlock rows, boolean sparse, float[] labels) {
    this.inputs = rows.inputs;
    this.outputs = rows.outputs;
    this.classes = rows.classes;
    this.x = rows.x;
    this.starts = rows.starts;
    this.columns = rows.columns;
    this.values = rows.values;
    this.labels = labels;
    this.weights = rows.weights;
    this.pairs = rows.pairs;
    this.fingerprint = rows.fingerprint;
    this.sparse = sparse;
  }

  /** Tells whether rows are kept with their zeros: where they are shorter so, and fit an array. */
  static boolean isWhole(RowSchema schema, long rows, long pairs) {
    long numbers = rows * schema.inputs();
    return numbers <= 2 * pairs + rows && numbers <= LONGEST;
  }

  /** Returns the same rows, which say that they are sparse, or that they are not. */
  RowBlock given(boolean sparsely) {
    return sparsely == sparse ? this : new RowBlock(this, sparsely, labels);
  }

  /** Returns the same rows with scaled labels. */
  RowBlock withLabels(Scaling scaling) {
    float[] scaled = labels.clone();
    scaling.apply(scaled.length, scaled);
    return new RowBlock(this, sparse, scaled);
  }

  /** Returns a number that follows from the rows, in whatever order. */
  long fingerprint() {
    return fingerprint;
  }

  /** Returns how many inputs of all rows are not 0. */
  long pairs() {
    return pairs;
  }

  @Override
  public int rows() {
    return labels.length;
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

  @Override
  public boolean sparse() {
    return sparse;
  }

  /** Returns the class or target of a row. */
  float label(int row) {
    return labels[row];
  }

  @Override
  public void gather(
      int[] chosen, int from, int count, float[] xBatch, float[] targets, float[] weightBatch) {
    for (int i = 0; i < count; i++) {
      put(chosen[from + i], i, xBatch, targets, weightBatch);
    }
  }

  @Override
  public void gather(
      int[] chosen,
      int from,
      int count,
      SparseRows.Builder xBatch,
      float[] targets,
      float[] weightBatch) {
    xBatch.clear();
    for (int i = 0; i < count; i++) {
      add(chosen[from + i], i, xBatch, targets, weightBatch);
    }
  }

  /** Puts a row into a batch as its row {@code i}. */
  void put(int row, int i, float[] xBatch, float[] targets, float[] weightBatch) {
    Objects.checkIndex(row, rows());
    int at = i * inputs;
    if (x != null) {
      System.arraycopy(x, row * inputs, xBatch, at, inputs);
    } else {
      Arrays.fill(xBatch, at, at + inputs, 0);
      for (int p = starts[row]; p < starts[row + 1]; p++) {
        xBatch[at + columns[p]] = values[p];
      }
    }
    gatherTarget(row, i, targets, weightBatch);
  }

  /** Adds a row to a batch as its row {@code i}. */
  void add(int row, int i, SparseRows.Builder xBatch, float[] targets, float[] weightBatch) {
    Objects.checkIndex(row, rows());
    if (x == null) {
      int start = starts[row];
      xBatch.add(starts[row + 1] - start, columns, start, values, start);
    } else {
      int[] named = new int[inputs];
      float[] numbers = new float[inputs];
      int count = 0;
      for (int c = 0; c < inputs; c++) {
        float value = x[row * inputs + c];
        if (value != 0) {
          named[count] = c;
          numbers[count++] = value;
        }
      }
      xBatch.add(count, named, 0, numbers, 0);
    }
    gatherTarget(row, i, targets, weightBatch);
  }

  private void gatherTarget(int row, int i, float[] targets, float[] weightBatch) {
    if (classes) {
      Arrays.fill(targets, i * outputs, (i + 1) * outputs, 0);
      targets[i * outputs + (int) labels[row]] = 1;
    } else {
      targets[i] = labels[row];
    }
    if (weightBatch != null) {
      weightBatch[i] = weights == null ? 1 : weights[row];
    }
  }
}
