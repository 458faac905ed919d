package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Samples;
import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowShardsTest {
  private static final int INPUTS = 7;
  private static final int OUTPUTS = 2;

  /** Rows of which many numbers are 0, some are -0, and some rows are the same. */
  private static Dataset data(int rows) {
    float[] x = Samples.numbers(rows * INPUTS, 3);
    float[] targets = Samples.numbers(rows * OUTPUTS, 4);
    float[] weights = Samples.numbers(rows, 5);
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 3 == 0 ? x[i] : i % 11 == 0 ? -0f : 0;
    }
    for (int r = 0; r < rows; r++) {
      weights[r] += 1;
      if (r % 5 == 4) {
        System.arraycopy(x, (r - 1) * INPUTS, x, r * INPUTS, INPUTS);
        System.arraycopy(targets, (r - 1) * OUTPUTS, targets, r * OUTPUTS, OUTPUTS);
      }
    }
    return new Dataset(INPUTS, x, OUTPUTS, targets).withWeights(weights);
  }

  private static Dataset inOrder(Dataset data, int[] order) {
    return data.select(order);
  }

  private static SparseDataset sparse(Dataset data) {
    SparseRows.Builder rows = new SparseRows.Builder(INPUTS);
    int[] columns = new int[INPUTS];
    float[] values = new float[INPUTS];
    for (int r = 0; r < data.rows(); r++) {
      int pairs = 0;
      for (int i = 0; i < INPUTS; i++) {
        float value = data.x()[r * INPUTS + i];
        // A zero may be named, and one that is -0 must be to be one.
        if (value != 0 || 1 / value < 0 || (r + i) % 4 == 0) {
          columns[pairs] = i;
          values[pairs++] = value;
        }
      }
      rows.add(pairs, columns, 0, values, 0);
    }
    return new SparseDataset(rows.rows(), OUTPUTS, data.targets());
  }

  /** All numbers of rows as bits, in their order. */
  private static int[] bits(RowSource rows) {
    int n = rows.rows();
    float[] x = new float[n * rows.inputs()];
    float[] targets = new float[n * rows.outputs()];
    float[] weights = new float[n];
    int[] all = new int[n];
    Arrays.setAll(all, r -> r);
    rows.gather(all, 0, n, x, targets, weights);
    int[] bits = new int[x.length + targets.length + n];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToRawIntBits(x[i]);
    }
    for (int i = 0; i < targets.length; i++) {
      bits[x.length + i] = Float.floatToRawIntBits(targets[i]);
    }
    for (int i = 0; i < n; i++) {
      bits[x.length + targets.length + i] = Float.floatToRawIntBits(weights[i]);
    }
    return bits;
  }

  private static void assertSame(List<RowSource> expected, List<RowSource> actual) {
    assertEquals(expected.size(), actual.size());
    for (int s = 0; s < expected.size(); s++) {
      assertArrayEquals(bits(expected.get(s)), bits(actual.get(s)), "shard " + s);
    }
  }

  @Test
  void theOrderInWhichRowsComeDoesNotMatter() {
    Dataset data = data(1_000);
    for (int shards : new int[] {1, 3, 8}) {
      List<RowSource> dealt = RowShards.deal(data, shards, 7);
      for (int seed = 0; seed < 3; seed++) {
        int[] order = RowOrder.shuffled(data.rows(), seed);
        assertSame(dealt, RowShards.deal(inOrder(data, order), shards, 7));
      }
    }
  }

  @Test
  void everyRowIsInOneShardAndShardsAreAboutEqual() {
    Dataset data = data(10_000);
    List<RowSource> dealt = RowShards.deal(data, 8, 7);
    Set<Integer> seen = new HashSet<>();
    for (RowSource shard : dealt) {
      for (int row : ((RowSelection) shard).chosen()) {
        assertTrue(seen.add(row), () -> row + " is there twice");
      }
      // Five times the deviation of what is drawn, where a fifth of the rows comes in pairs.
      assertEquals(1_250, shard.rows(), 5 * Math.sqrt(1_250 * 1.4));
    }
    assertEquals(10_000, seen.size());
  }

  @Test
  void aShardsRowsCanBeBroughtTogetherElsewhere() {
    Dataset data = data(500);
    List<RowSource> dealt = RowShards.deal(data, 4, 9);
    for (int s = 0; s < 4; s++) {
      int[] ours = new int[500];
      int count = 0;
      for (int r = 499; r >= 0; r--) {
        long hash =
            RowShards.hash(9, INPUTS, data.x(), r * INPUTS, OUTPUTS, data.targets(), r * OUTPUTS);
        if (RowShards.shard(hash, 4) == s) {
          ours[count++] = r;
        }
      }
      RowSource sorted = RowShards.sorted(data.select(Arrays.copyOf(ours, count)), 9);
      assertArrayEquals(bits(dealt.get(s)), bits(sorted));
    }
  }

  @Test
  void sparseRowsGoWhereDenseOnesOfTheSameNumbersGo() {
    Dataset data = data(400);
    SparseDataset sparse = sparse(data);
    List<RowSource> dealt = RowShards.deal(new Dataset(INPUTS, data.x(), 2, data.targets()), 5, 1);
    assertSame(dealt, RowShards.deal(sparse, 5, 1));
  }

  @Test
  void aHashIsTheSumOfItsNumbersAndSignsOfZeroDoNotCount() {
    float[] t = {0};
    long zero = RowShards.hash(5, 3, new float[] {0, 0, 0}, 0, 1, t, 0);
    assertEquals(zero, RowShards.hash(5, 3, new float[] {9, -0f, 0, -0f}, 1, 1, t, 0));
    long one = RowShards.hash(5, 3, new float[] {1, 0, 0}, 0, 1, t, 0);
    assertNotEquals(one, RowShards.hash(5, 3, new float[] {0, 1, 0}, 0, 1, t, 0));
    assertNotEquals(one, RowShards.hash(6, 3, new float[] {1, 0, 0}, 0, 1, t, 0));
    assertNotEquals(one, RowShards.hash(5, 3, new float[] {1, 0, 0}, 0, 1, new float[] {1}, 0));
  }

  @Test
  void hashesStayWhatTheyAre() {
    float[] x = {0.5f, 0, -1, 3};
    assertEquals(-253458334126258227L, RowShards.hash(42, 4, x, 0, 2, new float[] {0, 1}, 0));
  }

  @Test
  void moreShardsCutFewerOnesFiner() {
    for (long hash : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x123456789abcdefL}) {
      assertEquals(RowShards.shard(hash, 8), RowShards.shard(hash, 16) / 2);
    }
    assertEquals(0, RowShards.shard(0, 3));
    assertEquals(1, RowShards.shard(Long.MIN_VALUE, 3));
    assertEquals(2, RowShards.shard(-1, 3));
    assertThrows(IllegalArgumentException.class, () -> RowShards.shard(1, 0));
    assertThrows(IllegalArgumentException.class, () -> RowShards.deal(data(5), 0, 1));
  }

  @Test
  void aShardMayBeEmptyAndIsNotTakenForRows() {
    List<RowSource> dealt = RowShards.deal(data(5), 64, 1);
    assertEquals(5, dealt.stream().mapToInt(RowSource::rows).sum());
    RowSource empty = dealt.stream().filter(shard -> shard.rows() == 0).findFirst().orElseThrow();
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Batches(empty, 2, 0)).getMessage();
    assertEquals("batches need at least 1 row, but there is none", message);
  }
}
