package dev.lanewise.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A file of rows and columns. */
interface TableFile extends Places {
  /** Takes what is in it. */
  interface Visitor {
    /** Returns whether a file without targets is of no use. */
    boolean wantsTargets();

    /** Returns the names of columns that are asked for, in small letters; none if any will do. */
    default Set<String> known() {
      return Set.of();
    }

    /** Returns whether targets of which one is 1 and the others are 0 shall become a class. */
    default boolean takesClasses() {
      return true;
    }

    /**
     * Takes how many of the last columns are targets, before their names; one if nothing is said.
     */
    default void targets(int count) throws IOException {}

    /**
     * Takes the names of the columns, once, before all rows.
     *
     * @param names one for each column
     * @param given whether they are in the file; false if they are {@code column 1} and so on
     */
    void columns(List<String> names, boolean given) throws IOException;

    /**
     * Takes a row. The cells are valid during the call only.
     *
     * @param number of its line, or of the row where there are no lines, from 1
     */
    void row(long number, Cells cells) throws IOException;
  }

  /** Returns what to call the file in messages. */
  Path path();

  /** Goes through the file. */
  void read(Visitor visitor) throws IOException;

  /** Takes what is worth telling, should the file be read without a mistake. */
  default void note(String text) {}

  /** Says what to try if there is one column only. */
  String hint();
}
