package dev.lanewise.jmh.sweep;

import dev.lanewise.jmh.sweep.Sweep.FailedTrialException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Searches one group of properties after another. What was faster than the best so far in every
 * fork is measured once more beside it, since the fastest of several looks faster than it is, and
 * becomes the best if it is so again.
 */
final class Tuner {
  private final Sweep.Trial trial;
  private final int forks;
  private final Duration budget;
  private final PrintWriter out;
  private final PrintWriter log;
  private final List<String> best = new ArrayList<>();
  private final List<String> untried = new ArrayList<>();
  private final LongSupplier nanos;
  private final long start;

  private boolean tried;
  private boolean failed;
  private double gain = 1;
  private long slowestTrial;

  /**
   * A search that has tried nothing yet. Each value has so many forks; no group is begun that would
   * probably end after the budget; tables go to {@code out}, and how far it is to {@code log}.
   */
  Tuner(
      Sweep.Trial trial,
      int forks,
      Duration budget,
      PrintWriter out,
      PrintWriter log,
      LongSupplier nanos) {
    this.trial = trial;
    this.forks = forks;
    this.budget = budget;
    this.out = out;
    this.log = log;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /**
   * Tries them all, or as many groups as the budget allows.
   *
   * @param kept what to do after each group, because all of them take long
   * @throws FailedTrialException if it fails without any property
   */
  void run(List<FlagSet> candidates, Sweep.Kept kept) throws IOException {
    log.println("the defaults once, to see how long that takes");
    log.flush();
    try {
      onTopOfTheBest(FlagSet.DEFAULT);
    } catch (FailedTrialException e) {
      throw failed(e.getMessage());
    }
    out.println(plan(candidates, Duration.ofNanos(slowestTrial)));
    out.flush();
    for (Map.Entry<String, List<FlagSet>> group : groups(candidates).entrySet()) {
      if (nanos.getAsLong() - start + trials(group.getValue()) * slowestTrial > budget.toNanos()) {
        untried.add(group.getKey());
      } else {
        tried = true;
        tune(group.getValue());
        kept.write();
      }
    }
  }

  private static Map<String, List<FlagSet>> groups(List<FlagSet> candidates) {
    return candidates.stream()
        .collect(Collectors.groupingBy(FlagSet::group, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Counts a group's values, the best so far, and these two once more if one of its values wins.
   */
  private int trials(List<FlagSet> group) {
    return forks * (group.size() + 1 + 2);
  }

  /**
   * Returns how long a value takes, and which groups fit into the budget at least.
   *
   * @param oneTrial how long a trial takes
   */
  String plan(List<FlagSet> candidates, Duration oneTrial) {
    long left = budget.minus(oneTrial).toNanos();
    int fitting = 0;
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, List<FlagSet>> group : groups(candidates).entrySet()) {
      long needed = trials(group.getValue()) * oneTrial.toNanos();
      if (needed <= left) {
        left -= needed;
        fitting += group.getValue().size();
        names.add(group.getKey());
      }
    }
    return String.format(
        Locale.ROOT,
        "A value takes about %.1f min (%d rounds of %.0f s). Into %.0f min fit %d of %d values%s.",
        minutes(oneTrial) * forks,
        forks,
        oneTrial.toMillis() / 1e3,
        minutes(budget),
        fitting,
        candidates.size(),
        names.isEmpty() ? "" : ", of the groups " + String.join(", ", names));
  }

  /** Returns how many minutes the smallest group takes. */
  double fewestMinutes(List<FlagSet> candidates, Duration oneTrial) {
    int fewest = groups(candidates).values().stream().mapToInt(this::trials).min().orElse(0);
    return minutes(oneTrial) * (1 + fewest);
  }

  /** Returns the longest trial so far. */
  Duration slowestTrial() {
    return Duration.ofNanos(slowestTrial);
  }

  private static double minutes(Duration time) {
    return time.toMillis() / 60e3;
  }

  /** Tells whether there was time for any value. */
  boolean hasTried() {
    return tried;
  }

  /** Tells whether a value was faster than the defaults in every fork, twice. */
  boolean hasFound() {
    return !best.isEmpty();
  }

  /** Tells whether a trial failed. */
  boolean hasFailed() {
    return failed;
  }

  private void tune(List<FlagSet> values) throws IOException {
    Sweep sweep = besideTheBest(values);
    List<FlagSet> winners = sweep.winners();
    if (winners.isEmpty()) {
      return;
    }
    Sweep again = besideTheBest(List.of(winners.get(0)));
    if (!again.winners().isEmpty()) {
      FlagSet winner = again.winners().get(0);
      gain *= again.of(winner).median() / again.of(FlagSet.DEFAULT).median();
      best.addAll(winner.options());
    }
  }

  private Sweep besideTheBest(List<FlagSet> values) throws IOException {
    Sweep sweep = new Sweep(this::onTopOfTheBest, log);
    List<FlagSet> all = Stream.concat(Stream.of(FlagSet.DEFAULT), values.stream()).toList();
    sweep.run(all, forks, () -> {});
    failed |= !sweep.failures().isEmpty();
    if (sweep.failures().containsKey(FlagSet.DEFAULT)) {
      throw failed(sweep.failures().get(FlagSet.DEFAULT));
    }
    out.printf("%nBeside the best so far, %s:%n", best.isEmpty() ? "the defaults" : best);
    new SweepReport(sweep, Map.of()).print(out);
    return sweep;
  }

  private FailedTrialException failed(String why) {
    return new FailedTrialException(
        "the benchmark fails with " + (best.isEmpty() ? "no property" : best) + ": " + why);
  }

  private Map<String, Sweep.Reading> onTopOfTheBest(FlagSet flags) throws FailedTrialException {
    long begin = nanos.getAsLong();
    List<String> all = Stream.concat(best.stream(), flags.options().stream()).toList();
    Map<String, Sweep.Reading> readings = trial.run(new FlagSet(flags.group(), all));
    slowestTrial = Math.max(slowestTrial, nanos.getAsLong() - begin);
    return readings;
  }

  /** Returns the lines of a file of properties that sets what won, and what that brought. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(Locale.ROOT, "# %.3f times as fast as the defaults, measured twice.", gain));
    if (!untried.isEmpty()) {
      lines.add("# No time was left for: " + String.join(", ", untried) + ".");
    }
    best.forEach(option -> lines.add(option.substring("-D".length())));
    return lines;
  }

  /** Returns the groups that there was no time for. */
  List<String> untried() {
    return List.copyOf(untried);
  }
}
