package dev.lanewise.cli.data;

import java.util.List;
import java.util.Objects;

/**
 * What to make of a table.
 *
 * @param target the column to predict: its name, its number from 1, or {@code last}
 * @param task what is predicted
 * @param ignored columns that are left out: their names or numbers from 1
 * @param missing what becomes of rows in which a cell is missing
 */
public record TableOptions(String target, Task task, List<String> ignored, Missing missing) {
  /** What is predicted. */
  public enum Task {
    /** Classes, if the target is no number or has few whole values; otherwise numbers. */
    AUTO,
    /** Classes. */
    CLASSIFICATION,
    /** Numbers. */
    REGRESSION
  }

  /** What becomes of rows in which a cell is missing. A row without its target is left out. */
  public enum Missing {
    /** The mean of its column, or the most frequent category, stands in the cell. */
    FILL,
    /** They are left out. */
    SKIP,
    /** They are refused. */
    ERROR
  }

  /** What is usual: the last column is the target, and missing cells are filled. */
  public static final TableOptions USUAL =
      new TableOptions("last", Task.AUTO, List.of(), Missing.FILL);

  /** Checks that all is there. */
  public TableOptions {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(missing, "missing");
    ignored = List.copyOf(ignored);
  }

  /** Returns these options with another target. */
  public TableOptions withTarget(String newTarget) {
    return new TableOptions(newTarget, task, ignored, missing);
  }

  /** Returns these options with another task. */
  public TableOptions withTask(Task newTask) {
    return new TableOptions(target, newTask, ignored, missing);
  }

  /** Returns these options with other columns left out. */
  public TableOptions withIgnored(List<String> columns) {
    return new TableOptions(target, task, columns, missing);
  }

  /** Returns these options with another way with missing cells. */
  public TableOptions withMissing(Missing newMissing) {
    return new TableOptions(target, task, ignored, newMissing);
  }
}
