package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.JmhJson;
import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.result.PeerRatio;
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
    List<Measurement> measurements = new ArrayList<>();
    for (Path file : results) {
      measurements.addAll(JmhJson.read(file));
    }
    List<Figure> figures = new ArrayList<>();
    figures.addAll(LayerFigures.of(measurements));
    figures.addAll(BackendFigures.of(measurements));
    figures.add(RooflineFigure.of(measurements));
    figures.addAll(PeerFigures.of(peers == null ? List.of() : PeerRatio.read(peers)));
    figures.add(ThreadsFigure.of(measurements));
    figures.add(WarmUpFigure.of(measurements));
    PrintWriter out = spec.commandLine().getOut();
    Files.createDirectories(directory);
    String page = Page.html(measurements, figures);
    for (Figure figure : figures) {
      switch (figure) {
        case Figure.Drawn drawn -> {
          Files.writeString(
              directory.resolve(drawn.id() + ".svg"), drawn.chart().svg(drawn.title()));
          Files.write(directory.resolve(drawn.id() + ".png"), drawn.chart().png(drawn.title()));
          out.printf("%s: %s.svg, .png%n", drawn.title(), directory.resolve(drawn.id()));
        }
        case Figure.Missing missing ->
            out.printf("%s: left out; this would give it: %s%n", missing.title(), missing.hint());
      }
    }
    Path index = directory.resolve("index.html");
    Files.writeString(index, page);
    out.println("All in one page: " + index);
    out.flush();
    return 0;
  }
}
