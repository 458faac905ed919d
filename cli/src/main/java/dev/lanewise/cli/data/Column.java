package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.List;
import java.util.Objects;

/**
 * A column of a table, and what its cells become.
 *
 * @param name its name
 * @param kind what it holds
 * @param encoding its categories; null unless it holds them
 * @param spelling how a cell's text leads to its category; null unless it holds categories
 * @param numbers how its cells are read as numbers; null unless it holds them
 * @param fill what stands for a missing cell: a float, or the number of a category from 0
 * @param reason why the network does not get to see it; empty unless it is ignored
 */
public record Column(
    String name,
    Kind kind,
    OneHot encoding,
    Spelling spelling,
    Numbers numbers,
    float fill,
    String reason) {
  /** What a column holds. */
  public enum Kind {
    /** Numbers, which stay as they are if a float holds them. */
    NUMBER,
    /** Texts, each of which becomes a number of its own: 1 where it stands, and 0 elsewhere. */
    CATEGORY,
    /** Nothing that the network gets to see. */
    IGNORED
  }

  /** How the text of a cell leads to its category. */
  enum Spelling {
    /** The text is the category. */
    TEXT,
    /** Numbers of the same value are the same category. */
    VALUE,
    /** Numbers that are the same float are the same category, as in models of version 1. */
    FLOAT;

    String of(double value, String text) {
      if (this == TEXT || Double.isNaN(value)) {
        return text;
      }
      if (this == VALUE) {
        return PlainNumber.canonical(value);
      }
      float single = (float) value;
      boolean whole = single == Math.rint(single) && Math.abs(single) < 1 << 24;
      return whole ? Integer.toString((int) single) : Float.toString(single);
    }
  }

  /** Checks that there is what a column of its kind needs. */
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(reason, "reason");
    if ((kind == Kind.CATEGORY) != (encoding != null)
        || (kind == Kind.CATEGORY) != (spelling != null)
        || (kind == Kind.NUMBER) != (numbers != null)) {
      throw new IllegalArgumentException("'" + name + "' does not say what its cells become");
    }
  }

  static Column number(String name, float fill) {
    return number(name, Numbers.PLAIN, fill);
  }

  static Column number(String name, Numbers numbers, float fill) {
    return new Column(name, Kind.NUMBER, null, null, numbers, fill, "");
  }

  static Column categories(String name, OneHot encoding, int fill) {
    return categories(name, encoding, Spelling.VALUE, fill);
  }

  static Column categories(String name, OneHot encoding, Spelling spelling, int fill) {
    return new Column(name, Kind.CATEGORY, encoding, spelling, null, fill, "");
  }

  static Column ignored(String name, String reason) {
    return new Column(name, Kind.IGNORED, null, null, null, 0, reason);
  }

  /** Returns the column with something else for missing cells. */
  Column withFill(float newFill) {
    return new Column(name, kind, encoding, spelling, numbers, newFill, reason);
  }

  /** Returns the column, which holds categories, with other ones. */
  Column withCategories(OneHot newEncoding, int newFill) {
    return categories(name, newEncoding, spelling, newFill);
  }

  /** Returns how many inputs or targets it makes. */
  public int width() {
    return switch (kind) {
      case NUMBER -> 1;
      case CATEGORY -> encoding.columns();
      case IGNORED -> 0;
    };
  }

  /** Returns the categories; empty if it holds numbers. */
  public List<String> categories() {
    return encoding == null ? List.of() : encoding.categories();
  }

  /** Returns the number that a float of this column stands for, with all of its digits. */
  public String text(float value) {
    return numbers == null ? Float.toString(value) : numbers.text(value);
  }

  /** Returns what differences of floats of this column are to be multiplied by. */
  public double unit() {
    return numbers == null ? 1 : 1 / numbers.factor();
  }

  /** Returns what the floats of this column are: its name, less what is taken off. */
  public String nameOfFloats() {
    if (numbers == null || numbers.isPlain()) {
      return name;
    }
    return numbers.factor() == 1
        ? name + " less " + PlainNumber.canonical(numbers.shift())
        : name + " times " + numbers.factor();
  }

  /**
   * Returns what is in a cell: its number, or the place of its text among the categories, -1 for
   * one that is none of them; NaN if it is missing.
   *
   * @param words those that stand for missing cells
   * @throws DataException if there is something else in it, or a category that is refused
   */
  float code(Cells row, int at, MissingWords words) throws DataException {
    double number = row.number(at);
    if (words.isMissing(row, at, number, kind == Kind.NUMBER)) {
      return Float.NaN;
    }
    if (kind == Kind.NUMBER) {
      return finite(number, row, at);
    }
    try {
      return encoding.index(spelling.of(number, row.text(at)));
    } catch (IllegalArgumentException e) {
      throw new DataException(row.where(at) + ": " + e.getMessage(), e);
    }
  }

  private float finite(double number, Cells row, int at) throws DataException {
    double value = numbers.read(number, row, at);
    if (Double.isNaN(value)) {
      boolean noPercent = !Double.isNaN(number) && numbers.unit().equals("%");
      String why = noPercent ? " has no %, as the column's numbers have" : " is not a number";
      throw new DataException(row.where(at) + ": '" + row.text(at) + "'" + why + "; mend the cell");
    }
    float single = numbers.toFloat(value, value == number, row, at);
    if (!Float.isFinite(single)) {
      throw notFinite(row.where(at), row.text(at));
    }
    return single;
  }

  static DataException notFinite(String where, String text) {
    return new DataException(
        where + ": " + text + " is not a finite number; mend the cell or leave the row out");
  }
}
