package dev.lanewise.jmh.sweep;

import dev.lanewise.jmh.result.Metric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH with a single fork, and keeps all its results. */
final class JmhTrial implements Sweep.Trial {
  private static final String GFLOP = "gflop";

  /** Lines of a benchmark that threw, and of a virtual machine that gave up. */
  private static final List<Pattern> REASONS =
      List.of(
          Pattern.compile("(Caused by: )?[\\w.]+(Exception|Error): .*"),
          Pattern.compile("\\[[^\\]]*\\]\\[error\\].*"),
          Pattern.compile("(Error|Unrecognized|Invalid|Could not).*"));

  private final Options options;
  private final Path cache;
  private final Map<String, List<BenchmarkResult>> results = new LinkedHashMap<>();
  private final Map<String, BenchmarkParams> params = new LinkedHashMap<>();

  /** Runs what these options choose, with flags that need no cache. */
  JmhTrial(Options options) {
    this(options, null);
  }

  /** Runs what these options choose; {@code cache} is what {@link FlagSet#AOT} stands for. */
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
      return attempt(flags);
    }
  }

  private Map<String, Sweep.Reading> attempt(FlagSet flags) throws Sweep.FailedTrialException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Options once =
        new OptionsBuilder()
            .parent(options)
            .forks(1)
            .warmupForks(0)
            .shouldFailOnError(true)
            .jvmArgsAppend(jvmArgs(flags))
            .build();
    Map<String, Sweep.Reading> readings = new TreeMap<>();
    PrintStream console = System.out;
    try (PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      // JMH hands on to it what benchmarks print.
      System.setOut(out);
      for (RunResult result : new Runner(once, format(out)).run()) {
        keep(flags, result);
        readings.put(name(result.getParams()), reading(result));
      }
    } catch (RunnerException e) {
      throw new Sweep.FailedTrialException(reason(e, log.toString(StandardCharsets.UTF_8)));
    } finally {
      System.setOut(console);
    }
    return readings;
  }

  private String[] jvmArgs(FlagSet flags) {
    FlagSet all = flags.needsCache() ? flags.withCache(cache.toString()) : flags;
    return all.options().toArray(String[]::new);
  }

  private static OutputFormat format(PrintStream out) {
    return OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL);
  }

  private void keep(FlagSet flags, RunResult result) {
    String key = flags + "\n" + name(result.getParams());
    params.putIfAbsent(key, result.getParams());
    results.computeIfAbsent(key, name -> new ArrayList<>()).addAll(result.getBenchmarkResults());
  }

  /** Finds the line in JMH's output that says what happened. */
  private static String reason(RunnerException e, String log) {
    for (Pattern pattern : REASONS) {
      Optional<String> line = log.lines().filter(pattern.asMatchPredicate()).findFirst();
      if (line.isPresent()) {
        return line.get();
      }
    }
    return e.getMessage();
  }

  /** Tells whether there is a benchmark of which this regular expression matches a part. */
  static boolean exists(String benchmark) {
    return !BenchmarkList.defaultList()
        .find(
            OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
            List.of(benchmark),
            List.of())
        .isEmpty();
  }

  private static String name(BenchmarkParams params) {
    String[] path = params.getBenchmark().split("\\.", -1);
    StringBuilder name = new StringBuilder();
    name.append(path[path.length - 2]).append('.').append(path[path.length - 1]);
    for (String key : params.getParamsKeys()) {
      name.append(' ').append(key).append('=').append(params.getParam(key));
    }
    return name.toString();
  }

  /** Takes the median of the iterations: of GFLOP/s where the benchmark counts them. */
  private static Sweep.Reading reading(RunResult result) {
    List<Double> values = new ArrayList<>();
    Result<?> primary = result.getPrimaryResult();
    boolean rate = primary.getScoreUnit().startsWith("ops/");
    boolean gflops =
        primary.getScoreUnit().equals("ops/s") && result.getSecondaryResults().containsKey(GFLOP);
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        values.add(
            gflops
                ? iteration.getSecondaryResults().get(GFLOP).getScore()
                : iteration.getPrimaryResult().getScore());
      }
    }
    return new Sweep.Reading(
        Metric.median(values.stream().mapToDouble(Double::doubleValue).toArray()),
        gflops ? "GFLOP/s" : primary.getScoreUnit(),
        rate);
  }

  /** Returns the options that every virtual machine has had, but for those of its flag set. */
  String jvmArgs() {
    return params.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(FlagSet.DEFAULT + "\n"))
        .map(entry -> String.join(" ", entry.getValue().getJvmArgs()))
        .findFirst()
        .orElse("");
  }

  /** Writes everything as JMH would: one entry for each benchmark and set of flags. */
  void writeJson(Path file) throws IOException {
    List<RunResult> all = new ArrayList<>();
    results.forEach((key, forks) -> all.add(new RunResult(params.get(key), forks)));
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(all);
    }
  }
}
