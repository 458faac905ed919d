package dev.lanewise.jmh.sweep;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Tells what a sweep has found. */
final class SweepReport {
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
      Sweep.Reading example = sweep.example(benchmark);
      out.println("\n" + benchmark + ", " + example.unit());
      table(out, example.rate(), flags -> sweep.of(flags, benchmark));
    }
    if (sweep.benchmarks().size() > 1) {
      out.println("\nall of them, geometric mean of their speeds");
      table(out, true, sweep::of);
    }
    out.println();
    skipped.forEach((flags, reason) -> out.println("skipped: " + flags + ": " + reason));
    sweep.failures().forEach((flags, reason) -> out.println("failed: " + flags + ": " + reason));
    out.flush();
  }

  private void table(PrintWriter out, boolean rate, Function<FlagSet, Speeds> speedsOf) {
    int width = sweep.sets().stream().mapToInt(set -> set.toString().length()).max().orElse(0);
    String line = "%-" + width + "s  %9s  %20s  %5s  %s";
    out.println(line.formatted("flags", "median", "spread", "ratio", "beside the default"));
    Speeds standard = speedsOf.apply(FlagSet.DEFAULT);
    for (FlagSet flags : sweep.sets()) {
      Speeds speeds = speedsOf.apply(flags);
      double lowest = rate ? speeds.lowest() : 1 / speeds.highest();
      double highest = rate ? speeds.highest() : 1 / speeds.lowest();
      out.println(
          line.formatted(
                  flags,
                  number(rate ? speeds.median() : 1 / speeds.median()),
                  number(lowest) + " to " + number(highest),
                  String.format(Locale.ROOT, "%.3f", speeds.median() / standard.median()),
                  flags.equals(FlagSet.DEFAULT) ? "" : speeds.beside(standard))
              .stripTrailing());
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
