package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.List;

/**
 * A column of a table.
 *
 * @param name its name
 * @param encoding its categories; null if it holds numbers
 */
record Column(String name, OneHot encoding) {
  /** Returns how many inputs or targets it makes. */
  int width() {
    return encoding == null ? 1 : encoding.columns();
  }

  /** Returns the categories; empty if it holds numbers. */
  List<String> categories() {
    return encoding == null ? List.of() : encoding.categories();
  }

  /** Writes {@link #width} numbers for a cell that is not missing. */
  void write(String where, String cell, float[] row, int offset) throws DataException {
    if (encoding != null) {
      try {
        encoding.encode(canonical(cell), row, offset);
      } catch (IllegalArgumentException e) {
        throw new DataException(where + ": " + e.getMessage(), e);
      }
    } else if (Cell.of(cell) != Cell.NUMBER) {
      throw new DataException(where + ": '" + cell + "' is not a number; mend the cell");
    } else {
      row[offset] = Cell.number(cell);
    }
  }

  /** Returns one spelling for the same whole number, such as 1 and 1.0. */
  static String canonical(String cell) {
    if (Cell.of(cell) != Cell.NUMBER) {
      return cell;
    }
    float value = Cell.number(cell);
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1 << 24;
    return whole ? Integer.toString((int) value) : Float.toString(value);
  }
}
