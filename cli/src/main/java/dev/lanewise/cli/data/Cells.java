package dev.lanewise.cli.data;

/** The cells of one row of a table. */
interface Cells {
  int count();

  Cell kind(int column);

  /** Returns the value of a {@link Cell#NUMBER}. */
  float number(int column);

  /** Returns what a message would show, and what a category is called. */
  String text(int column);
}
