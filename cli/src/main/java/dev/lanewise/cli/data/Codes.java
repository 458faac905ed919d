package dev.lanewise.cli.data;

/**
 * What a file says in one row, as numbers, to be used again for the next row.
 *
 * <p>A code is the number in a cell, the place of its text among its column's, -1 for a text that
 * is none of them, or NaN if the cell is missing. A row has one for each column that the schema
 * does not ignore. A sparse row has one for each index that it names, a number, and says which
 * these are.
 */
public final class Codes {
  /** How many there are beside those of the targets. */
  int count;

  /** Of a sparse row the places of its indices among the schema's, ascending; else null. */
  int[] places;

  /** At least {@link #count}. */
  float[] values;

  /** Of the target, or of each of several; NaN if targets were not asked for. */
  final float[] targets;

  private Codes(int[] places, float[] values, int targets) {
    this.count = values.length;
    this.places = places;
    this.values = values;
    this.targets = new float[targets];
  }

  /** Returns room for rows of a file. */
  static Codes of(Schema schema) {
    return schema.kind() == Schema.Kind.LIBSVM
        ? new Codes(new int[0], new float[0], 1)
        : new Codes(null, new float[schema.codes()], schema.targetColumns());
  }

  boolean sparse() {
    return places != null;
  }

  /** Makes room for a sparse row of so many numbers; what was there is lost. */
  void makeRoom(int most) {
    if (values.length < most) {
      places = new int[2 * most];
      values = new float[2 * most];
    }
  }
}
