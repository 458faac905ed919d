package dev.lanewise.jmh.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks: those of a preset, or those that JMH's own arguments name. */
public final class Suite {
  private static final List<String> JMH_OPTIONS =
      List.of(
          ("-bm -bs -e -f -foe -gc -h -i -jvm -jvmArgs -jvmArgsAppend -jvmArgsPrepend -l -lp -lprof"
                  + " -lrf -o -opi -p -prof -r -rf -rff -si -t -tg -to -tu -v -w -wbs -wf -wi -wm"
                  + " -wmb")
              .split(" "));

  private final Preset preset;
  private final List<String> words;
  private final Arguments arguments;

  /** JMH's own, but for the file of results: it would write failed trials to it. */
  private static final class Arguments extends CommandLineOptions {
    private static final long serialVersionUID = 1;

    Arguments(List<String> words) throws CommandLineOptionException {
      super(words.toArray(String[]::new));
    }

    /** Returns the format of results, or null where nobody wants a file. */
    ResultFormatType type() {
      return super.getResult().hasValue() || super.getResultFormat().hasValue()
          ? super.getResultFormat().orElse(Defaults.RESULT_FORMAT)
          : null;
    }

    Path file() {
      return Path.of(
          super.getResult()
              .orElse(Defaults.RESULT_FILE_PREFIX + "." + type().name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public org.openjdk.jmh.util.Optional<String> getResult() {
      return org.openjdk.jmh.util.Optional.none();
    }

    @Override
    public org.openjdk.jmh.util.Optional<ResultFormatType> getResultFormat() {
      return org.openjdk.jmh.util.Optional.none();
    }
  }

  /**
   * Reads JMH's arguments, which choose from a preset, or from everything if it is null.
   *
   * @throws UnusableException if JMH does not understand them
   */
  public Suite(Preset preset, List<String> words) throws UnusableException {
    this.preset = preset;
    this.words = words;
    try {
      arguments = new Arguments(words);
    } catch (CommandLineOptionException | IllegalStateException e) {
      throw new UnusableException(misread(words, e), e);
    }
  }

  private static String misread(List<String> words, Exception e) {
    String what = e.getMessage().replace('\n', ' ');
    if (what.startsWith("No enum constant")) {
      what = what.substring(what.lastIndexOf('.') + 1) + " is none of ";
      what +=
          e.getMessage().contains("ResultFormatType")
              ? Arrays.toString(ResultFormatType.values())
              : "the modes of -wm";
    }
    String hint =
        words.stream()
            .filter(word -> word.startsWith("-") && !JMH_OPTIONS.contains(word))
            .map(word -> Nearest.hint(word, JMH_OPTIONS))
            .findFirst()
            .orElse("");
    return what + hint + " (-h lists JMH's options)";
  }

  /**
   * Runs, prints the results, and writes them where a file for them was asked for.
   *
   * @return 0, or 1 where a trial failed
   * @throws UnusableException before anything runs, if not all of it could
   */
  public int run() throws IOException {
    if (arguments.shouldHelp()) {
      arguments.showHelp();
    } else if (arguments.shouldListProfilers()) {
      arguments.listProfilers();
    } else if (arguments.shouldListResultFormats()) {
      arguments.listResultFormats();
    } else {
      return runChosen();
    }
    return 0;
  }

  private int runChosen() throws IOException {
    Choice.requireNames(arguments.getIncludes());
    Choice.requireNames(arguments.getExcludes());
    List<Options> parts = preset == null ? List.of(arguments) : preset.options(arguments);
    Choice choice = Choice.of(parts);
    if (arguments.shouldList() || arguments.shouldListWithParams()) {
      list();
      return 0;
    }
    choice.requireParams(Choice.params(words));
    OutputFile file = arguments.type() == null ? null : new OutputFile(arguments.file(), List.of());
    if (!arguments.getOutput().hasValue()) {
      return run(parts, file, System.out);
    }
    Path log = Path.of(arguments.getOutput().get());
    new OutputFile(log, file == null ? List.of() : List.of(arguments.file()));
    try (PrintStream out = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      int status = run(parts, file, out);
      if (out.checkError()) {
        throw new IOException(log + " could not be written");
      }
      return status;
    }
  }

  private void list() {
    Runner runner =
        new Runner(
            arguments, OutputFormatFactory.createFormatInstance(System.out, VerboseMode.NORMAL));
    if (arguments.shouldList()) {
      runner.list();
    } else {
      runner.listWithParams(arguments);
    }
  }

  private int run(List<Options> parts, OutputFile file, PrintStream out) throws IOException {
    Outcome all = new Outcome(List.of(), Map.of());
    for (Options part : parts) {
      if (Choice.isEmpty(part)) {
        continue; // the user named none of these
      }
      try {
        all = all.and(Trials.run(part, out, preset == null));
      } catch (RunnerException e) {
        throw Trials.explained(e);
      }
      // A run that is cut off leaves the parts before.
      if (file != null && !all.results().isEmpty()) {
        file.write(all.written(arguments.type()));
      }
    }
    if (preset != null) {
      out.printf("%n# Lanewise: all results%n%n");
      preset.print(all, out);
    }
    if (file != null) {
      out.println();
      out.println(
          all.results().isEmpty()
              ? "No result, so " + file + (file.exists() ? " is left as it was" : " is not written")
              : "Results are in " + file);
    }
    out.flush();
    for (Map.Entry<String, String> failure : all.failures().entrySet()) {
      System.err.println("lanewise-jmh: failed: " + failure.getKey() + ": " + failure.getValue());
    }
    return all.failures().isEmpty() ? 0 : 1;
  }
}
