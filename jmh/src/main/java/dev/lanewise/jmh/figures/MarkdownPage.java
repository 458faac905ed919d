package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The page that shows all charts, and tells their numbers and where they come from. */
final class MarkdownPage {
  private final StringBuilder text = new StringBuilder("# Lanewise benchmarks\n\n");

  private MarkdownPage() {}

  static String of(List<Measurement> measurements, List<Figure> figures, List<String> flaws) {
    MarkdownPage page = new MarkdownPage();
    page.where(measurements);
    flaws.forEach(flaw -> page.paragraph("Not drawn, because a trial failed: " + flaw));
    for (Figure figure : figures) {
      page.paragraph("## " + figure.title());
      page.paragraph("![" + figure.title() + "](" + figure.id() + ".svg)");
      page.paragraph(caption(figure));
      page.table(figure.grid().table());
    }
    return page.text.toString();
  }

  private static String caption(Figure figure) {
    Grid grid = figure.grid();
    String caption = "Bars reach as far as the forks that are farthest off.";
    if (Double.isFinite(figure.level())) {
      caption += " Dashed: " + figure.levelName() + ", " + Grid.number(figure.level()) + ".";
    }
    if (grid.names().size() > LineChart.MOST_SERIES) {
      caption +=
          " Drawn are the first " + LineChart.MOST_SERIES + " of " + grid.names().size() + ".";
    }
    List<String> missing = new ArrayList<>();
    for (String name : grid.names()) {
      for (String at : grid.places()) {
        if (grid.at(name, at) == null) {
          missing.add(name + " at " + at);
        }
      }
    }
    return missing.isEmpty()
        ? caption
        : caption + " Not measured: " + String.join("; ", missing) + ".";
  }

  private void paragraph(String words) {
    text.append("\n" + words + "\n\n");
  }

  private void where(List<Measurement> measurements) {
    Map<String, TreeSet<String>> values = new LinkedHashMap<>();
    for (Measurement m : measurements) {
      values.computeIfAbsent("results", key -> new TreeSet<>()).add(m.file());
      m.environment()
          .forEach((name, said) -> values.computeIfAbsent(name, key -> new TreeSet<>()).add(said));
    }
    values.forEach((name, all) -> text.append("- " + name + ": " + String.join("; ", all) + "\n"));
  }

  private void table(List<List<String>> rows) {
    for (List<String> row : rows) {
      List<String> cells = row.stream().map(cell -> cell.replace("|", "\\|")).toList();
      text.append("| " + String.join(" | ", cells) + " |\n");
      text.append(row.equals(rows.get(0)) ? "|" + "---|".repeat(cells.size()) + "\n" : "");
    }
  }
}
