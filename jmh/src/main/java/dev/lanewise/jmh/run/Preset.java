package dev.lanewise.jmh.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** A choice of benchmarks, their parameters, and how long each of them runs. */
public enum Preset {
  /**
   * What a person asks first, once at a single size with either backend: about two and a half
   * minutes.
   */
  QUICK("dot, gemm, forward, step, latency, either backend: two and a half minutes") {
    @Override
    List<Part> parts() {
      return List.of(
          new Part("Level1.*\\.dot$", Map.of("n", "65536")),
          new Part("Gemm.*\\.gemm$", Map.of("n", "256")),
          new Part("TrainStep|Forward", Map.of("width", "256", "batch", "32")),
          new Part("Latency", Map.of("width", "256")));
    }

    @Override
    void limit(ChainedOptionsBuilder options, Options user) {
      options
          .forks(user.getForkCount().orElse(1))
          .warmupIterations(user.getWarmupIterations().orElse(7))
          .warmupTime(user.getWarmupTime().orElse(TimeValue.milliseconds(1000)))
          .measurementIterations(user.getMeasurementIterations().orElse(5))
          .measurementTime(user.getMeasurementTime().orElse(TimeValue.milliseconds(400)));
    }

    @Override
    void print(Outcome outcome, PrintStream out) {
      QuickTable.print(outcome, out);
    }
  },

  /**
   * Everything, with the forks and the times that the benchmarks themselves ask for; without those
   * sizes for which the scalar backend would take minutes a step.
   */
  FULL("all benchmarks in five forks: hours") {
    @Override
    List<Part> parts() {
      String layers = "Forward|Backward|TrainStep";
      return List.of(
          new Part(layers, Map.of("backend", "vector")),
          new Part(
              layers, Map.of("backend", "scalar", "width", "16,64,256,1024", "batch", "1,32,256")),
          new Part("TrainStep", threads()),
          new Part("Level1|Level2|Gemm|Activation|Update|Sparse|FmaPeak", Map.of()),
          new Part("Latency|ColdStart|WarmUp", Map.of()));
    }

    @Override
    void limit(ChainedOptionsBuilder options, Options user) {}

    @Override
    void print(Outcome outcome, PrintStream out) {
      ResultFormatFactory.getInstance(ResultFormatType.TEXT, out).writeOut(outcome.results());
    }
  };

  /**
   * Benchmarks with the same parameters.
   *
   * @param include what their names must match
   * @param params names and values, which commas separate
   */
  record Part(String include, Map<String, String> params) {}

  private final String header;

  Preset(String header) {
    this.header = header;
  }

  /** Says in a line what it is. */
  public String header() {
    return header;
  }

  abstract List<Part> parts();

  abstract void limit(ChainedOptionsBuilder options, Options user);

  /** Prints what came of all parts. */
  abstract void print(Outcome outcome, PrintStream out);

  /**
   * Returns what JMH should do, part by part.
   *
   * @param user what was asked for beside: it goes before, and names only narrow the choice
   */
  List<Options> options(Options user) {
    List<Options> all = new ArrayList<>();
    for (Part part : parts()) {
      ChainedOptionsBuilder options = new OptionsBuilder().parent(user);
      options.include(part.include).exclude(allBut(part.include));
      if (!user.getIncludes().isEmpty()) {
        options.exclude(allBut(String.join("|", user.getIncludes())));
      }
      part.params.forEach(
          (name, values) -> {
            if (!user.getParameter(name).hasValue()) {
              options.param(name, values.split(",", -1));
            }
          });
      limit(options, user);
      all.add(options.build());
    }
    return all;
  }

  /** Two, four, eight ... as far as there are processors; one thread has a part of its own. */
  private static Map<String, String> threads() {
    int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
    String threads =
        IntStream.iterate(2, n -> n <= processors, n -> 2 * n)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return Map.of("backend", "vector", "width", "256,1024", "batch", "32,256", "threads", threads);
  }

  private static String allBut(String names) {
    return "^(?!.*(?:" + names + "))";
  }
}
