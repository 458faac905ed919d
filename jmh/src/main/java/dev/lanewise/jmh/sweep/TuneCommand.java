package dev.lanewise.jmh.sweep;

import dev.lanewise.jmh.run.OutputFile;
import dev.lanewise.jmh.run.TextFile;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds sizes of tiles and blocks, and thresholds, that make training steps faster here. */
@Command(
    name = "tune",
    header = "which sizes of tiles and blocks make training steps faster here",
    description =
        "Searches the properties of Lanewise that change no result but how fast it comes, and"
            + " writes those that make training steps faster on this machine to a file for"
            + " -Dlanewise.tuning=FILE. Each value has virtual machines of its own, in turn with"
            + " the best so far.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class TuneCommand implements Callable<Integer> {
  private static final String BENCHMARK = "TrainStepBenchmark.step";

  /** What a step of other sizes gains or loses is not seen: so small ones and large ones. */
  private static final Map<String, String> PARAMS =
      Map.of("backend", "vector", "width", "64,256,1024", "batch", "32", "threads", "1");

  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "lanewise.properties",
      description = "The file to write.")
  private Path output;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "30",
      description = "About how long it may take.")
  private double minutes;

  @Option(
      names = "-p",
      paramLabel = "NAME=VALUE[,VALUE...]",
      description =
          "Parameters of the training step. Unless given: backend=vector, width=64,256,1024,"
              + " batch=32, threads=1. The geometric mean counts.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "What to try: groups as [NAME], and in each a set of -D options on each line.")
  private Path list;

  @Option(
      names = {"-f", "--forks"},
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds: how many virtual machines each value has.")
  private int forks;

  @Mixin private Iterations iterations;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (forks < Speeds.FEWEST) {
      throw new ParameterException(
          spec.commandLine(),
          "--forks must be at least " + Speeds.FEWEST + " for a conclusion, but was " + forks);
    }
    if (!(minutes > 0 && minutes <= Integer.MAX_VALUE)) {
      throw new ParameterException(
          spec.commandLine(), "--minutes must be above 0, but was " + minutes);
    }
    iterations.require(BENCHMARK, params);
    OutputFile file = new OutputFile(output, list == null ? List.of() : List.of(list));
    List<FlagSet> candidates = usable(candidates());
    PrintWriter out = spec.commandLine().getOut();
    Duration budget = Duration.ofMillis((long) (minutes * 60_000));
    Tuner tuner =
        new Tuner(trial(), forks, budget, out, spec.commandLine().getErr(), System::nanoTime);
    Duration estimate = iterations.estimate(BENCHMARK, PARAMS, params);
    out.println(tuner.plan(candidates, estimate));
    out.flush();
    if (tuner.fewestMinutes(candidates, estimate) > minutes) {
      throw tooShort(tuner, candidates, estimate);
    }
    tuner.run(
        candidates,
        () -> {
          if (tuner.hasFound()) {
            file.write(content(tuner.lines()));
          }
        });
    if (!tuner.hasTried()) {
      throw tooShort(tuner, candidates, tuner.slowestTrial());
    }
    tell(tuner, file, out);
    return tuner.hasFailed() ? 1 : 0;
  }

  private UnusableException tooShort(Tuner tuner, List<FlagSet> candidates, Duration oneTrial) {
    return new UnusableException(
        String.format(
            Locale.ROOT,
            "--minutes %s: no group of values fits, so nothing was tried and %s is not written; the"
                + " smallest takes --minutes %.0f",
            String.valueOf(minutes).replaceFirst("\\.0$", ""),
            output,
            Math.ceil(tuner.fewestMinutes(candidates, oneTrial))));
  }

  private static void tell(Tuner tuner, OutputFile file, PrintWriter out) {
    if (tuner.hasFound()) {
      tuner.lines().forEach(out::println);
      out.println("Written to " + file + "; java -Dlanewise.tuning=" + file + " ... uses it.");
    } else {
      if (!tuner.untried().isEmpty()) {
        out.println("No time was left for: " + String.join(", ", tuner.untried()) + ".");
      }
      out.println(
          "Nothing was faster than the defaults in every fork, twice: "
              + file
              + (file.exists() ? " is left as it was." : " is not written."));
    }
    out.flush();
  }

  /** Leaves out what this machine or the engine refuses. */
  private List<FlagSet> usable(List<FlagSet> candidates) throws IOException, InterruptedException {
    List<FlagSet> usable = new ArrayList<>();
    for (FlagSet set : candidates) {
      Optional<String> objection = Jvm.objection(set);
      if (objection.isEmpty()) {
        usable.add(set);
      } else {
        spec.commandLine().getOut().println("skipped: " + set + ": " + objection.get());
      }
    }
    if (usable.isEmpty()) {
      throw new UnusableException("there is nothing to try: every value is refused");
    }
    return usable;
  }

  private List<FlagSet> candidates() throws IOException {
    try {
      List<FlagSet> sets =
          list == null ? FlagSet.tunables() : FlagSet.parse(TextFile.read(list).lines().toList());
      for (FlagSet set : sets) {
        for (String flag : set.options()) {
          if (!flag.matches("-Dlanewise\\.[A-Za-z]+=.*")) {
            throw new IllegalArgumentException(
                "'" + flag + "' cannot stand in a file of properties: -Dlanewise.NAME=VALUE can");
          }
        }
      }
      return sets;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Sweep.Trial trial() {
    return new JmhTrial(iterations.options(BENCHMARK, PARAMS, params), null);
  }

  private static byte[] content(List<String> lines) {
    String jvm = System.getProperty("java.vm.version");
    String head = "# lanewise-jmh tune, " + LocalDate.now(ZoneOffset.UTC) + ", " + jvm + "\n";
    return (head + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
