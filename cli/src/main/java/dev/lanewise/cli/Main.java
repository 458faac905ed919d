package dev.lanewise.cli;

import dev.lanewise.DivergenceException;
import dev.lanewise.cli.article.ArticleCommand;
import dev.lanewise.cli.doctor.DoctorCommand;
import dev.lanewise.cli.option.Checks;
import dev.lanewise.cli.text.Failures;
import dev.lanewise.cli.text.StandardOutput;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.cli.text.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The lanewise command. */
@Command(
    name = "lanewise",
    description = "Trains dense neural networks in pure Java.",
    versionProvider = Version.class,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      DoctorCommand.class,
      ArticleCommand.class,
      CompletionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:an error of the program or the machine",
      "2:an option or a file that cannot be used",
      "130:training was interrupted, and can go on"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise train flowers.csv --target species --save flowers.lanewise",
      "  lanewise predict flowers.lanewise new.csv --out predicted.csv",
      "  source <(lanewise completion)    completes commands and options in bash and zsh"
    })
public final class Main implements Runnable {
  private static final int FAILED = 1;
  private static final int UNUSABLE = 2;
  private static final int MOST_SUGGESTIONS = 3;
  private static final char NO_LETTER = '\ufffd';

  /** What systems say where a file is right, but they cannot go on. */
  private static final List<String> OF_THE_MACHINE =
      List.of(
          "No space left on device",
          "not enough space on the disk",
          "Disk quota exceeded",
          "File too large",
          "Input/output error",
          "Cannot allocate memory",
          "Too many open files");

  @Spec private CommandSpec spec;

  // Only picocli looks at these two.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean version;

  Main() {}

  /**
   * Runs the command and ends the virtual machine with its exit code.
   *
   * @param args what was typed after {@code lanewise}
   */
  public static void main(String[] args) {
    CommandLine line = commandLine();
    line.setOut(StandardOutput.open());
    System.exit(execute(line, args));
  }

  /** Runs a command; what goes wrong is told in one line, whatever it is. */
  static int execute(CommandLine line, String... args) {
    try {
      int code = line.execute(args);
      line.getOut().flush();
      return code;
    } catch (Throwable e) {
      return failed(e, running(line));
    }
  }

  /** Returns the command that was asked for, as far as its words were understood. */
  private static CommandLine running(CommandLine line) {
    ParseResult parsed = line.getParseResult();
    while (parsed != null && parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed == null ? line : parsed.commandSpec().commandLine();
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionStrategy(Main::runLast);
    line.registerConverter(Path.class, Main::path);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, args) -> told(e.getCommandLine(), problem(e), UNUSABLE));
    line.setExecutionExceptionHandler((e, command, result) -> failed(e, command));
    return line;
  }

  private static int runLast(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (UncheckedIOException e) {
      // Of help and version, which picocli prints by itself.
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
    }
  }

  /**
   * Java puts a mark in the place of bytes that are no letters, and would look for another file.
   */
  private static Path path(String name) {
    try {
      Path path = Path.of(name);
      if (name.indexOf(NO_LETTER) < 0 || Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw new TypeConversionException(
        "Java cannot name the file '%s' here: rename it, or if its name is in UTF-8 set"
                .formatted(name)
            + " LC_ALL=C.UTF-8");
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: "
            + String.join(", ", spec.subcommands().keySet())
            + "; lanewise --help tells more");
  }

  private static String problem(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return e.getValue() != null && e.getArgSpec() instanceof OptionSpec o && o.type().isEnum()
          ? Checks.notOneOf(o.longestName(), o.type(), e.getValue())
          : e.getMessage();
    }
    String word = "'" + unmatched.getUnmatched().get(0) + "'";
    boolean command = !e.getCommandLine().getSubcommands().isEmpty();
    if (!unmatched.isUnknownOption() && !command) {
      return word + " is one argument too many";
    }
    String near =
        unmatched.getSuggestions().stream()
            .limit(MOST_SUGGESTIONS)
            .collect(Collectors.joining(" or "));
    return (unmatched.isUnknownOption() ? "there is no option " : "there is no command ")
        + word
        + (near.isEmpty() ? "; " : "; did you mean " + near + "? ")
        + e.getCommandLine().getCommandSpec().qualifiedName()
        + " --help lists all";
  }

  private static int failed(Throwable thrown, CommandLine command) {
    Throwable e = thrown instanceof UncheckedIOException wrapper ? wrapper.getCause() : thrown;
    return switch (e) {
      case StandardOutput.Failure failure when failure.readerLeft() -> FAILED;
      case StandardOutput.Failure failure -> told(command, failure.getMessage(), FAILED);
      case IOException failure -> {
        String message = Failures.message(failure);
        boolean machine = OF_THE_MACHINE.stream().anyMatch(message::contains);
        yield told(command, message, machine ? FAILED : UNUSABLE);
      }
      case IllegalArgumentException _, DivergenceException _ ->
          told(command, e.getMessage(), UNUSABLE);
      case OutOfMemoryError _ ->
          told(
              command,
              "the memory of Java is too small for this (%s); give it more, for example"
                      .formatted(e.getMessage())
                  + " LANEWISE_JAVA_OPTS=-Xmx8g",
              FAILED);
      default -> {
        StackTraceElement[] trace = e.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        yield told(command, "this is a fault of Lanewise, please report it: " + e + place, FAILED);
      }
    };
  }

  private static int told(CommandLine command, String message, int code) {
    CommandSpec spec = command.getCommandSpec();
    Terminal.err(spec).println(Terminal.line(spec.qualifiedName() + ": " + message));
    return code;
  }
}
