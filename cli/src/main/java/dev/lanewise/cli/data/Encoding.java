package dev.lanewise.cli.data;

import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;
import java.util.List;

/** Makes a network's inputs and targets of the codes of rows. Unchangeable. */
public final class Encoding {
  /**
   * What becomes of a column's codes.
   *
   * @param start its first input; -1 if the network does not get to see it
   * @param width how many inputs it has
   * @param inputsOfTexts of a column of texts the input of each, -1 for one that the network does
   *     not know; else null
   * @param fill what a missing cell becomes: a number, or an input
   */
  // Nobody compares two of these.
  @SuppressWarnings("ArrayRecordComponent")
  private record Part(int start, int width, int[] inputsOfTexts, float fill) {
    int input(float code) {
      if (Float.isNaN(code)) {
        return (int) fill;
      }
      return code < 0 ? -1 : inputsOfTexts[(int) code];
    }

    float number(float code) {
      return Float.isNaN(code) ? fill : code;
    }
  }

  private final int inputs;
  private final Column target;
  private final int targetColumns;

  /** Of a table one for each code; of images none, whose codes are inputs. */
  private final Part[] parts;

  private final boolean numbersOnly;

  /** Of sparse rows the input of each place, -1 for one the network does not know; else null. */
  private final int[] inputsOfPlaces;

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
    List<Integer> places = found.kind() == Schema.Kind.TABLE ? found.inputColumns() : List.of();
    this.parts = new Part[places.size()];
    int start = 0;
    for (int c = 0; c < parts.length; c++) {
      Column was = found.columns().get(places.get(c));
      Column is = known.columns().get(places.get(c));
      parts[c] =
          is.kind() == Column.Kind.CATEGORY
              ? new Part(
                  start,
                  is.width(),
                  texts(was.categories(), is.categories(), start),
                  is.fill() + start)
              : new Part(is.width() == 0 ? -1 : start, is.width(), null, is.fill());
      start += is.width();
    }
    this.numbersOnly =
        Arrays.stream(parts).allMatch(part -> part.start >= 0 && part.inputsOfTexts == null);
  }

  private static int[] places(Indices found, Indices known) {
    int[] places = new int[found.size()];
    Arrays.setAll(places, i -> Math.max(known.input(found.index(i)), -1));
    return places;
  }

  private static int[] texts(List<String> found, List<String> known, int start) {
    int[] inputs = new int[found.size()];
    // Both are in the same order.
    int next = 0;
    for (int i = 0; i < inputs.length; i++) {
      boolean is = next < known.size() && known.get(next).equals(found.get(i));
      inputs[i] = is ? start + next++ : -1;
    }
    return inputs;
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

  /** Returns whether codes of rows that are not sparse are inputs, but for missing cells. */
  boolean numbersOnly() {
    return numbersOnly;
  }

  /**
   * Writes the inputs of a row.
   *
   * @param row what is in it
   * @param x where to write as many numbers as the network has inputs
   * @param at from where on
   */
  public void inputs(Codes row, float[] x, int at) {
    if (row.sparse()) {
      Arrays.fill(x, at, at + inputs, 0);
      for (int i = 0; i < row.count; i++) {
        int input = inputsOfPlaces[row.places[i]];
        if (input >= 0) {
          x[at + input] = row.values[i];
        }
      }
      return;
    }
    if (parts.length == 0) {
      System.arraycopy(row.values, 0, x, at, inputs);
    }
    for (int c = 0; c < parts.length; c++) {
      Part part = parts[c];
      if (part.inputsOfTexts != null) {
        Arrays.fill(x, at + part.start, at + part.start + part.width, 0);
        int input = part.input(row.values[c]);
        if (input >= 0) {
          x[at + input] = 1;
        }
      } else if (part.start >= 0) {
        x[at + part.start] = part.number(row.values[c]);
      }
    }
  }

  /** Adds a sparse row to a batch, and takes out of it what the network does not know. */
  public void inputs(Codes row, SparseRows.Builder batch) {
    known(row);
    batch.add(row.count, row.places, 0, row.values, 0);
  }

  /**
   * Makes of a row what the network gets of it, a number for each column that it knows: the number
   * in it, or the input of its text; of a sparse row the inputs in place of its places.
   */
  void known(Codes row) {
    // Nothing is written before it is read.
    int count = 0;
    if (row.sparse()) {
      for (int i = 0; i < row.count; i++) {
        int input = inputsOfPlaces[row.places[i]];
        if (input >= 0) {
          row.places[count] = input;
          row.values[count++] = row.values[i];
        }
      }
      row.count = count;
      return;
    }
    for (int c = 0; c < parts.length; c++) {
      if (parts[c].inputsOfTexts != null) {
        row.values[count++] = parts[c].input(row.values[c]);
      } else if (parts[c].start >= 0) {
        row.values[count++] = parts[c].number(row.values[c]);
      }
    }
    row.count = parts.length == 0 ? inputs : count;
  }

  /**
   * Returns whether the network does not know the text of a column, or the place of a sparse row.
   */
  boolean isUnknown(Codes row, int c) {
    return row.sparse()
        ? inputsOfPlaces[row.places[c]] < 0
        : parts.length > 0 && parts[c].inputsOfTexts != null && parts[c].input(row.values[c]) < 0;
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
