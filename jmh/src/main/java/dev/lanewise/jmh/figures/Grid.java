package dev.lanewise.jmh.figures;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Values of several series at the same places: what a chart shows, and the table below it. */
final class Grid {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int DIGITS = 19;

  /** In the order of the numbers in them: {@code batch 8} stands before {@code batch 32}. */
  private static final Comparator<String> BY_NUMBERS = Comparator.comparing(Grid::padded);

  private final String place;
  private final Map<String, Map<String, Value>> series = new TreeMap<>(BY_NUMBERS);
  private final TreeSet<String> places = new TreeSet<>(BY_NUMBERS);

  /** A value, and how far off it may be: not a number where that is unknown. */
  record Value(double value, double error) {
    @Override
    public String toString() {
      return number(value) + (Double.isFinite(error) ? " ± " + number(error) : "");
    }
  }

  /** An empty one; {@code place} says what its places are. */
  Grid(String place) {
    this.place = place;
  }

  private static String padded(String text) {
    return NUMBER
        .matcher(text)
        .replaceAll(m -> "0".repeat(Math.max(0, DIGITS - m.group().length())) + m.group());
  }

  /** Adds a value, unless it is not a number. */
  void put(String name, String at, double value, double error) {
    if (Double.isFinite(value)) {
      series.computeIfAbsent(name, key -> new HashMap<>()).put(at, new Value(value, error));
      places.add(at);
    }
  }

  Collection<String> names() {
    return series.keySet();
  }

  List<String> places() {
    return List.copyOf(places);
  }

  String place() {
    return place;
  }

  /** Returns a series' value at a place, or null. */
  Value at(String name, String at) {
    return series.get(name).get(at);
  }

  /** Returns a header, and a row for each place. */
  List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>(List.of(new ArrayList<>(List.of(place))));
    rows.get(0).addAll(names());
    for (String at : places) {
      List<String> row = new ArrayList<>(List.of(at));
      for (String name : names()) {
        row.add(at(name, at) == null ? "" : at(name, at).toString());
      }
      rows.add(row);
    }
    return rows;
  }

  /** Returns three digits of a number, or all before its point. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e7)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
