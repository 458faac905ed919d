package dev.lanewise.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/**
 * Makes parameters of a kind. Two parameters of one owner and name are equal, so one can be made
 * whenever it is asked for. A value that cannot be is refused by an {@link
 * IllegalArgumentException} that says what can.
 */
final class Parameter {
  private Parameter() {}

  private interface Check extends Function1<Object, Object>, Serializable {}

  private interface Condition extends Predicate<Object>, Serializable {}

  private static Check check(String name, Condition holds, String expected) {
    return value -> {
      if (!holds.test(value)) {
        throw new IllegalArgumentException(name + " must be " + expected + ", but was " + value);
      }
      return true;
    };
  }

  private static Check number(String name, Condition holds, String expected) {
    return check(
        name, value -> value instanceof Number && holds.test(value), expected + ", a number");
  }

  static IntParam whole(Params owner, String name, String doc, int least) {
    return new IntParam(
        owner,
        name,
        doc,
        check(
            name,
            value -> value instanceof Integer whole && whole >= least,
            "a whole number of at least " + least));
  }

  static IntParam powerOfTwo(Params owner, String name, String doc) {
    return new IntParam(
        owner,
        name,
        doc,
        check(
            name,
            value -> value instanceof Integer whole && whole > 0 && Integer.bitCount(whole) == 1,
            "a power of two such as 1, 8 or 64"));
  }

  static LongParam any(Params owner, String name, String doc) {
    return new LongParam(owner, name, doc);
  }

  static BooleanParam flag(Params owner, String name, String doc) {
    return new BooleanParam(owner, name, doc);
  }

  static DoubleParam atLeastZero(Params owner, String name, String doc) {
    return new DoubleParam(
        owner,
        name,
        doc,
        number(name, value -> finite(value) && asDouble(value) >= 0, "at least 0 and finite"));
  }

  static DoubleParam aboveZero(Params owner, String name, String doc) {
    return new DoubleParam(
        owner,
        name,
        doc,
        number(name, value -> finite(value) && asDouble(value) > 0, "above 0 and finite"));
  }

  static DoubleParam fraction(Params owner, String name, String doc) {
    return new DoubleParam(
        owner,
        name,
        doc,
        number(
            name, value -> asDouble(value) >= 0 && asDouble(value) < 1, "at least 0 and below 1"));
  }

  private static double asDouble(Object value) {
    return ((Number) value).doubleValue();
  }

  private static boolean finite(Object value) {
    return Float.isFinite((float) asDouble(value));
  }

  static Param<String> column(Params owner, String name, String doc) {
    return new Param<>(owner, name, doc);
  }

  static Param<String> text(
      Params owner, String name, String doc, String pattern, String expected) {
    Check check =
        check(name, value -> value instanceof String text && text.matches(pattern), expected);
    return new Param<>(owner, name, doc, string(check));
  }

  /** Makes a parameter for one of the words that stand for the constants of an enum. */
  static Param<String> word(Params owner, String name, String doc, Class<? extends Enum<?>> words) {
    List<String> known = Stream.of(words.getEnumConstants()).map(Parameter::word).toList();
    int last = known.size() - 1;
    String list = String.join(", ", known.subList(0, last)) + " or " + known.get(last);
    Check check = check(name, known::contains, list);
    return new Param<>(owner, name, doc + ": " + list, string(check));
  }

  /** Returns the word that stands for a constant, such as {@code one-cycle} for ONE_CYCLE. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the constant that a word stands for. */
  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Function1<String, Object> string(Check check) {
    return (Function1<String, Object> & Serializable) check::apply;
  }
}
