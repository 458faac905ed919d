package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void givesAnOrderThatNeverChanges() {
    Batches batches = new Batches(numbered(10), 10, 42);

    assertEquals(List.of(8f, 2f, 4f, 7f, 0f, 5f, 1f, 9f, 3f, 6f), epoch(batches, 0));
    assertEquals(List.of(4f, 9f, 5f, 2f, 7f, 1f, 8f, 3f, 0f, 6f), epoch(batches, 1));
  }

  @Test
  void takesEveryRowOnceInEveryEpoch() {
    Batches batches = new Batches(numbered(1000), 32, 1);

    for (int epoch = 0; epoch < 3; epoch++) {
      assertEquals(1000, epoch(batches, epoch).stream().distinct().count());
    }
  }

  @Test
  void orderDependsOnSeedAndEpochOnly() {
    Batches batches = new Batches(numbered(100), 7, 5);
    List<Float> first = epoch(batches, 0);
    List<Float> second = epoch(batches, 1);

    assertFalse(first.equals(second));
    assertEquals(first, epoch(batches, 0));
    assertEquals(second, epoch(new Batches(numbered(100), 32, 5), 1));
    assertFalse(first.equals(epoch(new Batches(numbered(100), 7, 6), 0)));
  }

  @Test
  void keepsTheLastBatchThatIsNotFull() {
    Batches batches = new Batches(numbered(10), 4, 1);
    batches.shuffle(0);
    List<Integer> sizes = new ArrayList<>();
    while (batches.next()) {
      sizes.add(batches.rows());
    }

    assertEquals(List.of(4, 4, 2), sizes);
    assertFalse(batches.next());
  }

  @Test
  void goesOnFromAPlaceInAnEpoch() {
    Batches batches = new Batches(numbered(10), 4, 1);
    List<Float> whole = epoch(batches, 3);
    batches.shuffle(3);
    assertEquals(0, batches.position());
    batches.next();
    assertEquals(4, batches.position());
    Batches other = new Batches(numbered(10), 4, 1);
    other.shuffle(3);
    other.moveTo(4);
    List<Float> rest = new ArrayList<>();
    while (other.next()) {
      for (int r = 0; r < other.rows(); r++) {
        rest.add(other.x()[r]);
      }
    }
    assertEquals(whole.subList(4, 10), rest);
    assertEquals(10, other.position());
    other.moveTo(10);
    assertFalse(other.next());
    Exception e = assertThrows(IllegalArgumentException.class, () -> other.moveTo(11));
    assertEquals("a position in an epoch is from 0 to 10, but was 11", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> other.moveTo(-1));
  }

  @Test
  void keepsInputsAndTargetsTogether() {
    Dataset data = new Dataset(2, new float[] {1, -1, 2, -2, 3, -3}, 1, new float[] {10, 20, 30});
    Batches batches = new Batches(data, 2, 3);
    batches.shuffle(0);
    while (batches.next()) {
      for (int r = 0; r < batches.rows(); r++) {
        float t = batches.targets()[r];
        assertArrayEquals(
            new float[] {t / 10, -t / 10},
            new float[] {batches.x()[2 * r], batches.x()[2 * r + 1]});
      }
    }
  }

  @Test
  void dropsTheLastBatchThatIsNotFullWhereAskedTo() {
    Batches batches = new Batches(numbered(10), 4, 1, Batches.LastBatch.DROP);
    List<Float> kept = epoch(new Batches(numbered(10), 4, 1), 0);

    assertEquals(kept.subList(0, 8), epoch(batches, 0));
    assertFalse(batches.next());
    assertEquals(8, epoch(batches, 1).size());
    assertEquals(10, epoch(new Batches(numbered(10), 5, 1, Batches.LastBatch.DROP), 0).size());
  }

  @Test
  void handsWeightsOn() {
    Dataset data = numbered(10);
    float[] weights = new float[10];
    for (int r = 0; r < 10; r++) {
      weights[r] = 2 * r + 1;
    }
    Batches batches = new Batches(data.withWeights(weights), 4, 1);
    batches.shuffle(0);
    while (batches.next()) {
      for (int r = 0; r < batches.rows(); r++) {
        assertEquals(2 * batches.x()[r] + 1, batches.weights()[r]);
      }
    }

    assertNull(new Batches(data, 4, 1).weights());
  }

  @Test
  void takesAllRowsAtOnceWhereABatchHasRoomForMore() {
    Batches batches = new Batches(numbered(3), Integer.MAX_VALUE, 1);
    batches.shuffle(0);
    batches.next();

    assertEquals(3, batches.rows());
  }

  @Test
  void givesNothingBeforeTheFirstShuffle() {
    assertFalse(new Batches(numbered(3), 1, 1).next());
  }

  @Test
  void needsRows() {
    assertEquals(
        "a batch needs at least 1 row, not 0",
        assertThrows(IllegalArgumentException.class, () -> new Batches(numbered(3), 0, 1))
            .getMessage());
    assertEquals(
        "a batch of 4 rows is never full with 3 rows; make it smaller, or keep the last one",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Batches(numbered(3), 4, 1, Batches.LastBatch.DROP))
            .getMessage());
  }

  private static Dataset numbered(int rows) {
    float[] numbers = new float[rows];
    for (int r = 0; r < rows; r++) {
      numbers[r] = r;
    }
    return new Dataset(1, numbers, 1, numbers);
  }

  private static List<Float> epoch(Batches batches, long epoch) {
    List<Float> seen = new ArrayList<>();
    batches.shuffle(epoch);
    while (batches.next()) {
      for (int r = 0; r < batches.rows(); r++) {
        seen.add(batches.x()[r]);
      }
    }
    return seen;
  }
}
