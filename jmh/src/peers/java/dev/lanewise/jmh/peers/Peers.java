package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.run.OutputFile;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The lanewise-peers command. */
@Command(
    name = "lanewise-peers",
    description =
        "Times Lanewise and other libraries in turn at the same work, and prints a table.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class Peers implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      defaultValue = "mkl,openblas,onednn,pytorch,pytorch-by-hand,netlib,lanewise",
      description =
          "Of ${COMPLETION-CANDIDATES}. The last is for zeros only: there Lanewise itself, without"
              + " zeros.")
  private List<Peer> peers;

  @Option(
      names = "--ops",
      split = ",",
      paramLabel = "OP",
      defaultValue = "train,forward,gemm,odd,zeros",
      description =
          "Of ${COMPLETION-CANDIDATES}. Odd are networks of other shapes; zeros are half of each"
              + " layer's inputs.")
  private List<Kind> kinds;

  @Option(
      names = "--widths",
      split = ",",
      paramLabel = "W",
      defaultValue = "16,64,128,256,512,1024",
      description = "W of the W-W-W-W networks.")
  private List<Integer> widths;

  @Option(
      names = "--batches",
      split = ",",
      paramLabel = "B",
      defaultValue = "1,32,256",
      description = "How many samples a step has.")
  private List<Integer> batches;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "T",
      defaultValue = "1,2",
      description = "How many threads each has.")
  private List<Integer> threads;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many virtual machines for a peer and number of threads.")
  private int forks;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many turns each has in a fork.")
  private int pairs;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "0.15",
      description = "How long a turn is.")
  private double seconds;

  @Option(names = "--csv", paramLabel = "FILE", description = "Where to write the table as well.")
  private Path csv;

  Peers() {}

  /**
   * Runs the command and ends the virtual machine with its exit code.
   *
   * @param args what was typed after {@code lanewise-peers}
   */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Peers());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof IOException) {
            command.getErr().println("lanewise-peers: " + exception.getMessage());
            return exception instanceof UnusableException ? 2 : 1;
          }
          throw exception;
        });
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    positive("--widths", widths);
    positive("--batches", batches);
    positive("--threads", threads);
    positive("--forks", List.of(forks));
    positive("--pairs", List.of(pairs));
    List<Point> points =
        kinds.stream().flatMap(kind -> kind.points(widths, batches).stream()).toList();
    OutputFile file = csv == null ? null : new OutputFile(csv, List.of());
    Results results = new Results(points);
    Report report = new Report(results);
    for (int round = 1; round <= forks; round++) {
      for (int crew : threads) {
        for (Peer peer : peers) {
          fork(peer, crew, points, round, results);
          if (file != null) {
            file.write(report.csv()); // each time, because all of it takes long
          }
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    report.print(out);
    return results.rows().stream().anyMatch(row -> row.failure() != null) ? 1 : 0;
  }

  private void fork(Peer peer, int crew, List<Point> points, int round, Results results)
      throws Exception {
    List<Point> taken = points.stream().filter(point -> peer.takes(point, crew)).toList();
    if (taken.isEmpty()) {
      return;
    }
    spec.commandLine()
        .getErr()
        .printf(
            "fork %d of %d: %s, threads %d, points %d%n", round, forks, peer, crew, taken.size());
    new Fork(peer, crew, taken).run(seconds, pairs, results);
  }

  private void positive(String option, List<Integer> values) {
    for (int value : values) {
      if (value < 1) {
        throw new ParameterException(
            spec.commandLine(), option + " must be at least 1, but was " + value);
      }
    }
  }
}
