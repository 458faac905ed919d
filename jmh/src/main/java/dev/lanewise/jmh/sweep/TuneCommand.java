package dev.lanewise.jmh.sweep;

import dev.lanewise.jmh.sweep.Sweep.FailedTrialException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    description =
        "Searches the properties of Lanewise that change no result but how fast it comes, and writes"
            + " those that make training steps faster on this machine to a file for"
            + " -Dlanewise.tuning=FILE. Each value has virtual machines of its own, in turn with the"
            + " best so far.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class TuneCommand implements Callable<Integer> {
  private static final int FEWEST_FORKS = 2;
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
  public Integer call() throws IOException {
    if (forks < FEWEST_FORKS) {
      throw new ParameterException(
          spec.commandLine(), "--forks must be at least 2 to show a spread, but was " + forks);
    }
    if (!(minutes > 0 && minutes <= Integer.MAX_VALUE)) {
      throw new ParameterException(
          spec.commandLine(), "--minutes must be above 0, but was " + minutes);
    }
    List<FlagSet> candidates = candidates();
    PrintWriter out = spec.commandLine().getOut();
    Duration budget = Duration.ofMillis((long) (minutes * 60_000));
    Tuner tuner =
        new Tuner(trial(), forks, budget, out, spec.commandLine().getErr(), System::nanoTime);
    try {
      tuner.run(candidates, () -> write(tuner.lines()));
    } catch (FailedTrialException e) {
      throw new IOException(e.getMessage(), e);
    }
    write(tuner.lines());
    tuner.lines().forEach(out::println);
    out.println("Written to " + output + "; java -Dlanewise.tuning=" + output + " ... uses it.");
    out.flush();
    return 0;
  }

  private List<FlagSet> candidates() throws IOException {
    try {
      List<FlagSet> sets =
          list == null ? FlagSet.tunables() : FlagSet.parse(Files.readAllLines(list));
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
    return new JmhTrial(iterations.options(BENCHMARK, PARAMS, params).build());
  }

  /** Writes the file as a whole, or leaves what was there. */
  private void write(List<String> lines) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(
        "# lanewise-jmh tune, "
            + LocalDate.now(ZoneOffset.UTC)
            + ", "
            + System.getProperty("java.vm.version"));
    all.addAll(lines);
    Path absolute = output.toAbsolutePath();
    Path temporary = Files.createTempFile(absolute.getParent(), "lanewise", ".properties");
    try {
      Files.write(temporary, all);
      Files.move(temporary, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
