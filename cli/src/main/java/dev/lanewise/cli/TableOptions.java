package dev.lanewise.cli;

import java.util.Objects;

/**
 * How to read a table.
 *
 * @param header whether the first line holds the names of columns
 * @param separator what stands between two cells
 * @param target the column to predict: its name, its number from 1, or {@code last}
 * @param task what is predicted
 * @param missing what becomes of rows in which a cell is missing
 */
record TableOptions(Header header, char separator, String target, Task task, Missing missing) {
  /** Whether the first line holds the names of columns. */
  enum Header {
    /** It does if none of its cells is a number. */
    AUTO,
    YES,
    NO
  }

  /** What is predicted. */
  enum Task {
    /** Classes, if the target is no number or has few whole values; otherwise numbers. */
    AUTO,
    CLASSIFICATION,
    REGRESSION
  }

  /** What becomes of rows in which a cell is missing. */
  enum Missing {
    REFUSED,
    LEFT_OUT
  }

  static final TableOptions USUAL =
      new TableOptions(Header.AUTO, ',', "last", Task.AUTO, Missing.REFUSED);

  TableOptions {
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(missing, "missing");
  }

  TableOptions withHeader(Header header) {
    return new TableOptions(header, separator, target, task, missing);
  }

  TableOptions withSeparator(char separator) {
    return new TableOptions(header, separator, target, task, missing);
  }

  TableOptions withTarget(String target) {
    return new TableOptions(header, separator, target, task, missing);
  }

  TableOptions withTask(Task task) {
    return new TableOptions(header, separator, target, task, missing);
  }

  TableOptions withMissing(Missing missing) {
    return new TableOptions(header, separator, target, task, missing);
  }
}
