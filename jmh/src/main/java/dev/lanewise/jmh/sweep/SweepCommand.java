package dev.lanewise.jmh.sweep;

import dev.lanewise.jmh.run.OutputFile;
import dev.lanewise.jmh.run.TextFile;
import dev.lanewise.jmh.sweep.Sweep.FailedTrialException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.options.Options;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds out which flags of the virtual machine make a benchmark faster here. */
@Command(
    name = "sweep",
    header = "which JVM flags make a benchmark faster here",
    description =
        "Runs a benchmark under one set of JVM flags after another, in rounds of one fork each, and"
            + " tells which of them make a difference on this machine. What is faster is measured"
            + " once more beside the default before it is recommended.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class SweepCommand implements Callable<Integer> {
  private static final int FEWEST_FORKS = 2;
  private static final Map<String, String> PARAMS =
      Map.of("backend", "vector", "width", "256", "batch", "32", "n", "256");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "BENCHMARK",
      defaultValue = "TrainStepBenchmark.step",
      description = "Part of the benchmark's name, a regular expression.")
  private String benchmark;

  @Option(
      names = "-p",
      paramLabel = "NAME=VALUE[,VALUE...]",
      description =
          "Parameters of the benchmark. Unless given: backend=vector, width=256, batch=32, n=256.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(
      names = "--flags",
      paramLabel = "'-XX:...'",
      parameterConsumer = WholeWord.class,
      description = "A set of flags to try, instead of those of the list; may be repeated.")
  private List<String> flags = new ArrayList<>();

  /** Takes the next word for what it is, where picocli would take some for options of its own. */
  static final class WholeWord implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
      if (words.isEmpty()) {
        throw new ParameterException(
            command.commandLine(),
            "--flags needs flags of the JVM after it, such as '-XX:+UseZGC'");
      }
      List<String> all = option.getValue();
      all.add(words.pop());
    }
  }

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "A list of sets to try, in the form that --show-list prints.")
  private Path list;

  @Option(
      names = "--groups",
      split = ",",
      paramLabel = "GROUP",
      description = "Only these groups of the list.")
  private List<String> groups = new ArrayList<>();

  @Option(names = "--show-list", description = "Print the sets of the list, and do no more.")
  private boolean show;

  @Option(
      names = {"-f", "--forks"},
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds: how many virtual machines each set has.")
  private int forks;

  @Mixin private Iterations iterations;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where to write all measurements as JMH would, after each round.")
  private Path json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<FlagSet> asked = asked();
    PrintWriter out = spec.commandLine().getOut();
    if (show) {
      show(asked, out);
      return 0;
    }
    iterations.require(benchmark, params);
    List<Path> read = list == null ? List.of() : List.of(list);
    OutputFile file = json == null ? null : new OutputFile(json, read);
    Path cache = Files.createTempFile("lanewise-sweep", ".aot");
    Files.delete(cache); // the virtual machine makes it, and wants none there
    try {
      return sweep(asked, cache, file, out) ? 0 : 1;
    } finally {
      Files.deleteIfExists(cache);
    }
  }

  private static void show(List<FlagSet> sets, PrintWriter out) {
    String group = FlagSet.DEFAULT.group();
    for (FlagSet set : sets.subList(1, sets.size())) {
      if (!set.group().equals(group)) {
        group = set.group();
        out.printf("[%s]%n", group);
      }
      out.println(set);
    }
    out.flush();
  }

  /** Returns whether no trial failed. */
  private boolean sweep(List<FlagSet> asked, Path cache, OutputFile file, PrintWriter out)
      throws IOException, InterruptedException {
    PrintWriter log = spec.commandLine().getErr();
    Map<FlagSet, String> skipped = new LinkedHashMap<>();
    JmhTrial trial = new JmhTrial(options(), cache);
    Sweep.Kept kept =
        () -> {
          if (file != null) {
            file.write(trial.json());
          }
        };
    Sweep sweep = new Sweep(trial, log);
    sweep.run(usable(asked, cache, skipped), forks, kept);
    if (sweep.failures().containsKey(FlagSet.DEFAULT)) {
      throw new FailedTrialException(
          "the benchmark fails without flags: " + sweep.failures().get(FlagSet.DEFAULT));
    }
    out.println("The default: " + trial.jvmArgs());
    new SweepReport(sweep, skipped).print(out);
    return new Recommendation(trial, out, log).print(sweep, forks, kept)
        && sweep.failures().isEmpty();
  }

  private List<FlagSet> asked() throws IOException {
    if (forks < FEWEST_FORKS) {
      throw refused(
          "--forks must be at least %d to show a spread, and %d for a conclusion, but was %d"
              .formatted(FEWEST_FORKS, Speeds.FEWEST, forks));
    }
    Set<FlagSet> sets = new LinkedHashSet<>(List.of(FlagSet.DEFAULT));
    try {
      if (!flags.isEmpty()) {
        flags.forEach(text -> sets.add(FlagSet.of("", text)));
        return List.copyOf(sets);
      }
      List<FlagSet> all =
          list == null ? FlagSet.known() : FlagSet.parse(TextFile.read(list).lines().toList());
      List<String> known = all.stream().map(FlagSet::group).distinct().toList();
      for (String group : groups) {
        if (!known.contains(group)) {
          throw refused("--groups must be of " + known + ", but was '" + group + "'");
        }
      }
      all.stream()
          .filter(set -> groups.isEmpty() || groups.contains(set.group()))
          .forEach(sets::add);
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage());
    }
    return List.copyOf(sets);
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  /** Leaves out what this virtual machine does not run with. */
  private List<FlagSet> usable(List<FlagSet> asked, Path cache, Map<FlagSet, String> skipped)
      throws IOException, InterruptedException {
    List<FlagSet> usable = new ArrayList<>();
    for (FlagSet set : asked) {
      Optional<String> objection = set.needsCache() ? makeCache(cache) : Jvm.objection(set);
      if (objection.isPresent()) {
        skipped.put(set, objection.get());
      } else {
        usable.add(set);
      }
    }
    return usable;
  }

  private Optional<String> makeCache(Path cache) {
    if (Files.exists(cache)) {
      return Optional.empty();
    }
    try {
      new JmhTrial(options(), cache)
          .run(new FlagSet("start", List.of("-XX:AOTCacheOutput=" + FlagSet.AOT)));
    } catch (FailedTrialException e) {
      return Optional.of("no cache could be made: " + e.getMessage());
    }
    return Files.exists(cache)
        ? Optional.empty()
        : Optional.of("the virtual machine made no cache");
  }

  private Options options() {
    return iterations.options(benchmark, PARAMS, params);
  }
}
