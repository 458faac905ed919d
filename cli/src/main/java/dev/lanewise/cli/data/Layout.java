package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which lines and cells of a table hold what, by a sample of its first lines.
 *
 * @param header whether the first line names the columns
 * @param names names in a remark above the table; null for none
 * @param rowNames whether each line below the header begins with a name that the header has no name
 *     for, as R writes tables
 * @param trailing whether each line ends with an empty cell that is no column
 * @param remark what to tell; null for nothing
 */
record Layout(
    boolean header, List<String> names, boolean rowNames, boolean trailing, String remark) {
  /** Lines above a table are no part of it if it has this many times as many. */
  private static final int LEAST_ALIKE = 2;

  /**
   * Looks at the first lines.
   *
   * @param file for messages
   * @param sample the lines
   * @param above the line above them that begins with {@code #}, without it; null for none
   * @param said whether the first one names the columns; null to see
   * @param known the names of columns that are asked for, in small letters
   * @throws DataException if the first lines are no part of a table
   */
  static Layout of(Path file, Sample sample, Sample.Row above, Boolean said, Set<String> known)
      throws DataException {
    List<Sample.Row> lines = sample.lines();
    if (lines.isEmpty()) {
      return new Layout(false, null, false, false, null);
    }
    Sample.Row first = lines.get(0);
    List<Sample.Row> below = lines.subList(1, lines.size());
    int columns = sample.columns();
    boolean alike = columns > 2 && below.stream().allMatch(line -> line.count() == columns);
    boolean oneLess = first.count() == columns - 1;
    boolean trailing =
        alike
            && below.stream().allMatch(line -> isEmpty(line, columns - 1))
            && (oneLess || (first.count() == columns && isEmpty(first, columns - 1)));
    boolean rowNames =
        !trailing && alike && oneLess && !Boolean.FALSE.equals(said) && areNamed(first, below);
    if (!trailing && !rowNames && !sample.broken()) {
      refuseOtherLines(file, lines);
    }
    if (rowNames) {
      String remark = "the first cell of each line has no name; it is called 'row names'";
      return new Layout(true, null, true, false, remark);
    }
    if (said != null) {
      return new Layout(said, null, false, trailing, null);
    }
    List<Sample.Row> same = below.stream().filter(line -> line.count() >= first.count()).toList();
    FirstLine found = FirstLine.of(first, same, known);
    if (above != null
        && !found.isHeader()
        && above.count() == first.count()
        && FirstLine.of(above, lines, known).isHeader()) {
      String remark =
          "line " + above.number() + " (" + above.shown() + "), behind #, names the columns";
      return new Layout(false, above.cells(), false, trailing, remark);
    }
    if (found.problem() != null) {
      throw new DataException(file + ": " + found.problem());
    }
    return new Layout(found.isHeader(), null, false, trailing, found.remark());
  }

  private static boolean isEmpty(Sample.Row line, int column) {
    return line.cell(column).isEmpty() && !line.quoted().get(column);
  }

  /** Whether each line begins with another name, below a line without numbers. */
  private static boolean areNamed(Sample.Row first, List<Sample.Row> below) {
    Set<String> seen = new HashSet<>();
    return IntStream.range(0, first.count()).noneMatch(first::isNumber)
        && below.stream().allMatch(line -> seen.add(line.cell(0)));
  }

  /** Refuses lines above a table whose own lines all have another number of cells. */
  private static void refuseOtherLines(Path file, List<Sample.Row> lines) throws DataException {
    int columns = lines.getLast().count();
    int above = lines.size();
    while (above > 0 && lines.get(above - 1).count() == columns) {
      above--;
    }
    if (above == 0
        || columns < 2
        || lines.size() - above < LEAST_ALIKE * above
        || lines.subList(0, above).stream().anyMatch(line -> line.count() == columns)) {
      return;
    }
    Sample.Row first = lines.get(0);
    Sample.Row begin = lines.get(above);
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: line %d (%s) has %d %s, but the lines from %d on have %d; if the table begins"
                + " there, say --skip %d",
            file,
            first.number(),
            first.shown(),
            first.count(),
            first.count() == 1 ? "cell" : "cells",
            begin.number(),
            columns,
            begin.number() - 1));
  }
}
