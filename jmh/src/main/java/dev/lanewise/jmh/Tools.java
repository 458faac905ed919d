package dev.lanewise.jmh;

import dev.lanewise.jmh.figures.FiguresCommand;
import dev.lanewise.jmh.keep.AskCommand;
import dev.lanewise.jmh.keep.KeepCommand;
import dev.lanewise.jmh.sweep.SweepCommand;
import dev.lanewise.jmh.sweep.TuneCommand;
import java.io.IOException;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What lanewise-jmh does beside running benchmarks. */
@Command(
    name = "lanewise-jmh",
    subcommands = {
      FiguresCommand.class,
      SweepCommand.class,
      TuneCommand.class,
      AskCommand.class,
      KeepCommand.class
    })
public final class Tools {
  Tools() {}

  /**
   * Runs a command and ends the virtual machine with its exit code.
   *
   * @param args what was typed after {@code lanewise-jmh}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Returns a parser of the commands; files that cannot be used are told in one line. */
  static CommandLine commandLine() {
    return new CommandLine(new Tools())
        .registerConverter(TimeValue.class, TimeValue::fromString)
        .setExecutionExceptionHandler(
            (exception, line, parsed) -> {
              if (!(exception instanceof IOException)) {
                throw exception;
              }
              line.getErr().println("lanewise-jmh: " + exception.getMessage());
              return 1;
            });
  }
}
