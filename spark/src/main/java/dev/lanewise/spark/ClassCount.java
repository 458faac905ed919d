package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Tells how many classes a column of labels has: by its metadata, else by the largest label. */
final class ClassCount {
  /** Without metadata more classes are taken for a mistake, as everywhere in Spark ML. */
  static final int MOST = 100;

  private ClassCount() {}

  static int of(Dataset<?> rows, String label) {
    Attribute attribute = Attribute.fromStructField(rows.schema().apply(label));
    int known =
        switch (attribute) {
          case BinaryAttribute _ -> 2;
          case NominalAttribute nominal when nominal.getNumValues().isDefined() ->
              (Integer) nominal.getNumValues().get();
          default -> largest(rows, label) + 1;
        };
    return Math.max(2, known);
  }

  private static int largest(Dataset<?> rows, String label) {
    Row limits =
        rows.select(
                min(col(label).cast(DataTypes.DoubleType)),
                max(col(label).cast(DataTypes.DoubleType)))
            .head();
    if (limits.isNullAt(0)) {
      throw new IllegalArgumentException(
          "there is no row with a label in column '" + label + "' to learn from");
    }
    double least = limits.getDouble(0);
    double most = limits.getDouble(1);
    if (least < 0 || most != Math.rint(most)) {
      throw new IllegalArgumentException(
          ("labels in column '%s' go from %s to %s, but classes are whole numbers from 0: a"
                  + " StringIndexer makes such of any values")
              .formatted(label, least, most));
    }
    if (most >= MOST) {
      throw new IllegalArgumentException(
          ("the largest label in column '%s' is %s, and more than %d classes are only taken from"
                  + " the column's metadata: a StringIndexer gives it some, and leaves no gaps")
              .formatted(label, most, MOST));
    }
    return (int) most;
  }

  /** Returns thresholds if there is one for each class. */
  static double[] fitting(double[] thresholds, int classes) {
    if (thresholds.length != classes) {
      throw new IllegalArgumentException(
          "thresholds must be one number for each of "
              + classes
              + " classes, but there are "
              + thresholds.length);
    }
    return thresholds;
  }
}
