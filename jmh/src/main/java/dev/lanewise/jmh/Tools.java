package dev.lanewise.jmh;

import dev.lanewise.jmh.figures.FiguresCommand;
import dev.lanewise.jmh.placement.Robustness;
import dev.lanewise.jmh.run.CheckedOutput;
import dev.lanewise.jmh.run.Choice;
import dev.lanewise.jmh.run.Nearest;
import dev.lanewise.jmh.run.OneLine;
import dev.lanewise.jmh.run.Preset;
import dev.lanewise.jmh.run.Suite;
import dev.lanewise.jmh.run.UnusableException;
import dev.lanewise.jmh.sweep.SweepCommand;
import dev.lanewise.jmh.sweep.TuneCommand;
import dev.lanewise.jmh.threads.Threads;
import dev.lanewise.jmh.work.ShapeOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The lanewise-jmh command. */
@Command(
    name = "lanewise-jmh",
    customSynopsis = {
      "lanewise-jmh COMMAND [--help]",
      "       lanewise-jmh BENCHMARK... [OPTIONS OF JMH]   (-l and -h list them)"
    })
public final class Tools {
  Tools() {}

  /** Runs the benchmarks of a preset. */
  @Command(
      customSynopsis = "lanewise-jmh ${COMMAND-NAME} [BENCHMARK...] [JMH's options]",
      description =
          "Names narrow the choice; JMH's options (lanewise-jmh -h lists them) go before those of"
              + " the command.",
      mixinStandardHelpOptions = true)
  static final class PresetCommand implements Callable<Integer> {
    private final Preset preset;
    @Unmatched private List<String> words = new ArrayList<>();

    PresetCommand(Preset preset) {
      this.preset = preset;
    }

    @Override
    public Integer call() throws IOException {
      return new Suite(preset, words).run();
    }
  }

  /**
   * Runs a command and ends the virtual machine with its exit code.
   *
   * @param args what was typed after {@code lanewise-jmh}
   */
  public static void main(String[] args) {
    CheckedOutput standard = new CheckedOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(new PrintStream(standard, true, System.out.charset()));
    int status = run(commandLine(), args);
    System.out.flush();
    System.exit(standard.status(status, System.err));
  }

  /** Runs what was typed: a command, or benchmarks by their names. */
  static int run(CommandLine line, String... args) {
    if (args.length == 0 || args[0].equals("--help") || args[0].equals("help")) {
      line.usage(line.getOut());
      return 0;
    }
    return line.getSubcommands().containsKey(args[0])
        ? line.execute(args)
        : benchmarks(line, List.of(args));
  }

  private static int benchmarks(CommandLine line, List<String> words) {
    String first = words.get(0);
    try {
      if (first.matches("[a-z][a-z-]*") && Choice.isUnknown(first)) {
        List<String> known = new ArrayList<>(line.getSubcommands().keySet());
        known.addAll(Choice.words());
        throw new UnusableException(
            "'"
                + first
                + "' is no command and no benchmark"
                + Nearest.hint(first, known)
                + " (lanewise-jmh --help lists the commands, -l the benchmarks)");
      }
      return new Suite(null, words).run();
    } catch (IOException e) {
      return told(line, e);
    }
  }

  private static int told(CommandLine line, IOException e) {
    line.getErr().println("lanewise-jmh: " + String.valueOf(e.getMessage()).replace('\n', ' '));
    line.getErr().flush();
    return e instanceof UnusableException ? 2 : 1;
  }

  /** Returns a parser of the commands; what cannot be used is told in one line. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Tools());
    for (Preset preset : Preset.values()) {
      CommandLine command = new CommandLine(new PresetCommand(preset));
      command.getCommandSpec().usageMessage().header(preset.header());
      line.addSubcommand(preset.name().toLowerCase(Locale.ROOT), command);
    }
    List.of(
            new WarmUp(),
            new Robustness(),
            new Threads(),
            new SweepCommand(),
            new TuneCommand(),
            new FiguresCommand())
        .forEach(line::addSubcommand);
    ShapeOptions.register(line);
    line.registerConverter(TimeValue.class, TimeValue::fromString);
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler(new OneLine());
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof IOException io) {
            return told(command, io);
          }
          throw exception;
        });
    return line;
  }
}
