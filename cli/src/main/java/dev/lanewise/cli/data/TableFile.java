package dev.lanewise.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A file of rows and columns, which gives rows of cells. */
interface TableFile {
  /**
   * What is wanted of a file.
   *
   * @param targets whether a file without targets is of no use
   * @param classes whether targets of which one is 1 and the others are 0 shall become a class
   * @param names the names of columns that are looked for, in small letters; none if any will do
   */
  record Wanted(boolean targets, boolean classes, Set<String> names) {}

  /**
   * The columns of a file.
   *
   * @param names one for each
   * @param given whether they are in the file; false if they are {@code column 1} and so on
   * @param targets how many of the last ones are targets; 1 if nothing is said
   */
  record Columns(List<String> names, boolean given, int targets) {}

  /** Takes what is in it. */
  interface Visitor {
    /** Takes the columns, once, before all rows. */
    void columns(Columns columns) throws IOException;

    /** Takes a row. It is valid during the call only. */
    void row(Cells cells) throws IOException;
  }

  /** Returns what to call the file in messages. */
  Path path();

  /** Goes through the file. */
  void read(Wanted wanted, Visitor visitor) throws IOException;

  /** Takes what is worth telling, should the file be read without a mistake. */
  void note(String text);

  /** Whether its cells are texts, and not numbers of an array. */
  boolean isText();
}
