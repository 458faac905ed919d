package dev.lanewise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks of options that several commands have. */
final class Checks {
  private Checks() {}

  static void atLeast1(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, but was " + value);
    }
  }

  static List<Integer> hidden(List<Integer> nodes) {
    for (int n : nodes) {
      if (n < 1) {
        throw new IllegalArgumentException(
            "--hidden must be numbers of at least 1, such as 128 or 300,100, but was " + nodes);
      }
    }
    return nodes;
  }

  static void learningRate(float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "--learning-rate must be a finite number of at least 0, but was " + value);
    }
  }

  /** Returns the constant that a word names, such as {@code one-cycle} for {@code ONE_CYCLE}. */
  static <E extends Enum<E>> E oneOf(String option, String word, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(word)) {
        return constant;
      }
      names.add(name);
    }
    int last = names.size() - 1;
    throw new IllegalArgumentException(
        option
            + " must be "
            + String.join(", ", names.subList(0, last))
            + " or "
            + names.get(last)
            + ", but was '"
            + word
            + "'");
  }
}
