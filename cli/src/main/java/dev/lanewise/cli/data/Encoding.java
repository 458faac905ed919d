package dev.lanewise.cli.data;

import java.util.Arrays;
import java.util.List;

/**
 * Makes a network's inputs of the codes of rows. A code is the number in a cell, the place of its
 * text among the texts that were found, -1 for a text that was not, or NaN where the cell is empty.
 * Unchangeable.
 */
public final class Encoding {
  private final int inputs;
  private final Column target;
  private final int targetColumns;

  /** Where each column's inputs start; -1 for none. */
  private final int[] starts;

  /** Of each column of texts the input of each text, -1 for one the network does not know. */
  private final int[][] inputsOfTexts;

  /** Of sparse rows the input of each place, -1 for one the network does not know; else null. */
  private final int[] inputsOfPlaces;

  /** What each column's missing cells become: a number, or an input. */
  private final float[] fills;

  private final int[] widths;
  private final boolean numbersOnly;

  /**
   * Prepares for codes that were made by what the network knows.
   *
   * @param schema what that is
   */
  public Encoding(Schema schema) {
    this(schema, schema);
  }

  /**
   * Prepares.
   *
   * @param found what the codes mean
   * @param known what the network knows, of the same columns
   */
  Encoding(Schema found, Schema known) {
    this.inputs = known.inputs();
    this.target = known.targetColumn();
    this.targetColumns = known.targetColumns();
    this.inputsOfPlaces =
        found.kind() == Schema.Kind.LIBSVM ? places(found.indices(), known.indices()) : null;
    int columns = inputsOfPlaces == null ? found.codes() : 0;
    this.starts = new int[columns];
    this.inputsOfTexts = new int[columns][];
    this.fills = new float[columns];
    this.widths = new int[columns];
    int c = 0;
    int start = 0;
    boolean numbers = true;
    if (found.kind() != Schema.Kind.TABLE) {
      Arrays.setAll(starts, i -> i);
      Arrays.fill(widths, 1);
    } else {
      for (int i = 0; i < found.columns().size(); i++) {
        Column was = found.columns().get(i);
        if (found.isTarget(i) || was.kind() == Column.Kind.IGNORED) {
          continue;
        }
        Column is = known.columns().get(i);
        starts[c] = is.width() == 0 ? -1 : start;
        widths[c] = is.width();
        fills[c] = is.fill();
        if (is.kind() == Column.Kind.CATEGORY) {
          inputsOfTexts[c] = places(was.categories(), is.categories(), start);
          fills[c] += start;
        }
        numbers &= is.kind() == Column.Kind.NUMBER;
        start += is.width();
        c++;
      }
    }
    this.numbersOnly = numbers;
  }

  private static int[] places(Indices found, Indices known) {
    int[] places = new int[found.size()];
    Arrays.setAll(places, i -> Math.max(known.input(found.index(i)), -1));
    return places;
  }

  private static int[] places(List<String> found, List<String> known, int start) {
    int[] places = new int[found.size()];
    // Both are in the same order.
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      boolean is = next < known.size() && known.get(next).equals(found.get(i));
      places[i] = is ? start + next++ : -1;
    }
    return places;
  }

  int inputs() {
    return inputs;
  }

  int targets() {
    return targetColumns * target.width();
  }

  /** Returns how many codes the targets of a row have. */
  int targetColumns() {
    return targetColumns;
  }

  /** Returns whether codes are inputs, but for those of missing cells. */
  boolean numbersOnly() {
    return numbersOnly;
  }

  /**
   * Writes the inputs of a row.
   *
   * @param codes what is in its columns
   * @param x where to write as many numbers as the network has inputs
   * @param at from where on
   */
  public void inputs(float[] codes, float[] x, int at) {
    for (int c = 0; c < starts.length; c++) {
      float code = codes[c];
      if (inputsOfTexts[c] != null) {
        Arrays.fill(x, at + starts[c], at + starts[c] + widths[c], 0);
        int input = input(c, code);
        if (input >= 0) {
          x[at + input] = 1;
        }
      } else if (starts[c] >= 0) {
        x[at + starts[c]] = Float.isNaN(code) ? fills[c] : code;
      }
    }
  }

  /**
   * Writes the inputs of a sparse row as so many numbers.
   *
   * @param count how many columns it names
   * @param places these
   * @param values their values
   * @param x where to write as many numbers as the network has inputs
   * @param at from where on
   */
  public void inputs(int count, int[] places, float[] values, float[] x, int at) {
    Arrays.fill(x, at, at + inputs, 0);
    for (int i = 0; i < count; i++) {
      int input = inputsOfPlaces[places[i]];
      if (input >= 0) {
        x[at + input] = values[i];
      }
    }
  }

  /** Returns the input of a place of a sparse row; -1 if the network does not know it. */
  int input(int place) {
    return inputsOfPlaces[place];
  }

  private int input(int column, float code) {
    if (Float.isNaN(code)) {
      return (int) fills[column];
    }
    return code < 0 ? -1 : inputsOfTexts[column][(int) code];
  }

  /**
   * Writes what the network gets of a row, a number for each column that it knows: the number in
   * it, or the input of its text.
   *
   * @return how many columns these are
   */
  int known(float[] codes, float[] to) {
    int count = 0;
    for (int c = 0; c < starts.length; c++) {
      if (inputsOfTexts[c] != null) {
        to[count++] = input(c, codes[c]);
      } else if (starts[c] >= 0) {
        to[count++] = Float.isNaN(codes[c]) ? fills[c] : codes[c];
      }
    }
    return count;
  }

  /** Returns the first column from one on whose text the network does not know; -1 for none. */
  int unknown(float[] codes, int from) {
    for (int c = from; c < starts.length; c++) {
      if (inputsOfTexts[c] != null && input(c, codes[c]) < 0) {
        return c;
      }
    }
    return -1;
  }

  /** Writes the target of a row, or one of several. */
  void target(float code, float[] t, int at) {
    if (target.kind() == Column.Kind.CATEGORY) {
      Arrays.fill(t, at, at + target.width(), 0);
      t[at + (int) code] = 1;
    } else {
      t[at] = code;
    }
  }
}
