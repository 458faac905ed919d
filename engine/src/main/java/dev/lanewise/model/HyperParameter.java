package dev.lanewise.model;

/** Checks that a hyper-parameter lies where its formula makes sense. */
final class HyperParameter {
  private HyperParameter() {}

  static void atLeastZero(String name, double value) {
    require(
        value >= 0 && value < Double.POSITIVE_INFINITY,
        name,
        "a finite number of at least 0",
        value);
  }

  static void positive(String name, double value) {
    require(value > 0 && value < Double.POSITIVE_INFINITY, name, "a finite number above 0", value);
  }

  static void belowOne(String name, double value) {
    require(value >= 0 && value < 1, name, "at least 0 and below 1", value);
  }

  static void atMostOne(String name, double value) {
    require(value >= 0 && value <= 1, name, "from 0 to 1", value);
  }

  static void between0And1(String name, double value) {
    require(value > 0 && value < 1, name, "above 0 and below 1", value);
  }

  static void none(String name, double value) {
    require(value == 0, name, "0", value);
  }

  static void atLeast(long least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " must be at least " + least + ", but was " + value);
    }
  }

  private static void require(boolean holds, String name, String expected, double value) {
    if (!holds) {
      // A number that was a float is shown with the digits of one.
      String shown = (float) value == value ? Float.toString((float) value) : "" + value;
      throw new IllegalArgumentException(name + " must be " + expected + ", but was " + shown);
    }
  }
}
