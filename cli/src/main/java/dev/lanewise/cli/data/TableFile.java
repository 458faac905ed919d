package dev.lanewise.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file of rows and columns. */
interface TableFile extends Places {
  /** Takes what is in it. */
  interface Visitor {
    /** Returns whether a file without targets is of no use. */
    boolean wantsTargets();

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

  /** Returns the file. */
  Path path();

  /** Goes through the file. */
  void read(Visitor visitor) throws IOException;

  /** Says what to try if there is one column only. */
  String hint();
}
