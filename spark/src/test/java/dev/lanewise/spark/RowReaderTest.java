package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

/** Rows are read as numbers, and refused where nothing can be learned from them. */
class RowReaderTest {
  private static final RowSchema CLASSES = new RowSchema("features", "kind", "w", 3, 2, true);
  private static final RowSchema NUMBERS = new RowSchema("features", "size", null, 3, 1, false);
  private static final Vector GOOD = Vectors.dense(1, 2, 3);

  private static void assertRefused(
      RowSchema schema, Vector features, Double label, Double weight, String... words) {
    RowReader reader = new RowReader(schema);
    String message =
        assertThrows(RefusedRow.class, () -> reader.read(Examples.row(features, label, weight)))
            .getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void zerosOfEitherSignAreLeftOutOfDenseAndSparseVectors() {
    for (Vector vector :
        new Vector[] {
          Vectors.dense(-0.0, 5, 0),
          Vectors.sparse(3, new int[] {1}, new double[] {5}),
          Vectors.sparse(3, new int[] {0, 1}, new double[] {-0.0, 5})
        }) {
      RowReader reader = new RowReader(NUMBERS);
      reader.read(Examples.row(vector, -0.0, null));
      assertEquals(1, reader.pairs());
      assertArrayEquals(new int[] {1}, Arrays.copyOf(reader.columns(), 1));
      assertArrayEquals(new float[] {5}, Arrays.copyOf(reader.values(), 1));
      assertEquals(0f, reader.label());
      assertEquals(1f, reader.weight());
    }
  }

  @Test
  void featuresThatAreMissingOrNotFiniteAreRefused() {
    assertRefused(
        CLASSES, null, 1.0, 1.0, "are null", "Imputer", "The row: kind 1.0, w 1.0, features null");
    assertRefused(
        CLASSES, Vectors.dense(1, 2), 1.0, 1.0, "has 2 features; expected 3", "VectorSizeHint");
    assertRefused(
        NUMBERS,
        Vectors.dense(1, Double.NaN, 2),
        4.5,
        null,
        "feature 1 of a row is NaN; expected a number that a float holds",
        "The row: size 4.5, features [1.0,NaN,2.0]");
    assertRefused(
        NUMBERS,
        Vectors.sparse(3, new int[] {2}, new double[] {1e39}),
        4.5,
        null,
        "feature 2 of a row is 1.0E39");
  }

  @Test
  void labelsThatAreNoClassOrNoNumberAreRefused() {
    for (double label : new double[] {-1, 2, 0.5, Double.NaN}) {
      assertRefused(
          CLASSES,
          GOOD,
          label,
          1.0,
          "is " + label + "; expected a class, a whole number from 0 to 1",
          "StringIndexer");
    }
    assertRefused(CLASSES, GOOD, null, 1.0, "the label of a row is null");
    assertRefused(NUMBERS, GOOD, Double.NEGATIVE_INFINITY, null, "is -Infinity; expected a number");
  }

  @Test
  void weightsBelowZeroOrNotFiniteAreRefused() {
    for (Double weight : new Double[] {-0.5, Double.NaN, Double.POSITIVE_INFINITY, null}) {
      assertRefused(
          CLASSES,
          GOOD,
          1.0,
          weight,
          "the weight of a row is " + weight + "; expected a finite number of at least 0",
          "the weight 0");
    }
  }
}
