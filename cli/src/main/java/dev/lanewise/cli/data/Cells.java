package dev.lanewise.cli.data;

/** The cells of one row of a table, as its file has them. */
interface Cells {
  int count();

  /**
   * Returns the number in a cell as programs write it, perhaps infinite; NaN for any other cell.
   */
  double number(int column);

  /** Returns what a message would show, and what a category is called; empty if nothing stands. */
  String text(int column);

  /** Returns the file, the line and the column of a cell, for messages. */
  String where(int column);

  /** Whether they are texts in the file, and not numbers of an array. */
  boolean areTexts();
}
