package dev.lanewise.jmh.figures;

import java.util.List;

/** Something to see, or why there is nothing to see. */
sealed interface Figure {
  /** Returns what it shows. */
  String title();

  /**
   * A chart.
   *
   * @param id a word for file names
   * @param title what it shows
   * @param chart how
   * @param caption how to read it
   * @param table the same numbers; the first row is the header
   */
  record Drawn(String id, String title, Chart chart, String caption, List<List<String>> table)
      implements Figure {}

  /**
   * A chart that is left out.
   *
   * @param title what it would show
   * @param hint which command gives its numbers
   */
  record Missing(String title, String hint) implements Figure {}
}
