package dev.lanewise.jmh.sweep;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what a sweep has found. */
final class SweepReport {
  private static final List<String> HEADER =
      List.of("flags", "median", "spread", "ratio", "beside the default");

  private final Sweep sweep;
  private final Map<FlagSet, String> skipped;

  /** A report of a sweep in which the default ran; and of what was not even tried, and why. */
  SweepReport(Sweep sweep, Map<FlagSet, String> skipped) {
    this.sweep = sweep;
    this.skipped = skipped;
  }

  /** Prints a table for each benchmark, and one for their mean if there are several. */
  void print(PrintWriter out) {
    for (String benchmark : sweep.benchmarks()) {
      out.println();
      out.println(benchmark + ", " + sweep.example(benchmark).unit());
      table(out, rows(benchmark));
    }
    if (sweep.benchmarks().size() > 1) {
      out.println();
      out.println("all of them, geometric mean of the ratios");
      table(out, means());
    }
    out.println();
    skipped.forEach((flags, reason) -> out.println("skipped: " + flags + ": " + reason));
    sweep.failures().forEach((flags, reason) -> out.println("failed: " + flags + ": " + reason));
    out.flush();
  }

  private List<List<String>> rows(String benchmark) {
    Speeds standard = sweep.of(FlagSet.DEFAULT, benchmark);
    boolean rate = sweep.example(benchmark).rate();
    List<List<String>> rows = new ArrayList<>();
    for (FlagSet flags : sweep.sets()) {
      Speeds speeds = sweep.of(flags, benchmark);
      rows.add(
          List.of(
              flags.toString(),
              number(rate ? speeds.median() : 1 / speeds.median()),
              rate
                  ? number(speeds.lowest()) + " to " + number(speeds.highest())
                  : number(1 / speeds.highest()) + " to " + number(1 / speeds.lowest()),
              ratio(speeds, standard),
              verdict(flags, speeds, standard)));
    }
    return rows;
  }

  private List<List<String>> means() {
    Speeds standard = sweep.of(FlagSet.DEFAULT);
    List<List<String>> rows = new ArrayList<>();
    for (FlagSet flags : sweep.sets()) {
      Speeds speeds = sweep.of(flags);
      rows.add(
          List.of(
              flags.toString(),
              "",
              String.format(
                  Locale.ROOT,
                  "%.3f to %.3f",
                  speeds.lowest() / standard.median(),
                  speeds.highest() / standard.median()),
              ratio(speeds, standard),
              verdict(flags, speeds, standard)));
    }
    return rows;
  }

  private static String ratio(Speeds speeds, Speeds standard) {
    return String.format(Locale.ROOT, "%.3f", speeds.median() / standard.median());
  }

  private static String verdict(FlagSet flags, Speeds speeds, Speeds standard) {
    return flags.equals(FlagSet.DEFAULT) ? "" : speeds.beside(standard).toString();
  }

  private static void table(PrintWriter out, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>(List.of(HEADER));
    all.addAll(rows);
    int[] widths = new int[HEADER.size()];
    for (List<String> row : all) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    for (List<String> row : all) {
      out.println(
          String.format(
                  Locale.ROOT,
                  "%-" + widths[0] + "s  %" + widths[1] + "s  %" + widths[2] + "s  %" + widths[3]
                      + "s  %s",
                  row.toArray())
              .stripTrailing());
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /**
   * Returns a line for each benchmark and set of flags, and one for each set that has no results.
   */
  String csv() throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(
          "benchmark",
          "group",
          "flags",
          "unit",
          "forks",
          "median",
          "lowest",
          "highest",
          "ratio",
          "verdict");
      for (String benchmark : sweep.benchmarks()) {
        Sweep.Reading example = sweep.example(benchmark);
        Speeds standard = sweep.of(FlagSet.DEFAULT, benchmark);
        for (FlagSet flags : sweep.sets()) {
          Speeds speeds = sweep.of(flags, benchmark);
          csv.writeRecord(
              benchmark,
              flags.group(),
              flags.toString(),
              example.unit(),
              Integer.toString(speeds.forks().size()),
              number(example.rate() ? speeds.median() : 1 / speeds.median()),
              number(example.rate() ? speeds.lowest() : 1 / speeds.highest()),
              number(example.rate() ? speeds.highest() : 1 / speeds.lowest()),
              ratio(speeds, standard),
              verdict(flags, speeds, standard));
        }
      }
      for (Map<FlagSet, String> without : List.of(skipped, sweep.failures())) {
        without.forEach(
            (flags, reason) ->
                csv.writeRecord(
                    "", flags.group(), flags.toString(), "", "0", "", "", "", "", reason));
      }
    }
    return text.toString();
  }
}
