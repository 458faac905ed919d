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
 * @param fill what stands for a missing cell: a number, or the number of a category from 0
 */
public record Column(String name, Kind kind, OneHot encoding, float fill) {
  /** What a column holds. */
  public enum Kind {
    /** Numbers, which stay as they are. */
    NUMBER,
    /** Texts, each of which becomes a number of its own: 1 where it stands, and 0 elsewhere. */
    CATEGORY,
    /** Nothing that the network gets to see. */
    IGNORED
  }

  /** Checks that categories are there if they have to be. */
  public Column {
    Objects.requireNonNull(name, "name");
    if ((kind == Kind.CATEGORY) != (encoding != null)) {
      throw new IllegalArgumentException("'" + name + "' needs an encoding if it has categories");
    }
  }

  static Column number(String name, float fill) {
    return new Column(name, Kind.NUMBER, null, fill);
  }

  static Column categories(String name, OneHot encoding, int fill) {
    return new Column(name, Kind.CATEGORY, encoding, fill);
  }

  static Column ignored(String name) {
    return new Column(name, Kind.IGNORED, null, 0);
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

  /**
   * Returns what is in a cell that is not missing: its number, or the place of its text among the
   * categories, -1 for one that is none of them.
   *
   * @throws DataException if there is something else in it, or a category that is refused
   */
  float code(Places file, long row, int at, Cells cells) throws DataException {
    if (kind == Kind.NUMBER) {
      return finite(file, row, at, cells);
    }
    try {
      return encoding.index(canonical(cells, at));
    } catch (IllegalArgumentException e) {
      throw new DataException(file.where(row, at) + ": " + e.getMessage(), e);
    }
  }

  static float finite(Places file, long row, int at, Cells cells) throws DataException {
    if (cells.kind(at) != Cell.NUMBER) {
      throw new DataException(
          file.where(row, at) + ": '" + cells.text(at) + "' is not a number; mend the cell");
    }
    float value = cells.number(at);
    if (!Float.isFinite(value)) {
      throw new DataException(
          file.where(row, at)
              + ": "
              + cells.text(at)
              + " is not a finite number; mend the cell or leave the row out");
    }
    return value;
  }

  /** Returns one spelling for the same whole number, such as 1 and 1.0. */
  static String canonical(Cells cells, int at) {
    if (cells.kind(at) != Cell.NUMBER) {
      return cells.text(at);
    }
    float value = cells.number(at);
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1 << 24;
    return whole ? Integer.toString((int) value) : Float.toString(value);
  }
}
