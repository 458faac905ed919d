package dev.lanewise.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormat;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

/** Runs benchmarks: those of a preset, or those that JMH's own arguments name. */
public final class Suite {
  private Suite() {}

  /**
   * Runs, prints the results, and writes them where a file for them was asked for. Ends with status
   * 1 where nothing could be run.
   *
   * @param arguments {@code quick} or {@code full}, or neither; then JMH's own
   */
  public static void main(String[] arguments) {
    Preset preset = arguments.length == 0 ? null : Preset.named(arguments[0]);
    if (List.of(arguments).contains("-h")) {
      System.out.println(
          "quick (below three minutes) or full (hours) for the first argument choose benchmarks and"
              + " parameters;\nthe others, which go before, are JMH's.\n");
    }
    try {
      if (preset == null) {
        org.openjdk.jmh.Main.main(arguments);
      } else {
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        run(preset, new CommandLineOptions(others));
      }
    } catch (CommandLineOptionException | RunnerException | IOException e) {
      System.err.println("ERROR: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Preset preset, Options user) throws RunnerException {
    List<RunResult> results = new ArrayList<>();
    for (Options part : preset.options(user)) {
      try {
        results.addAll(new Runner(part).run());
      } catch (NoBenchmarksException e) {
        // The user named none of these.
        continue;
      }
      write(results, user);
    }
    if (results.isEmpty()) {
      throw new NoBenchmarksException();
    }
    System.out.printf("%n# Lanewise: all results%n%n");
    ResultFormatFactory.getInstance(ResultFormatType.TEXT, System.out).writeOut(results);
  }

  /** JMH wrote those of the last part alone; a run that is cut off leaves the parts before. */
  private static void write(List<RunResult> results, Options user) {
    if (!user.getResult().hasValue() && !user.getResultFormat().hasValue()) {
      return;
    }
    ResultFormatType type = user.getResultFormat().orElse(Defaults.RESULT_FORMAT);
    String file =
        user.getResult()
            .orElse(Defaults.RESULT_FILE_PREFIX + "." + type.name().toLowerCase(Locale.ROOT));
    ResultFormat format = ResultFormatFactory.getInstance(type, file);
    format.writeOut(results);
  }
}
