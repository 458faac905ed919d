package dev.lanewise.jmh.sweep;

import dev.lanewise.jmh.run.Outcome;
import dev.lanewise.jmh.run.Trials;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.ListStatistics;

/** Runs JMH with a single fork, and keeps all its results. */
final class JmhTrial implements Sweep.Trial {
  private static final String GFLOP = "gflop";

  private final Options options;
  private final Path cache;
  private final Map<String, List<BenchmarkResult>> results = new LinkedHashMap<>();
  private final Map<String, BenchmarkParams> params = new LinkedHashMap<>();

  /** Runs what these options choose; {@link FlagSet#AOT} stands for {@code cache}. */
  JmhTrial(Options options, Path cache) {
    this.options = options;
    this.cache = cache;
  }

  /** Once more if it fails: a busy machine may have kept the compiler from being done. */
  @Override
  public Map<String, Sweep.Reading> run(FlagSet flags) throws Sweep.FailedTrialException {
    try {
      return attempt(flags);
    } catch (Sweep.FailedTrialException e) {
      try {
        return attempt(flags);
      } catch (Sweep.FailedTrialException again) {
        results.keySet().removeIf(key -> key.startsWith(flags + "\n"));
        throw again;
      }
    }
  }

  private Map<String, Sweep.Reading> attempt(FlagSet flags) throws Sweep.FailedTrialException {
    Options once =
        new OptionsBuilder()
            .parent(options)
            .forks(1)
            .warmupForks(0)
            .jvmArgsAppend(flags.withCache(String.valueOf(cache)).options().toArray(String[]::new))
            .build();
    Map<String, Sweep.Reading> readings = new TreeMap<>();
    PrintStream console = System.out;
    try (PrintStream out = new PrintStream(OutputStream.nullOutputStream())) {
      // JMH hands on to it what benchmarks print.
      System.setOut(out);
      Outcome outcome = Trials.run(once, out, false);
      if (!outcome.failures().isEmpty()) {
        throw new Sweep.FailedTrialException(outcome.failures().values().iterator().next());
      }
      for (RunResult result : outcome.results()) {
        readings.put(Trials.name(result.getParams()), reading(result));
        keep(flags, result);
      }
    } catch (RunnerException e) {
      throw new Sweep.FailedTrialException(Trials.explained(e).getMessage());
    } finally {
      System.setOut(console);
    }
    return readings;
  }

  private void keep(FlagSet flags, RunResult result) {
    String key = flags + "\n" + Trials.name(result.getParams());
    params.putIfAbsent(key, result.getParams());
    results.computeIfAbsent(key, name -> new ArrayList<>()).addAll(result.getBenchmarkResults());
  }

  /** Takes the median of the iterations: of GFLOP/s where the benchmark counts them. */
  private static Sweep.Reading reading(RunResult result) {
    String unit = result.getPrimaryResult().getScoreUnit();
    boolean gflops = unit.equals("ops/s") && result.getSecondaryResults().containsKey(GFLOP);
    ListStatistics values = new ListStatistics();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        Result<?> value =
            gflops ? iteration.getSecondaryResults().get(GFLOP) : iteration.getPrimaryResult();
        values.addValue(value.getScore());
      }
    }
    return new Sweep.Reading(
        values.getPercentile(50), gflops ? "GFLOP/s" : unit, unit.startsWith("ops/"));
  }

  /** Returns the options that every virtual machine has had, but for those of its flag set. */
  String jvmArgs() {
    return params.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(FlagSet.DEFAULT + "\n"))
        .map(entry -> String.join(" ", entry.getValue().getJvmArgs()))
        .findFirst()
        .orElse("");
  }

  /** Returns everything as JMH would write it: one entry for each benchmark and set of flags. */
  byte[] json() {
    List<RunResult> all = new ArrayList<>();
    results.forEach((key, forks) -> all.add(new RunResult(params.get(key), forks)));
    return new Outcome(all, Map.of()).written(ResultFormatType.JSON);
  }
}
