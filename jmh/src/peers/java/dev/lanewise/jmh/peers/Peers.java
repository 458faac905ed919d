package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.run.OneLine;
import dev.lanewise.jmh.run.OutputFile;
import dev.lanewise.jmh.run.UnusableException;
import dev.lanewise.jmh.work.NetworkShape;
import dev.lanewise.jmh.work.ProductShape;
import dev.lanewise.jmh.work.ShapeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
              + " layer's inputs, at a batch of 1. Where --shape or --gemm is given, only train, or"
              + " only gemm, is what is done without this option.")
  private List<Kind> kinds;

  @Option(
      names = "--widths",
      split = ",",
      paramLabel = "W",
      defaultValue = "16,64,128,256,512,1024",
      description = "W of the W-W-W-W networks.")
  private List<Integer> widths;

  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "N-N",
      description =
          "Other networks: inputs, and outputs of each layer, such as 784-300-100-10. They take the"
              + " place of the W-W-W-W ones, or stand beside them where --widths is given, too.")
  private List<NetworkShape> shapes;

  @Option(
      names = {"--batch", "--batches"},
      split = ",",
      paramLabel = "B",
      defaultValue = "1,32,256",
      description = "How many samples a step has.")
  private List<Integer> batches;

  @Option(
      names = "--gemm",
      split = ",",
      paramLabel = "MxKxN",
      defaultValue = "64,256,512,1024",
      description =
          "The products of a layer: samples, inputs, outputs, such as 100x784x300, or one number if"
              + " they are the same.")
  private List<ProductShape> products;

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
    System.exit(commandLine().execute(args));
  }

  /** Returns a parser of the options; what cannot be used is told in one line. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Peers());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(new OneLine());
    ShapeOptions.register(line);
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof IOException) {
            command.getErr().println("lanewise-peers: " + exception.getMessage());
            return exception instanceof UnusableException ? 2 : 1;
          }
          throw exception;
        });
    return line;
  }

  @Override
  public Integer call() throws Exception {
    positive("--widths", widths);
    positive("--batches", batches);
    positive("--threads", threads);
    positive("--forks", List.of(forks));
    positive("--pairs", List.of(pairs));
    List<Point> points = points();
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

  /** Returns what was asked for. */
  List<Point> points() {
    boolean someProducts = typed("--gemm");
    List<NetworkShape> networks = new ArrayList<>();
    if (shapes == null || typed("--widths")) {
      widths.forEach(width -> networks.add(NetworkShape.square(width)));
    }
    if (shapes != null) {
      networks.addAll(shapes);
    }
    Set<Kind> asked = new LinkedHashSet<>(kinds);
    if (!typed("--ops") && (shapes != null || someProducts)) {
      asked.clear();
      if (shapes != null) {
        asked.add(Kind.TRAIN);
      }
      if (someProducts) {
        asked.add(Kind.GEMM);
      }
    }
    if (shapes != null && Collections.disjoint(asked, Kind.OF_NETWORKS)) {
      throw unused("--shape", Kind.OF_NETWORKS);
    }
    if (someProducts && !asked.contains(Kind.GEMM)) {
      throw unused("--gemm", Set.of(Kind.GEMM));
    }
    return asked.stream()
        .flatMap(kind -> kind.points(networks, batches, products).stream())
        .toList();
  }

  private boolean typed(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private ParameterException unused(String option, Set<Kind> takers) {
    return new ParameterException(
        spec.commandLine(),
        option + " is given, but --ops " + kinds + " does not use it: expected one of " + takers);
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
