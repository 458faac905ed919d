package dev.lanewise.jmh.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;

/**
 * Runs benchmarks and takes for a result only what is whole. JMH goes on where a fork fails, and
 * makes a score of the iterations before that: of those in which the compiler was not done, say.
 */
public final class Trials implements OutputFormat {
  /** Lines of a benchmark that threw, and of a virtual machine that gave up. */
  private static final List<Pattern> REASONS =
      List.of(
          Pattern.compile("Caused by: [\\w.]+(Exception|Error): .*"),
          Pattern.compile("[\\w.]+(Exception|Error): .*"),
          Pattern.compile("\\[[^\\]]*\\]\\[error\\].*"),
          Pattern.compile("(Error|Unrecognized|Invalid|Could not).*"),
          Pattern.compile("[\\w.]+(Exception|Error)"),
          Pattern.compile("<forked VM failed with exit code .*>"));

  private static final Pattern PACKAGES = Pattern.compile("^(?:[a-z]\\w*\\.)+(?=[A-Z])");

  private final OutputFormat out;
  private final boolean table;
  private final Map<String, String[]> reasons = new LinkedHashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final List<RunResult> whole = new ArrayList<>();
  private String current = "";

  private Trials(OutputFormat out, boolean table) {
    this.out = out;
    this.table = table;
  }

  /**
   * Runs what some options choose; JMH tells on {@code out} how far it is, and ends with a table of
   * what is whole if asked to. The options should name no file: JMH would write all there.
   *
   * @throws RunnerException if nothing could be run
   */
  public static Outcome run(Options options, PrintStream out, boolean table)
      throws RunnerException {
    Trials trials =
        new Trials(
            OutputFormatFactory.createFormatInstance(
                out, options.verbosity().orElse(Defaults.VERBOSITY)),
            table);
    try {
      new Runner(options, trials).run();
    } catch (RunnerException e) {
      if (!(e.getCause() instanceof BenchmarkException) || trials.reasons.isEmpty()) {
        throw e;
      }
      // It was asked to stop at the first failure, and has thrown all results away.
    }
    return trials.outcome();
  }

  /** Returns what to tell where nothing could be run. */
  public static IOException explained(RunnerException e) {
    String message = String.valueOf(e.getMessage()).replaceFirst("^ERROR: ", "");
    if (message.contains("JMH lock")) {
      Path lock = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
      return new IOException(
          (e.getCause() == null
                  ? lock + " is locked: another JMH is running"
                  : e.getCause().getMessage() + ": JMH's lock, perhaps another user's")
              + "; LANEWISE_JAVA_OPTS=-Djava.io.tmpdir=DIR takes a lock elsewhere,"
              + " -Djmh.ignoreLock=true takes none",
          e);
    }
    StringBuilder all = new StringBuilder(message);
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      all.append(": ").append(cause.getMessage());
    }
    return new IOException(all.toString().replace('\n', ' '), e);
  }

  /** Returns a name such as {@code GemmBenchmark.gemm backend=vector n=256}. */
  public static String name(BenchmarkParams params) {
    String name =
        PACKAGES.matcher(params.getBenchmark()).replaceFirst("")
            + params.getParamsKeys().stream()
                .map(key -> " " + key + "=" + params.getParam(key))
                .collect(Collectors.joining());
    name += params.getThreads() == 1 ? "" : " -t " + params.getThreads();
    return params.getMode() == Mode.Throughput
        ? name
        : name + " -bm " + params.getMode().shortLabel();
  }

  private Outcome outcome() {
    Map<String, String> failures = new LinkedHashMap<>();
    reasons.forEach((name, reason) -> failures.put(name, shown(reason)));
    failures.keySet().removeAll(ended);
    return new Outcome(whole, failures);
  }

  /** Returns the first line of the most telling kind. */
  private static String shown(String[] lines) {
    return Arrays.stream(lines)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("iterations are missing, and nothing says why");
  }

  private static boolean isWhole(BenchmarkParams params, Collection<IterationResult> iterations) {
    return iterations.size() == Math.max(1, params.getForks()) * params.getMeasurement().getCount()
        && iterations.stream()
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .allMatch(score -> score > 0 && Double.isFinite(score));
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    current = name(params);
    reasons.putIfAbsent(current, new String[REASONS.size()]);
    out.startBenchmark(params);
  }

  /** Prints a score only where there is one. */
  @Override
  public void endBenchmark(BenchmarkResult result) {
    if (result != null && isWhole(result.getParams(), result.getIterationResults())) {
      ended.add(current);
      out.endBenchmark(result);
    } else {
      out.println("");
      out.println("No result: " + current + ": " + shown(reasons.get(current)));
      out.println("");
    }
  }

  @Override
  public void endRun(Collection<RunResult> results) {
    for (RunResult result : results) {
      List<IterationResult> iterations =
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .toList();
      if (isWhole(result.getParams(), iterations)) {
        whole.add(result);
      }
    }
    if (table) {
      out.endRun(whole);
    }
  }

  @Override
  public void println(String text) {
    note(text);
    out.println(text);
  }

  private void note(String text) {
    String[] known = reasons.get(current);
    if (known == null) {
      return;
    }
    for (int kind = 0; kind < known.length; kind++) {
      if (known[kind] == null) {
        known[kind] =
            text.lines()
                .filter(REASONS.get(kind).asMatchPredicate())
                .findFirst()
                .map(
                    line ->
                        PACKAGES.matcher(line.replaceFirst("^Caused by: ", "")).replaceFirst(""))
                .orElse(null);
      }
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {
    out.iteration(params, iteration, number);
  }

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult data) {
    out.iterationResult(params, iteration, number, data);
  }

  @Override
  public void startRun() {
    out.startRun();
  }

  @Override
  public void print(String text) {
    out.print(text);
  }

  @Override
  public void verbosePrintln(String text) {
    out.verbosePrintln(text);
  }

  @Override
  public void write(int b) {
    out.write(b);
  }

  @Override
  public void flush() {
    out.flush();
  }

  /** Leaves it open: the results of other parts follow. */
  @Override
  public void close() {
    out.flush();
  }
}
