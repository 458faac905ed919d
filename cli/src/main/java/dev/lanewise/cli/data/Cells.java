package dev.lanewise.cli.data;

/** The cells of one row of a table. */
interface Cells {
  int count();

  /** Returns what a cell is by itself, whatever else its column holds. */
  Cell kind(int column);

  /** Returns the value of a {@link Cell#NUMBER}, perhaps infinite; NaN for any other cell. */
  double number(int column);

  /** Returns what a message would show, and what a category is called; empty if nothing stands. */
  String text(int column);

  /** Whether they are texts in the file, and not numbers of an array. */
  default boolean areTexts() {
    return true;
  }
}
