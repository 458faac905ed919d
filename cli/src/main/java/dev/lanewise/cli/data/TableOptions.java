package dev.lanewise.cli.data;

import dev.lanewise.cli.text.Words;
import java.util.List;
import java.util.Objects;

/**
 * What to make of a table.
 *
 * @param target the column to predict: its name, its number from 1, or {@code last}
 * @param task what is predicted
 * @param ignored columns that are left out: their names or numbers from 1
 * @param missing what becomes of rows in which a cell is missing
 * @param reading how cells are read
 */
public record TableOptions(
    String target, Task task, List<String> ignored, Missing missing, Reading reading) {
  /**
   * How the cells of a table are read.
   *
   * @param missingWords what stands for a missing cell beside an empty one; null for the usual
   *     words
   * @param decimal what stands before the decimals of every number, {@code .} or {@code ,}; null to
   *     see
   * @param kept columns that are inputs though they number the rows or differ in most of them
   */
  public record Reading(List<String> missingWords, Character decimal, List<String> kept) {
    /** What is usual. */
    public static final Reading USUAL = new Reading(null, null, List.of());

    /** Takes copies. */
    public Reading {
      missingWords = missingWords == null ? null : List.copyOf(missingWords);
      kept = List.copyOf(kept);
    }
  }

  /** What is predicted. */
  public enum Task {
    /** Classes, if the target is no number or has few whole values; otherwise numbers. */
    AUTO,
    /** Classes. */
    CLASSIFICATION,
    /** Numbers. */
    REGRESSION;

    /** Returns whether classes are predicted, by what the target looks like where it decides. */
    boolean isOfClasses(boolean looksLikeClasses) {
      return this == AUTO ? looksLikeClasses : this == CLASSIFICATION;
    }

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  /** What becomes of rows in which a cell is missing. A row without its target is left out. */
  public enum Missing {
    /** The mean of its column, or the most frequent category, stands in the cell. */
    FILL,
    /** They are left out. */
    SKIP,
    /** They are refused. */
    ERROR;

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  /** What is usual: the last column is the target, and missing cells are filled. */
  public static final TableOptions USUAL =
      new TableOptions("last", Task.AUTO, List.of(), Missing.FILL, Reading.USUAL);

  /** Checks that all is there. */
  public TableOptions {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(missing, "missing");
    Objects.requireNonNull(reading, "reading");
    ignored = List.copyOf(ignored);
  }

  /** Returns these options with another target. */
  public TableOptions withTarget(String newTarget) {
    return new TableOptions(newTarget, task, ignored, missing, reading);
  }

  /** Returns these options with another task. */
  public TableOptions withTask(Task newTask) {
    return new TableOptions(target, newTask, ignored, missing, reading);
  }

  /** Returns these options with other columns left out. */
  public TableOptions withIgnored(List<String> columns) {
    return new TableOptions(target, task, columns, missing, reading);
  }

  /** Returns these options with another way with missing cells. */
  public TableOptions withMissing(Missing newMissing) {
    return new TableOptions(target, task, ignored, newMissing, reading);
  }

  /** Returns these options with another way to read cells. */
  public TableOptions withReading(Reading newReading) {
    return new TableOptions(target, task, ignored, missing, newReading);
  }
}
