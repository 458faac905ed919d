package dev.lanewise.spark;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Takes numbers out of rows of the columns features, label and perhaps weight, in this order, and
 * refuses those that cannot be learned from. Zeros are left out of a row's inputs, and -0 is one:
 * dense and sparse vectors of the same numbers become the same. For one thread.
 */
final class RowReader {
  /** How many numbers of a vector a message shows. */
  private static final int SHOWN = 8;

  private static final String FILL =
      "fill such rows (Imputer, na().fill) or leave them out (filter, na().drop) before training";

  private final RowSchema schema;
  private int pairs;
  private int[] columns;
  private float[] values;
  private float label;
  private float weight;

  RowReader(RowSchema schema) {
    this.schema = schema;
    this.columns = new int[Math.min(schema.inputs(), 1 << 10)];
    this.values = new float[columns.length];
  }

  /**
   * Reads a row in place of the one before.
   *
   * @throws RefusedRow if it cannot be learned from
   */
  void read(Row row) {
    Vector vector = row.getAs(0);
    if (vector == null) {
      throw refused(row, "the features of a row are null; expected a vector", FILL);
    }
    if (vector.size() != schema.inputs()) {
      throw refused(
          row,
          "a row has " + vector.size() + " features; expected " + schema.inputs(),
          "make all vectors equally long, as VectorAssembler and VectorSizeHint do");
    }
    pairs = 0;
    if (vector instanceof SparseVector sparse) {
      int[] indices = sparse.indices();
      double[] numbers = sparse.values();
      for (int p = 0; p < indices.length; p++) {
        add(row, indices[p], numbers[p]);
      }
    } else {
      double[] numbers = vector.toArray();
      for (int c = 0; c < numbers.length; c++) {
        add(row, c, numbers[c]);
      }
    }
    label = label(row);
    weight = schema.weight() == null ? 1 : weight(row);
  }

  private void add(Row row, int column, double number) {
    float value = (float) number;
    if (!Float.isFinite(value)) {
      throw refused(
          row,
          "feature " + column + " of a row is " + number + "; expected a number that a float holds",
          FILL);
    }
    if (value != 0) {
      if (pairs == columns.length) {
        int length = (int) Math.min(schema.inputs(), 2L * pairs);
        columns = Arrays.copyOf(columns, length);
        values = Arrays.copyOf(values, length);
      }
      columns[pairs] = column;
      values[pairs++] = value;
    }
  }

  private float label(Row row) {
    if (row.isNullAt(1)) {
      throw refused(row, "the label of a row is null; expected a number", FILL);
    }
    double number = row.getDouble(1);
    if (schema.classes()) {
      if (!(number >= 0 && number < schema.outputs() && number == Math.rint(number))) {
        throw refused(
            row,
            "the label of a row is "
                + number
                + "; expected a class, a whole number from 0 to "
                + (schema.outputs() - 1),
            "StringIndexer makes classes of any values; for numbers take a regressor");
      }
    } else if (!Float.isFinite((float) number)) {
      throw refused(
          row, "the label of a row is " + number + "; expected a number that a float holds", FILL);
    }
    // -0 becomes 0.
    return (float) number + 0f;
  }

  private float weight(Row row) {
    float number = row.isNullAt(2) ? Float.NaN : (float) row.getDouble(2);
    if (!(number >= 0 && number < Float.POSITIVE_INFINITY)) {
      throw refused(
          row,
          "the weight of a row is " + row.get(2) + "; expected a finite number of at least 0",
          "give rows that are not to count the weight 0");
    }
    return number + 0f;
  }

  private RefusedRow refused(Row row, String why, String how) {
    String text = schema.label() + " " + row.get(1);
    if (schema.weight() != null) {
      text += ", " + schema.weight() + " " + row.get(2);
    }
    return new RefusedRow(
        why + ": " + how + ". The row: " + text + ", " + schema.features() + " " + shown(row));
  }

  private static String shown(Row row) {
    Vector vector = row.getAs(0);
    if (vector == null || vector.size() <= SHOWN) {
      return String.valueOf(vector);
    }
    if (vector instanceof SparseVector sparse) {
      int shown = Math.min(SHOWN, sparse.indices().length);
      return "("
          + vector.size()
          + ", "
          + Arrays.toString(Arrays.copyOf(sparse.indices(), shown))
          + ", "
          + Arrays.toString(Arrays.copyOf(sparse.values(), shown))
          + (shown < sparse.indices().length ? ", ..)" : ")");
    }
    String numbers = Arrays.toString(Arrays.copyOf(vector.toArray(), SHOWN));
    return numbers.substring(0, numbers.length() - 1) + ", ..]";
  }

  /** Returns how many inputs of the row are not 0. */
  int pairs() {
    return pairs;
  }

  /** Returns their columns, ascending: an array that may be longer and is used again. */
  int[] columns() {
    return columns;
  }

  /** Returns their values, likewise. */
  float[] values() {
    return values;
  }

  /** Returns the class or target. */
  float label() {
    return label;
  }

  /** Returns the weight, 1 where rows have none. */
  float weight() {
    return weight;
  }
}
