package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the columns that a model knows in another table: by name, of which the case does not count
 * where that leaves no doubt, or by order where one of both has no names.
 */
final class ColumnPlaces {
  private final TableFile file;
  private final List<String> expected;
  private final Schema schema;
  private final boolean targets;

  /**
   * Is about one table.
   *
   * @param file for messages
   * @param schema what the columns mean
   * @param targets whether the target is needed
   */
  ColumnPlaces(TableFile file, Schema schema, boolean targets) {
    this.file = file;
    this.expected = schema.columns().stream().map(Column::name).toList();
    this.schema = schema;
    this.targets = targets;
  }

  /** Returns the names that are looked for, in small letters; none if there are only numbers. */
  static Set<String> known(Schema schema) {
    return areNames(schema)
        ? schema.columns().stream().map(c -> folded(c.name())).collect(Collectors.toSet())
        : Set.of();
  }

  /** Several targets are of arrays, whose columns have no names. */
  private static boolean areNames(Schema schema) {
    List<String> names = schema.columns().stream().map(Column::name).toList();
    return schema.targetColumns() == 1 && !names.equals(Names.numbered(names.size()));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns where each column is; -1 for one that is not needed and not there.
   *
   * @param columns those in the file
   * @param needed which columns are needed
   */
  int[] of(TableFile.Columns columns, boolean[] needed) throws DataException {
    List<String> names = columns.names();
    boolean given = columns.given();
    if (given && areNames(schema)) {
      return byName(names, needed);
    }
    int[] places = byOrder(names.size());
    if (given) {
      file.note(
          "the model knows no names; the columns "
              + Names.shown(names)
              + " are taken by their order");
    } else if (areNames(schema)) {
      List<String> taken = new ArrayList<>(expected);
      if (places[schema.target()] < 0) {
        taken.remove(schema.target());
      }
      file.note("has no header; the columns are taken by their order: " + Names.shown(taken));
    }
    return places;
  }

  private int[] byName(List<String> names, boolean[] needed) throws DataException {
    Map<String, Integer> exact = new HashMap<>();
    Map<String, Integer> anyCase = new HashMap<>();
    Set<String> taken = Set.copyOf(expected);
    for (int c = 0; c < names.size(); c++) {
      exact.put(names.get(c), c);
      if (!taken.contains(names.get(c))) {
        anyCase.merge(folded(names.get(c)), c, (one, other) -> -1);
      }
    }
    int[] found = new int[expected.size()];
    List<String> lost = new ArrayList<>();
    List<String> otherCase = new ArrayList<>();
    boolean any = false;
    for (int c = 0; c < found.length; c++) {
      String name = expected.get(c);
      Integer place = exact.get(name);
      if (place == null && anyCase.getOrDefault(folded(name), -1) >= 0) {
        place = anyCase.get(folded(name));
        otherCase.add(names.get(place) + " for " + name);
      }
      found[c] = place == null ? -1 : place;
      any |= place != null;
      if (place == null && needed[c]) {
        lost.add(name);
      }
    }
    if (!any) {
      throw refused(
          ": its header names "
              + Names.shown(names)
              + ", none of which the model knows; expected "
              + Names.shown(expected)
              + "; rename them, or say --header no if the first line is data");
    }
    if (!lost.isEmpty()) {
      throw lost(lost, names);
    }
    if (!otherCase.isEmpty()) {
      file.note("columns are taken whatever the case of their names: " + Names.shown(otherCase));
    }
    return found;
  }

  private DataException refused(String why) {
    return new DataException(file.path() + why);
  }

  private DataException lost(List<String> lost, List<String> names) {
    List<String> quoted = lost.stream().map(name -> "'" + name + "'").toList();
    List<String> others = names.stream().filter(name -> !expected.contains(name)).toList();
    List<String> near = Near.words(lost.getFirst(), others);
    return refused(
        ": has no column %s%s; expected %s%s"
            .formatted(
                Names.shown(quoted),
                near.isEmpty() ? "" : " (did you mean '" + near.getFirst() + "'?)",
                Names.shown(expected),
                near.isEmpty() ? ", but there are " + Names.shown(names) : ""));
  }

  private int[] byOrder(int columns) throws DataException {
    int withoutTargets = expected.size() - schema.targetColumns();
    boolean withoutTarget = !targets && columns == withoutTargets;
    if (columns != expected.size() && !withoutTarget) {
      throw refused(
          ": has %s columns; expected %s%s"
              .formatted(
                  columns,
                  expected.size(),
                  targets ? "" : ", or " + withoutTargets + " without the target"));
    }
    int[] found = new int[expected.size()];
    int at = 0;
    for (int c = 0; c < found.length; c++) {
      found[c] = withoutTarget && schema.isTarget(c) ? -1 : at++;
    }
    return found;
  }
}
