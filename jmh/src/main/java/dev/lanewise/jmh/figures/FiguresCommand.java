package dev.lanewise.jmh.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanewise.jmh.result.JmhJson;
import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.result.PeerRatio;
import dev.lanewise.jmh.run.OutputFile;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws results. */
@Command(
    name = "figures",
    header = "draws results: charts as SVG, and a page of them in Markdown",
    description =
        "Draws what JMH has written with -rf json: GFLOP/s by size, vectors beside plain loops, and"
            + " several threads beside one; and Lanewise beside its peers.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class FiguresCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RESULT.json",
      arity = "0..*",
      description = "Results of JMH. They stay as they are.")
  private List<Path> results = new ArrayList<>();

  @Option(
      names = "--peers",
      paramLabel = "FILE",
      description = "What lanewise-peers --csv has written, to be drawn as well.")
  private Path peers;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "figures",
      description = "Where to write.")
  private Path directory;

  @Override
  public Integer call() throws IOException {
    if (results.isEmpty() && peers == null) {
      throw new ParameterException(
          spec.commandLine(), "nothing to draw: name a RESULT.json, or --peers FILE");
    }
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new UnusableException(directory + " is a file: -o names a directory");
    }
    List<String> flaws = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<Measurement> measurements = new ArrayList<>();
    for (Path file : results) {
      measurements.addAll(JmhJson.read(file, flaws));
    }
    List<Figure> figures = new ArrayList<>(Figures.of(measurements));
    if (peers != null) {
      figures.addAll(Figures.beside(PeerRatio.read(peers, failures)));
    }
    Files.createDirectories(directory);
    PrintWriter out = spec.commandLine().getOut();
    for (Figure figure : figures) {
      out.println(figure.title() + ": " + write(figure.id() + ".svg", LineChart.svg(figure)));
    }
    byte[] page = MarkdownPage.of(measurements, figures, flaws).getBytes(UTF_8);
    out.println("All in one page: " + write("figures.md", page));
    PrintWriter err = spec.commandLine().getErr();
    failures.forEach(failure -> err.println("lanewise-jmh: left out: " + failure));
    flaws.forEach(flaw -> err.println("lanewise-jmh: left out, a trial failed: " + flaw));
    return flaws.isEmpty() ? 0 : 1;
  }

  private OutputFile write(String name, byte[] content) throws IOException {
    List<Path> inputs = Stream.concat(results.stream(), Stream.ofNullable(peers)).toList();
    OutputFile file = new OutputFile(directory.resolve(name), inputs);
    file.write(content);
    return file;
  }
}
