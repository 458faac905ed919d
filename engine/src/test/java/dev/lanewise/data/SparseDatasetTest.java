package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.loop.History;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Classification;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import org.junit.jupiter.api.Test;

class SparseDatasetTest {
  private static final int ROWS = 70;
  private static final int COLUMNS = 40;

  private final float[] x = new float[ROWS * COLUMNS];
  private final int[] labels = new int[ROWS];

  @Test
  void aLoopOverSparseRowsGivesTheBitsOfOneOverTheSameNumbers() {
    SparseDataset sparse = rows();
    Dataset dense = Dataset.ofClasses(COLUMNS, x, labels, 2);
    Network first = network();
    Network second = network();

    History one = train(first, new RowSelection(sparse, all()), sparse);
    History other = train(second, new RowSelection(dense, all()), dense);

    assertArrayEquals(second.parameters(), first.parameters());
    for (int e = 0; e < 3; e++) {
      assertEquals(other.epochs().get(e).loss(), one.epochs().get(e).loss());
      assertEquals(other.epochs().get(e).validationLoss(), one.epochs().get(e).validationLoss());
      assertEquals(other.epochs().get(e).metrics(), one.epochs().get(e).metrics());
    }
  }

  @Test
  void theSameSeedSplitsThemAsTheSameNumbers() {
    SparseDataset sparse = rows();
    Dataset dense = Dataset.ofClasses(COLUMNS, x, labels, 2);
    assertArrayEquals(
        RowSelection.stratified(dense, 0.2, 3).test().chosen(),
        RowSelection.stratified(sparse, 0.2, 3).test().chosen());
  }

  @Test
  void rowsAreGatheredAsNumbersToo() {
    SparseDataset sparse = rows();
    float[] gathered = new float[2 * COLUMNS];
    float[] t = new float[4];
    float[] weights = new float[2];
    sparse.gather(new int[] {5, 3}, 0, 2, gathered, t, weights);
    float[] expected = new float[2 * COLUMNS];
    System.arraycopy(x, 5 * COLUMNS, expected, 0, COLUMNS);
    System.arraycopy(x, 3 * COLUMNS, expected, COLUMNS, COLUMNS);
    assertArrayEquals(expected, gathered);
    assertArrayEquals(new float[] {1, 1}, weights);
    assertThrows(
        UnsupportedOperationException.class,
        () ->
            new Dataset(1, new float[1], 1, new float[1])
                .gather(new int[1], 0, 1, new SparseRows.Builder(1), t, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SparseDataset(SparseRows.oneHot(2, 1, new int[] {1}), 2, new float[3]));
  }

  @Test
  void aBatchIsTheSameObjectForAsManyRowsAndRefusesWhatIsNoRow() {
    SparseRows.Builder batch = new SparseRows.Builder(4);
    assertThrows(IllegalStateException.class, batch::rows);
    batch.add(2, new int[] {9, 1, 3}, 1, new float[] {5, 6}, 0);
    batch.add(0, new int[0], 0, new float[0], 0);
    SparseRows rows = batch.rows();
    assertEquals(2, rows.rows());
    assertEquals(2, rows.nnz());
    batch.clear();
    batch.add(0, new int[0], 0, new float[0], 0);
    batch.add(1, new int[] {2}, 0, new float[] {7}, 0);
    assertSame(rows, batch.rows());
    assertArrayEquals(new int[] {0, 0, 1}, batch.rows().indptr());
    assertEquals(2, batch.rows().indices()[0]);
    assertEquals(7, batch.rows().values()[0]);
    for (int[] bad : new int[][] {{1, 1}, {2, 1}, {3, 4}, {-1, 0}}) {
      assertThrows(IllegalArgumentException.class, () -> batch.add(2, bad, 0, new float[2], 0));
    }
    assertEquals(2, batch.size());
    assertThrows(IllegalArgumentException.class, () -> new SparseRows.Builder(0));
  }

  private static History train(Network network, RowSource data, RowSource validation) {
    return new TrainingLoop(new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f)), data)
        .epochs(3)
        .batchSize(16)
        .seed(1)
        .validation(validation)
        .metrics(Classification.ACCURACY)
        .run();
  }

  private static Network network() {
    return Network.builder(COLUMNS).dense(8, Activation.RELU).dense(2, Activation.SOFTMAX).build();
  }

  private static int[] all() {
    int[] all = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      all[r] = r;
    }
    return all;
  }

  /** Fills {@code x} and {@code labels}, and returns the same rows. */
  private SparseDataset rows() {
    int[] starts = new int[ROWS + 1];
    int[] indices = new int[ROWS * 3];
    float[] values = new float[ROWS * 3];
    float[] t = new float[ROWS * 2];
    int pairs = 0;
    for (int r = 0; r < ROWS; r++) {
      labels[r] = r % 2;
      t[r * 2 + r % 2] = 1;
      int column = 0;
      for (int i = 0; i < r % 4; i++) {
        column += 1 + SplitMix64.below(7, 3L * r + i, 12);
        indices[pairs] = column;
        values[pairs] = 0.25f * (1 + SplitMix64.below(8, pairs, 9)) * (r % 2 == 0 ? 1 : -1);
        x[r * COLUMNS + column] = values[pairs++];
      }
      starts[r + 1] = pairs;
    }
    return new SparseDataset(new SparseRows(COLUMNS, starts, indices, values), 2, t);
  }
}
