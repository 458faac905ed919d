package dev.lanewise.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the columns of a file mean to a network. It is kept with the network, so that other files
 * are read in the same way.
 *
 * @param kind what sort of file it is
 * @param inputs how many inputs the network gets
 * @param columns all columns of a table in the order of the file, with the target; of other files
 *     the target alone
 * @param target which of the columns is the target, or the first of them
 * @param targetColumns how many columns are targets, one after the other; more than 1 of numbers
 *     only
 * @param missing which words stand for a missing cell
 * @param notes what a person should know of how the file is read, a line each; not kept
 * @param indices of a file of sparse rows which of its indices are inputs; else null
 */
public record Schema(
    Kind kind,
    int inputs,
    List<Column> columns,
    int target,
    int targetColumns,
    MissingWords missing,
    List<String> notes,
    Indices indices) {
  /** Sorts of files. */
  public enum Kind {
    /** Rows of named columns. */
    TABLE,
    /** Images and their labels. */
    IMAGES,
    /** Rows of which most numbers are zero, in the format of libsvm. */
    LIBSVM
  }

  private static final int MOST_SHOWN = 8;

  /** Checks that there is a target. */
  public Schema {
    Objects.requireNonNull(kind, "kind");
    columns = List.copyOf(columns);
    Objects.requireNonNull(missing, "missing");
    notes = List.copyOf(notes);
    Objects.checkFromIndexSize(target, targetColumns, columns.size());
    if (targetColumns < 1) {
      throw new IllegalArgumentException("there is no target");
    }
    List<Column> several = columns.subList(target, target + targetColumns);
    if (targetColumns > 1 && several.stream().anyMatch(c -> c.kind() != Column.Kind.NUMBER)) {
      throw new IllegalArgumentException("several targets must be numbers");
    }
    if (inputs < 1) {
      throw new IllegalArgumentException("a network needs at least 1 input, not " + inputs);
    }
  }

  /** Of a table. */
  static Schema table(List<Column> columns, int target, int targetColumns) {
    int inputs = 0;
    for (int c = 0; c < columns.size(); c++) {
      boolean isTarget = c >= target && c < target + targetColumns;
      inputs = Math.addExact(inputs, isTarget ? 0 : columns.get(c).width());
    }
    return new Schema(
        Kind.TABLE, inputs, columns, target, targetColumns, MissingWords.USUAL, List.of(), null);
  }

  /** Of images. */
  static Schema images(int pixels, Column target) {
    return new Schema(
        Kind.IMAGES, pixels, List.of(target), 0, 1, MissingWords.USUAL, List.of(), null);
  }

  /** Of a file of sparse rows. */
  static Schema libsvm(Indices indices, Column target) {
    return new Schema(
        Kind.LIBSVM, indices.size(), List.of(target), 0, 1, MissingWords.USUAL, List.of(), indices);
  }

  /** Returns it with words for missing cells, and notes on how the file is read. */
  Schema withReading(MissingWords words, List<String> newNotes) {
    return new Schema(kind, inputs, columns, target, targetColumns, words, newNotes, indices);
  }

  /** Returns it with other columns, which may make another number of inputs. */
  Schema withColumns(List<Column> newColumns) {
    return table(newColumns, target, targetColumns).withReading(missing, notes);
  }

  /** Returns whether a network gets rows sparsely: few of many numbers, as they are. */
  public boolean sparse() {
    return indices != null && indices.sparse();
  }

  /** Returns the columns of a table that a network may get to see, as places among all. */
  List<Integer> inputColumns() {
    List<Integer> places = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      if (!isTarget(c) && columns.get(c).kind() != Column.Kind.IGNORED) {
        places.add(c);
      }
    }
    return places;
  }

  /** Returns how many numbers say what is in a row: one for each of these columns. */
  int codes() {
    return kind == Kind.TABLE ? inputColumns().size() : inputs;
  }

  /** Returns the column to predict, the first of several. */
  public Column targetColumn() {
    return columns.get(target);
  }

  /** Returns one of the columns to predict, counted from 0. */
  public Column targetColumn(int j) {
    return columns.get(target + Objects.checkIndex(j, targetColumns));
  }

  /** Returns whether a column is to be predicted. */
  public boolean isTarget(int column) {
    return column >= target && column < target + targetColumns;
  }

  /** Returns the names of the columns to predict. */
  public List<String> targetNames() {
    return columns.subList(target, target + targetColumns).stream().map(Column::name).toList();
  }

  /** Returns whether classes are predicted. */
  public boolean classification() {
    return targetColumn().kind() == Column.Kind.CATEGORY;
  }

  /** Returns the classes in the order of the network's outputs; empty if a number is predicted. */
  public List<String> classes() {
    return targetColumn().categories();
  }

  /** Returns how many targets a row has. */
  public int targets() {
    return targetColumns > 1 ? targetColumns : targetColumn().width();
  }

  /** Returns the names of columns that the network does not get to see. */
  public List<String> ignored() {
    return columns.stream()
        .filter(column -> column.kind() == Column.Kind.IGNORED)
        .map(Column::name)
        .toList();
  }

  /** Returns the first names of columns that the network does not get to see, and why. */
  static String ignored(List<Column> columns) {
    List<String> all =
        columns.stream()
            .filter(column -> column.kind() == Column.Kind.IGNORED)
            .map(one -> one.name() + (one.reason().isEmpty() ? "" : " (" + one.reason() + ")"))
            .toList();
    return Names.counted(all, MOST_SHOWN, "");
  }

  /** Returns words such as {@code 4 inputs of 4 columns, 3 classes of 'species'}. */
  public String description() {
    String of =
        switch (kind) {
          case TABLE -> {
            int used = columns.size() - targetColumns - ignored().size();
            yield String.format(Locale.ROOT, " of %,d %s", used, used == 1 ? "column" : "columns");
          }
          case IMAGES -> " of an image";
          case LIBSVM -> indices.description() + (sparse() ? ", most of them 0" : "");
        };
    String predicted =
        classification()
            ? String.format(Locale.ROOT, "%,d classes of ", classes().size())
            : "numbers of ";
    String left = ignored(columns);
    String rest = left.isEmpty() ? "" : "; ignored: " + left;
    return String.format(
        Locale.ROOT,
        "%,d %s%s, %s%s%s",
        inputs,
        inputs == 1 ? "input" : "inputs",
        of,
        predicted,
        Names.shown(targetNames().stream().map(name -> "'" + name + "'").toList()),
        rest);
  }
}
