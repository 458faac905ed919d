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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws results. */
@Command(
    name = "figures",
    header = "draws results: a page, SVG and PNG",
    description =
        "Draws what JMH has written with -rf json: a page that needs nothing else, and each chart"
            + " as SVG and PNG.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class FiguresCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RESULT.json",
      arity = "0..*",
      description =
          "Results of JMH. They stay as they are; where several measured the same, the last"
              + " counts.")
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
    List<Figure> figures = new ArrayList<>();
    figures.addAll(LayerFigures.of(measurements));
    figures.addAll(BackendFigures.of(measurements));
    figures.add(RooflineFigure.of(measurements));
    figures.addAll(PeerFigures.of(peers == null ? List.of() : PeerRatio.read(peers, failures)));
    figures.add(ThreadsFigure.of(measurements));
    figures.add(WarmUpFigure.of(measurements));
    PrintWriter out = spec.commandLine().getOut();
    Files.createDirectories(directory);
    String page = Page.html(measurements, figures, flaws);
    for (Figure figure : figures) {
      switch (figure) {
        case Figure.Drawn drawn -> {
          write(drawn.id() + ".svg", drawn.chart().svg(drawn.title()).getBytes(UTF_8));
          write(drawn.id() + ".png", drawn.chart().png(drawn.title()));
          out.printf("%s: %s.svg, .png%n", drawn.title(), directory.resolve(drawn.id()));
        }
        case Figure.Missing missing ->
            out.printf("%s: left out; this would give it: %s%n", missing.title(), missing.hint());
      }
    }
    write("index.html", page.getBytes(UTF_8));
    out.println("All in one page: " + directory.resolve("index.html"));
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    failures.forEach(failure -> err.println("lanewise-jmh: left out: " + failure));
    flaws.forEach(flaw -> err.println("lanewise-jmh: left out, a trial failed: " + flaw));
    err.flush();
    return flaws.isEmpty() ? 0 : 1;
  }

  private void write(String name, byte[] content) throws IOException {
    List<Path> inputs = new ArrayList<>(results);
    if (peers != null) {
      inputs.add(peers);
    }
    new OutputFile(directory.resolve(name), inputs).write(content);
  }
}
