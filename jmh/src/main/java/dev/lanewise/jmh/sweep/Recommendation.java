package dev.lanewise.jmh.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which flags to use. The fastest of many sets looks faster than it is, so what won is measured
 * once more beside the default: by itself, and together with the winners of other groups.
 */
final class Recommendation {
  private static final String FILE = "app.aot";

  private final Sweep.Trial trial;
  private final PrintWriter out;
  private final PrintWriter log;

  Recommendation(Sweep.Trial trial, PrintWriter out, PrintWriter log) {
    this.trial = trial;
    this.out = out;
    this.log = log;
  }

  /** Measures again where something won, ends with a command line, and tells if nothing failed. */
  boolean print(Sweep sweep, int forks, Sweep.Kept kept) throws IOException {
    out.printf(
        "Without any difference, chance sets a set apart from the default once in %d times.%n",
        Speeds.oddsOfChance(forks));
    if (forks < Speeds.FEWEST) {
      out.printf(
          "No conclusion: %d forks of each set are too few; it takes %d at least (-f %2$d), and 5"
              + " are better.%n",
          forks, Speeds.FEWEST);
      out.flush();
      return true;
    }
    List<FlagSet> winners = sweep.winners();
    if (winners.isEmpty()) {
      none("no set was faster than it in every fork");
      return true;
    }
    out.printf("%nMeasured again, because it was faster:%n");
    out.flush();
    Set<FlagSet> candidates = new LinkedHashSet<>(List.of(FlagSet.DEFAULT, winners.get(0)));
    candidates.add(together(winners));
    Sweep again = new Sweep(trial, log);
    again.run(List.copyOf(candidates), forks, kept);
    if (!again.sets().contains(FlagSet.DEFAULT)) {
      none("the default failed this time: " + again.failures().get(FlagSet.DEFAULT));
      return false;
    }
    new SweepReport(again, Map.of()).print(out);
    best(again, winners.get(0), together(winners))
        .ifPresentOrElse(
            flags -> tell(flags, again), () -> none("what was faster was not so again"));
    return again.failures().isEmpty();
  }

  private static FlagSet together(List<FlagSet> winners) {
    if (winners.size() == 1) {
      return winners.get(0);
    }
    List<String> options = new ArrayList<>();
    winners.forEach(flags -> options.addAll(flags.options()));
    return new FlagSet("together", options.stream().distinct().toList());
  }

  /** Prefers the single set unless several together are faster still. */
  private static Optional<FlagSet> best(Sweep again, FlagSet single, FlagSet together) {
    boolean singleIsFaster = isFaster(again, single, FlagSet.DEFAULT);
    boolean togetherAreFaster =
        isFaster(again, together, singleIsFaster ? single : FlagSet.DEFAULT);
    return togetherAreFaster
        ? Optional.of(together)
        : singleIsFaster ? Optional.of(single) : Optional.empty();
  }

  private static boolean isFaster(Sweep again, FlagSet flags, FlagSet other) {
    return again.sets().contains(flags)
        && again.of(flags).beside(again.of(other)) == Speeds.Verdict.FASTER;
  }

  private void none(String reason) {
    out.println("Recommended for this machine: the default; " + reason + ".");
    out.println("    java --add-modules jdk.incubator.vector ...");
    out.flush();
  }

  private void tell(FlagSet flags, Sweep again) {
    FlagSet shown = flags.withCache(FILE);
    out.printf(
        Locale.ROOT,
        "Recommended for this machine: %s, %.3f times as fast as the default.%n",
        flags,
        again.of(flags).median() / again.of(FlagSet.DEFAULT).median());
    if (flags.needsCache()) {
      out.println(
          "    java --add-modules jdk.incubator.vector -XX:AOTCacheOutput=" + FILE + " ...");
    }
    out.println("    java --add-modules jdk.incubator.vector " + shown + " ...");
    out.println("    LANEWISE_JAVA_OPTS='" + shown + "' lanewise ...");
    out.flush();
  }
}
