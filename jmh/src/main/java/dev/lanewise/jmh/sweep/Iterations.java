package dev.lanewise.jmh.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Option;

/** Those of JMH's options that say how long a virtual machine warms up and measures. */
final class Iterations {
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

  /** Returns JMH's options for a benchmark, with {@code params} before {@code defaults}. */
  ChainedOptionsBuilder options(
      String benchmark, Map<String, String> defaults, Map<String, String> params) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark)
            .warmupIterations(warmUps)
            .warmupTime(warmUpTime)
            .measurementIterations(measured)
            .measurementTime(time);
    Map<String, String> all = new LinkedHashMap<>(defaults);
    all.putAll(params);
    all.forEach((name, values) -> options.param(name, values.split(",", -1)));
    return options;
  }
}
