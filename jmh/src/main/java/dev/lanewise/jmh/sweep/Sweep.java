package dev.lanewise.jmh.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Benchmarks under several sets of flags, in rounds: each round runs every set in a virtual machine
 * of its own, every second round backwards, so that what changes on the machine meanwhile meets all
 * of them alike.
 */
final class Sweep {
  /**
   * What one virtual machine measured.
   *
   * @param value the score
   * @param unit of the score
   * @param rate whether more is better
   */
  record Reading(double value, String unit, boolean rate) {
    double speed() {
      return rate ? value : 1 / value;
    }
  }

  /** Something to run in a virtual machine of its own. */
  interface Trial {
    /** Runs it, and returns what came out, by the names of benchmarks. */
    Map<String, Reading> run(FlagSet flags) throws FailedTrialException;
  }

  /** Keeps what is known so far. */
  interface Kept {
    void write() throws IOException;
  }

  /** A virtual machine did not end as it should, or a benchmark threw. */
  static final class FailedTrialException extends IOException {
    private static final long serialVersionUID = 1;

    FailedTrialException(String reason) {
      super(reason);
    }
  }

  private static final double SECONDS = 1e-9;

  private final Trial trial;
  private final PrintWriter log;
  private final Map<FlagSet, Map<String, List<Double>>> speeds = new LinkedHashMap<>();
  private final Map<FlagSet, String> failures = new LinkedHashMap<>();
  private final Map<String, Reading> first = new TreeMap<>();

  /** A sweep that has run nothing yet; it says on the log how far it is. */
  Sweep(Trial trial, PrintWriter log) {
    this.trial = trial;
    this.log = log;
  }

  /**
   * Runs so many rounds. A set that fails once is not run again, and has no results; if it is the
   * default, nothing is.
   *
   * @param kept what to do after each round, because all of them take long
   */
  void run(List<FlagSet> sets, int rounds, Kept kept) throws IOException {
    long start = System.nanoTime();
    int done = 0;
    for (int round = 1; round <= rounds; round++) {
      List<FlagSet> order = new ArrayList<>(sets);
      if (round % 2 == 0) {
        Collections.reverse(order);
      }
      for (FlagSet flags : order) {
        if (!failures.containsKey(flags)) {
          String what = runOnce(flags);
          if (failures.containsKey(FlagSet.DEFAULT)) {
            return;
          }
          done++;
          double each = (System.nanoTime() - start) * SECONDS / done;
          double left = each * ((sets.size() - failures.size()) * rounds - done);
          log.printf(
              Locale.ROOT,
              "round %d of %d, about %.0f min left: %s %s%n",
              round,
              rounds,
              Math.max(0, Math.ceil(left / 60)),
              flags,
              what);
          log.flush();
        }
      }
      kept.write();
    }
  }

  private String runOnce(FlagSet flags) {
    try {
      Map<String, Reading> readings = trial.run(flags);
      readings.forEach(first::putIfAbsent);
      Map<String, List<Double>> known = speeds.computeIfAbsent(flags, key -> new TreeMap<>());
      readings.forEach(
          (name, reading) ->
              known.computeIfAbsent(name, key -> new ArrayList<>()).add(reading.speed()));
      Reading one = readings.values().iterator().next();
      return String.format(Locale.ROOT, "%.4g %s", one.value(), one.unit());
    } catch (FailedTrialException e) {
      speeds.remove(flags);
      failures.put(flags, e.getMessage());
      return "failed: " + e.getMessage();
    }
  }

  /** Returns the names of the benchmarks that ran. */
  Set<String> benchmarks() {
    return first.keySet();
  }

  /** Returns a reading of a benchmark, for its unit. */
  Reading example(String benchmark) {
    return first.get(benchmark);
  }

  /** Returns the sets that have results, in the order in which they were first run. */
  List<FlagSet> sets() {
    return List.copyOf(speeds.keySet());
  }

  /** Returns what went wrong, by sets. */
  Map<FlagSet, String> failures() {
    return Collections.unmodifiableMap(failures);
  }

  Speeds of(FlagSet flags, String benchmark) {
    return new Speeds(speeds.get(flags).get(benchmark));
  }

  /** Returns the geometric mean of all benchmarks; that of one benchmark is its own. */
  Speeds of(FlagSet flags) {
    return Speeds.mean(speeds.get(flags).values().stream().map(Speeds::new).toList());
  }

  /**
   * Returns the fastest set of each group of which every fork was faster than every fork of the
   * default, the fastest first.
   */
  List<FlagSet> winners() {
    Speeds standard = of(FlagSet.DEFAULT);
    Map<String, FlagSet> best = new LinkedHashMap<>();
    for (FlagSet flags : speeds.keySet()) {
      if (of(flags).beside(standard) == Speeds.Verdict.FASTER) {
        best.merge(flags.group(), flags, (a, b) -> of(b).median() > of(a).median() ? b : a);
      }
    }
    return best.values().stream()
        .sorted((a, b) -> Double.compare(of(b).median(), of(a).median()))
        .toList();
  }
}
