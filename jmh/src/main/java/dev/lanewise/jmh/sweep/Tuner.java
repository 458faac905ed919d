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

  private double gain = 1;
  private long slowestTrial;

  /**
   * A search that has tried nothing yet.
   *
   * @param trial what is to become fast
   * @param forks how many virtual machines each value has
   * @param budget no group is begun that would probably take longer than this from now on
   * @param out where its tables go
   * @param log where it says how far it is
   * @param nanos what time it is
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
  void run(List<FlagSet> candidates, Sweep.Kept kept) throws FailedTrialException, IOException {
    Map<String, List<FlagSet>> groups =
        candidates.stream()
            .collect(
                Collectors.groupingBy(FlagSet::group, LinkedHashMap::new, Collectors.toList()));
    log.println("the defaults once, to see how long that takes");
    log.flush();
    try {
      onTopOfTheBest(FlagSet.DEFAULT);
    } catch (FailedTrialException e) {
      throw failed(e.getMessage());
    }
    for (Map.Entry<String, List<FlagSet>> group : groups.entrySet()) {
      // Its values, the best so far, and these two once more if one of its values wins.
      int trials = forks * (group.getValue().size() + 1 + 2);
      if (nanos.getAsLong() - start + trials * slowestTrial > budget.toNanos()) {
        untried.add(group.getKey());
      } else {
        tune(group.getValue());
        kept.write();
      }
    }
  }

  private void tune(List<FlagSet> values) throws FailedTrialException, IOException {
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

  private Sweep besideTheBest(List<FlagSet> values) throws FailedTrialException, IOException {
    Sweep sweep = new Sweep(this::onTopOfTheBest, log);
    List<FlagSet> all = Stream.concat(Stream.of(FlagSet.DEFAULT), values.stream()).toList();
    sweep.run(all, forks, () -> {});
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
        best.isEmpty()
            ? "# Nothing was faster than the defaults in every fork, twice."
            : String.format(
                Locale.ROOT, "# %.3f times as fast as the defaults, measured twice.", gain));
    if (!untried.isEmpty()) {
      lines.add("# No time was left for: " + String.join(", ", untried) + ".");
    }
    best.forEach(option -> lines.add(option.substring("-D".length())));
    return lines;
  }
}
