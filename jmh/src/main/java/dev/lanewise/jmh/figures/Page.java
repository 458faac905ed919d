package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.result.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A page with all figures and numbers: one file, that needs nothing else. */
final class Page {
  private Page() {}

  static String html(List<Measurement> measurements, List<Figure> figures, List<String> flaws)
      throws IOException {
    Html page = new Html();
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.element("title", "Lanewise benchmarks");
    page.raw("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n");
    page.raw("<header>\n").element("h1", "Lanewise benchmarks");
    page.pairs(environment(measurements)).raw("</header>\n");
    for (String flaw : flaws) {
      page.element("p", "not drawn, because a trial failed: " + flaw);
    }
    for (Figure figure : figures) {
      if (figure instanceof Figure.Drawn drawn) {
        add(page, drawn);
      }
    }
    left(page, figures);
    page.raw("<section>\n").element("h2", "All numbers");
    page.table(numbers(measurements), true);
    return page.raw("</section>\n</main>\n</body>\n</html>\n").toString();
  }

  private static void add(Html page, Figure.Drawn drawn) throws IOException {
    page.raw("<section>\n").element("h2", drawn.title());
    page.raw("<figure>\n" + drawn.chart().inline(drawn.id(), drawn.title()));
    page.element("figcaption", drawn.caption()).raw("</figure>\n");
    page.raw("<details>\n<summary>Numbers</summary>\n").table(drawn.table(), true);
    page.raw("</details>\n</section>\n");
  }

  private static void left(Html page, List<Figure> figures) {
    List<Figure.Missing> missing =
        figures.stream()
            .filter(Figure.Missing.class::isInstance)
            .map(Figure.Missing.class::cast)
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    page.raw("<section>\n").element("h2", "Left out");
    page.element("p", "The results lack what these would show. The commands would give it:");
    for (Figure.Missing figure : missing) {
      page.element("h3", figure.title()).element("pre", figure.hint());
    }
    page.raw("</section>\n");
  }

  private static Map<String, String> environment(List<Measurement> measurements) {
    Map<String, TreeSet<String>> values = new LinkedHashMap<>();
    for (Measurement m : measurements) {
      values.computeIfAbsent("results", key -> new TreeSet<>()).add(m.file());
      m.environment()
          .forEach(
              (name, value) -> values.computeIfAbsent(name, key -> new TreeSet<>()).add(value));
    }
    Map<String, String> shown = new LinkedHashMap<>();
    values.forEach((name, all) -> shown.put(name, String.join("; ", all)));
    return shown;
  }

  private static List<List<String>> numbers(List<Measurement> measurements) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("benchmark", "parameters", "threads", "score", "unit", "GFLOP/s"));
    for (Measurement m : measurements) {
      Metric primary = m.primary();
      double gflops = m.perSecond("gflop");
      rows.add(
          List.of(
              m.question() + "." + m.method(),
              m.parameters(),
              Integer.toString(m.threads()),
              Grid.number(primary.score())
                  + (Double.isFinite(primary.error()) ? " ± " + Grid.number(primary.error()) : ""),
              primary.unit(),
              Double.isFinite(gflops) ? Grid.number(gflops) : ""));
    }
    return rows;
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
