package dev.lanewise.jmh.sweep;

import dev.lanewise.jmh.run.Choice;
import dev.lanewise.jmh.run.UnusableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Option;

/** Those of JMH's options that say how long a virtual machine warms up and measures. */
final class Iterations {
  /** What a virtual machine takes to start and to measure the ceilings of its core. */
  private static final Duration START = Duration.ofMillis(2_500);

  @Option(names = "-wi", paramLabel = "N", defaultValue = "5", description = "Warm-up iterations.")
  private int warmUps;

  @Option(names = "-w", paramLabel = "TIME", defaultValue = "1s", description = "Time of each.")
  private TimeValue warmUpTime;

  @Option(
      names = "-i",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured iterations; their median counts.")
  private int measured;

  @Option(names = "-r", paramLabel = "TIME", defaultValue = "400ms", description = "Time of each.")
  private TimeValue time;

  /**
   * Requires that there is a benchmark with such parameters, and that it is measured at all.
   *
   * @throws UnusableException if not
   */
  void require(String benchmark, Map<String, String> params) throws UnusableException {
    Choice.requireNames(List.of(benchmark));
    chosen(benchmark).requireParams(values(Map.of(), params));
    if (warmUps < 0 || measured < 1) {
      throw new UnusableException(
          "-wi must be 0 or more, and -i 1 or more, but were " + warmUps + " and " + measured);
    }
  }

  /** Returns about how long a trial takes, with a virtual machine for each combination. */
  Duration estimate(String benchmark, Map<String, String> defaults, Map<String, String> params)
      throws UnusableException {
    long one =
        START.toNanos()
            + warmUps * warmUpTime.convertTo(TimeUnit.NANOSECONDS)
            + measured * time.convertTo(TimeUnit.NANOSECONDS);
    return Duration.ofNanos(one * chosen(benchmark).combinations(values(defaults, params)));
  }

  private static Choice chosen(String benchmark) throws UnusableException {
    return Choice.of(List.of(new OptionsBuilder().include(benchmark).build()));
  }

  private static Map<String, List<String>> values(
      Map<String, String> defaults, Map<String, String> params) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    defaults.forEach((name, text) -> values.put(name, List.of(text.split(",", -1))));
    params.forEach((name, text) -> values.put(name, List.of(text.split(",", -1))));
    return values;
  }

  /** Returns JMH's options for a benchmark, with {@code params} before {@code defaults}. */
  Options options(String benchmark, Map<String, String> defaults, Map<String, String> params) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark)
            .warmupIterations(warmUps)
            .warmupTime(warmUpTime)
            .measurementIterations(measured)
            .measurementTime(time);
    values(defaults, params)
        .forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    return options.build();
  }
}
