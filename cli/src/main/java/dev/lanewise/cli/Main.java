package dev.lanewise.cli;

import dev.lanewise.DivergenceException;
import dev.lanewise.cli.article.ArticleCommand;
import dev.lanewise.cli.doctor.DoctorCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The lanewise command. */
@Command(
    name = "lanewise",
    description = "Trains dense neural networks in pure Java.",
    versionProvider = Main.Version.class,
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
    System.exit(execute(commandLine(), args));
  }

  static int execute(CommandLine line, String... args) {
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      line.getErr()
          .println(
              "lanewise: the memory of Java is too small for this ("
                  + e.getMessage()
                  + "); give it more, for example LANEWISE_JAVA_OPTS=-Xmx8g");
      return FAILED;
    }
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setParameterExceptionHandler((e, args) -> refused(e.getCommandLine(), problem(e)));
    line.setExecutionExceptionHandler((e, command, result) -> failed(e, command));
    return line;
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
      return e.getMessage();
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

  private static int failed(Exception thrown, CommandLine command) throws Exception {
    Exception e = thrown instanceof UncheckedIOException wrapper ? wrapper.getCause() : thrown;
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return refused(command, file.getFile() + ": " + reason(file));
    }
    if (e instanceof IOException
        || e instanceof IllegalArgumentException
        || e instanceof DivergenceException) {
      return refused(command, e.getMessage());
    }
    throw e;
  }

  private static String reason(FileSystemException e) {
    return e instanceof NoSuchFileException
        ? "no such file"
        : e instanceof AccessDeniedException
            ? "permission denied"
            : "the file system refuses it (" + e.getClass().getSimpleName() + ")";
  }

  private static int refused(CommandLine command, String message) {
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    err.println(name + ": " + message.lines().findFirst().orElse(""));
    return UNUSABLE;
  }

  /** The version that the build wrote into the module. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      ModuleDescriptor module = Main.class.getModule().getDescriptor();
      String version = module == null ? null : module.rawVersion().orElse(null);
      return new String[] {"lanewise " + (version == null ? "(development)" : version)};
    }
  }
}
