package dev.lanewise.model;

/** Checks of what layers are described with. */
final class Numbers {
  private Numbers() {}

  static void requireWidth(String what, int width) {
    if (width < 1) {
      throw new IllegalArgumentException(what + " needs a width of at least 1, not " + width);
    }
  }

  static void requirePositive(String name, float value) {
    if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and above 0, but was " + value);
    }
  }

  static void requireAtLeast0(String name, float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number of at least 0, but was " + value);
    }
  }
}
