package dev.lanewise.spark;

import dev.lanewise.data.Batches;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.SparseRows;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Mean, variance and limits of inputs and label over rows, which count alike. Those of several
 * shards are put together as Chan, Golub and LeVeque have it ("Updating Formulae and a Pairwise
 * Algorithm for Computing Sample Variances", 1979). Zeros are counted, not added, so rows kept
 * sparsely give the same bits.
 */
final class ColumnMoments implements Serializable {
  private static final long serialVersionUID = 1;

  private final long rows;

  /** One number for each input, then that of the label; so are the others. */
  private final double[] mean;

  private final double[] squares;
  private final float[] min;
  private final float[] max;

  private ColumnMoments(long rows, int columns) {
    this.rows = rows;
    this.mean = new double[columns];
    this.squares = new double[columns];
    this.min = new float[columns];
    this.max = new float[columns];
  }

  /** Goes through the rows of a shard, twice. */
  static ColumnMoments of(RowBlock block) {
    ColumnMoments moments = new ColumnMoments(block.rows(), block.inputs() + 1);
    moments.addUp(block);
    return moments;
  }

  private void addUp(RowBlock block) {
    long[] counts = new long[mean.length];
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    each(
        block,
        (c, value) -> {
          counts[c]++;
          mean[c] += value;
          min[c] = Math.min(min[c], value);
          max[c] = Math.max(max[c], value);
        });
    for (int c = 0; c < mean.length; c++) {
      mean[c] /= rows;
      if (counts[c] < rows) {
        min[c] = Math.min(min[c], 0);
        max[c] = Math.max(max[c], 0);
      }
    }
    each(block, (c, value) -> squares[c] += (value - mean[c]) * (value - mean[c]));
    for (int c = 0; c < mean.length; c++) {
      squares[c] += (rows - counts[c]) * mean[c] * mean[c];
    }
  }

  private interface Numbers {
    void add(int column, float value);
  }

  /** Hands out what is not 0, row by row. */
  private static void each(RowBlock block, Numbers numbers) {
    int inputs = block.inputs();
    Batches batches = Batches.inOrder(block);
    while (batches.next()) {
      SparseRows sparse = batches.sparse();
      for (int r = 0; r < batches.rows(); r++) {
        if (sparse == null) {
          for (int c = 0; c < inputs; c++) {
            float value = batches.x()[r * inputs + c];
            if (value != 0) {
              numbers.add(c, value);
            }
          }
        } else {
          for (int p = sparse.indptr()[r]; p < sparse.indptr()[r + 1]; p++) {
            numbers.add(sparse.indices()[p], sparse.values()[p]);
          }
        }
        float label = block.label(batches.row(r));
        if (label != 0) {
          numbers.add(inputs, label);
        }
      }
    }
  }

  /** Puts those of other rows to these. */
  ColumnMoments and(ColumnMoments other) {
    ColumnMoments both = new ColumnMoments(rows + other.rows, mean.length);
    double part = (double) other.rows / both.rows;
    for (int c = 0; c < mean.length; c++) {
      double apart = other.mean[c] - mean[c];
      both.mean[c] = mean[c] + apart * part;
      both.squares[c] = squares[c] + other.squares[c] + apart * apart * rows * part;
      both.min[c] = Math.min(min[c], other.min[c]);
      both.max[c] = Math.max(max[c], other.max[c]);
    }
    return both;
  }

  /** Returns what gives each input the mean 0 and the deviation 1, as {@link Scaling#standard}. */
  Scaling inputs() {
    return scaling(0, mean.length - 1);
  }

  /** Returns what does so with the label. */
  Scaling label() {
    return scaling(mean.length - 1, mean.length);
  }

  private Scaling scaling(int from, int to) {
    float[] shift = new float[to - from];
    float[] factor = new float[to - from];
    for (int c = from; c < to; c++) {
      float inverse = (float) (1 / Math.sqrt(squares[c] / rows));
      shift[c - from] = (float) mean[c];
      factor[c - from] = min[c] == max[c] || Float.isInfinite(inverse) ? 1 : inverse;
    }
    return new Scaling(shift, factor);
  }
}
