package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.io.NpyArray;
import dev.lanewise.io.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which two arrays of an NPZ file to read: those that were asked for, or those whose names say so,
 * such as x and y, X_train and y_train, or data and target.
 *
 * @param x the array of inputs; null to find it
 * @param y the array of targets; null to find it
 * @param testing whether arrays to test with are looked for first
 */
public record NumpyNames(String x, String y, boolean testing) {
  // numpy.savez calls arrays arr_0 and arr_1 that were given no names.
  private static final List<String> INPUTS =
      List.of("x", "data", "features", "inputs", "images", "samples", "arr_0");
  private static final List<String> TARGETS =
      List.of("y", "target", "targets", "label", "labels", "classes", "arr_1");

  private static final List<String> FOR_TRAINING = List.of("", "train");
  private static final List<String> FOR_TESTING = List.of("test", "", "train");

  /** Nothing was asked for. */
  public static final NumpyNames FOUND = new NumpyNames(null, null, false);

  /** Opens the inputs and, if they are wanted, the targets, in this order. */
  Map<String, NpyArray> open(Path file, boolean wantsTargets) throws IOException {
    Set<String> names = Npz.names(file);
    requireThere(file, x, names);
    requireThere(file, y, names);
    for (String part : testing ? FOR_TESTING : FOR_TRAINING) {
      String inputs = x == null ? find(names, INPUTS, part) : x;
      String targets = y == null ? find(names, TARGETS, part) : y;
      if (inputs != null && (targets != null || !wantsTargets)) {
        return Npz.open(file, wantsTargets ? List.of(inputs, targets) : List.of(inputs));
      }
    }
    boolean anyInputs = x != null || find(names, INPUTS, "") != null;
    throw new DataException(
        "%s: has no array '%s'; expected x and y, but there are %s: name one by --%2$s"
            .formatted(file, anyInputs ? "y" : "x", names));
  }

  private static void requireThere(Path file, String name, Set<String> names) throws DataException {
    if (name != null && !names.contains(name)) {
      throw new DataException(
          file + ": has no array '" + name + "'; there are " + names + Near.to(name, names));
    }
  }

  private static String find(Set<String> names, List<String> words, String part) {
    for (String word : words) {
      if (part.isEmpty() && names.contains(word)) {
        return word;
      }
      for (String name : names) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
        if (letters.equals(word + part) || letters.equals(part + word)) {
          return name;
        }
      }
    }
    return null;
  }

  /** Returns whether a file's name is that of an NPZ file. */
  public static boolean isArchive(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
  }

  /** Whether a file has arrays to train on and others to test with. */
  public static boolean hasTestArrays(Path file) throws IOException {
    if (!isArchive(file)) {
      return false;
    }
    Set<String> names = Npz.names(file);
    return find(names, INPUTS, "") == null
        && Stream.of("train", "test")
            .allMatch(
                part -> find(names, INPUTS, part) != null && find(names, TARGETS, part) != null);
  }

  /** Whether names need not be told. */
  static boolean areUsual(List<String> names) {
    List<String> expected = List.of("x", "y");
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList().equals(expected)
        || names.equals(expected.subList(0, 1))
        || names.equals(List.of("arr_0", "arr_1"));
  }
}
