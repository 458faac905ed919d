package dev.lanewise.data;

import dev.lanewise.internal.array.ArraySize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Numbers for categories: a column for each, 1 in the one of a value's category and 0 in the
 * others. Unchangeable: any number of threads may use one.
 */
public final class OneHot {
  /** What becomes of a value that is none of the categories. */
  public enum Unknown {
    /** It is refused. */
    REFUSED,

    /** Every column is 0. */
    ZEROS
  }

  private final List<String> categories;
  private final Unknown unknown;
  private final Map<String, Integer> indices = new HashMap<>();

  /**
   * Makes an encoding of categories that are known.
   *
   * @param categories the categories in the order of their columns, at least one
   * @param unknown what becomes of other values
   * @throws IllegalArgumentException if there is none, or one is there twice
   */
  public OneHot(List<String> categories, Unknown unknown) {
    if (categories.isEmpty()) {
      throw new IllegalArgumentException("expected at least 1 category, but there is none");
    }
    this.categories = List.copyOf(categories);
    this.unknown = Objects.requireNonNull(unknown, "unknown");
    for (String category : categories) {
      if (indices.put(category, indices.size()) != null) {
        throw new IllegalArgumentException(
            "the category '" + category + "' is there twice; expected different ones");
      }
    }
  }

  /**
   * Takes the categories of values, in the order in which they first appear.
   *
   * @param values at least one value
   * @param unknown what becomes of other values later
   * @return an encoding
   * @throws IllegalArgumentException if there is no value
   */
  public static OneHot inOrderOfAppearance(Collection<String> values, Unknown unknown) {
    return new OneHot(new ArrayList<>(new LinkedHashSet<>(values)), unknown);
  }

  /**
   * Takes the categories of values, in the order of {@link String#compareTo}, which does not depend
   * on the order of the values.
   *
   * @param values at least one value
   * @param unknown what becomes of other values later
   * @return an encoding
   * @throws IllegalArgumentException if there is no value
   */
  public static OneHot sorted(Collection<String> values, Unknown unknown) {
    return new OneHot(new ArrayList<>(new TreeSet<>(values)), unknown);
  }

  /**
   * Returns the categories.
   *
   * @return an unchangeable list, in the order of columns
   */
  public List<String> categories() {
    return categories;
  }

  /**
   * Returns what becomes of other values.
   *
   * @return one of the two
   */
  public Unknown unknown() {
    return unknown;
  }

  /**
   * Returns how many columns there are.
   *
   * @return at least 1
   */
  public int columns() {
    return categories.size();
  }

  /**
   * Returns the column of a value.
   *
   * @param value the value
   * @return from 0; -1 if it is none of the categories, and every column is 0
   * @throws IllegalArgumentException if it is none of the categories, and such are refused
   */
  public int index(String value) {
    Integer index = indices.get(value);
    if (index == null && unknown == Unknown.REFUSED) {
      throw new IllegalArgumentException("'" + value + "' is unknown; expected " + expected());
    }
    return index == null ? -1 : index;
  }

  /**
   * Writes the columns of a value.
   *
   * @param value the value
   * @param row where to write {@code columns} numbers
   * @param offset from where on
   * @throws IllegalArgumentException if the value is none of the categories, and such are refused;
   *     nothing was written then
   * @throws IndexOutOfBoundsException if the array is too short; nothing was written then
   */
  public void encode(String value, float[] row, int offset) {
    Objects.checkFromIndexSize(offset, categories.size(), row.length);
    int index = index(value);
    for (int c = 0; c < categories.size(); c++) {
      row[offset + c] = c == index ? 1 : 0;
    }
  }

  /**
   * Returns the columns of several values.
   *
   * @param values the values, one for each row
   * @return {@code rows x columns}
   * @throws IllegalArgumentException if a value is none of the categories, and such are refused;
   *     the message names its row
   */
  public float[] encode(List<String> values) {
    float[] rows = new float[ArraySize.of("the columns", values.size(), columns())];
    for (int r = 0; r < values.size(); r++) {
      try {
        encode(values.get(r), rows, r * columns());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("row " + r + ": " + e.getMessage(), e);
      }
    }
    return rows;
  }

  private String expected() {
    int shown = 8;
    String first = String.join(", ", categories.subList(0, Math.min(shown, categories.size())));
    return categories.size() <= shown ? "one of " + first : "one of " + first + ", ...";
  }
}
