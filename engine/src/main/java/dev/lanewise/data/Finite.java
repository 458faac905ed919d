package dev.lanewise.data;

/** Refuses numbers that are not finite. */
final class Finite {
  private Finite() {}

  /**
   * Checks one row.
   *
   * @param what what a number of it is called
   * @param from where in {@code values} the row starts
   * @param row its number, for the message
   */
  static void check(String what, float[] values, int from, long row, int columns) {
    for (int c = 0; c < columns; c++) {
      float value = values[from + c];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "row "
                + row
                + ", "
                + what
                + " "
                + c
                + " is "
                + value
                + "; expected a finite number: mend it or leave the row out");
      }
    }
  }

  /** Checks the weight of one row. */
  static void checkWeight(float weight, long row) {
    if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of row "
              + row
              + " is "
              + weight
              + "; expected a finite number of at least 0");
    }
  }
}
