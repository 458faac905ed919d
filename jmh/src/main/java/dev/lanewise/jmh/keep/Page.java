package dev.lanewise.jmh.keep;

import dev.lanewise.jmh.result.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of a question, in Markdown. */
final class Page {
  static final String PAGE = "page.md";

  private Page() {}

  /** Returns the page while nothing is measured. */
  static String open(Question question) {
    return head(question) + "Nothing is measured yet.\n";
  }

  /** Returns the page with an answer. */
  static String answered(
      Question question,
      List<List<String>> table,
      String verdict,
      Map<String, String> environment,
      List<String> files) {
    StringBuilder page = new StringBuilder(head(question));
    page.append("## Verdict: ").append(verdict).append("\n\n");
    rows(page, table);
    page.append("\n## Where\n\n");
    environment.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    page.append("\nKept beside this page:");
    files.forEach(file -> page.append(" [").append(file).append("](").append(file).append(')'));
    return page.append('\n').toString();
  }

  private static String head(Question question) {
    return "# "
        + question.question()
        + "\n\nRule, fixed at "
        + question.asked()
        + " before measuring, at commit "
        + question.commit()
        + ": "
        + question.rule()
        + "\n\n";
  }

  private static void rows(StringBuilder page, List<List<String>> table) {
    for (int r = 0; r < table.size(); r++) {
      List<String> cells = table.get(r).stream().map(cell -> cell.replace("|", "\\|")).toList();
      page.append("| ").append(String.join(" | ", cells)).append(" |\n");
      if (r == 0) {
        page.append("|").append("---|".repeat(cells.size())).append('\n');
      }
    }
  }

  /** Returns all results as they are, where nothing is compared. */
  static List<List<String>> plain(List<Measurement> measurements) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("benchmark", "parameters", "score", "99.9 % interval", "unit", "forks"));
    for (Measurement m : measurements) {
      rows.add(
          List.of(
              m.question() + "." + m.method(),
              m.parameters(),
              Comparison.number(m.primary().score()),
              Double.isFinite(m.primary().error())
                  ? "± " + Comparison.number(m.primary().error())
                  : "",
              m.primary().unit(),
              Integer.toString(m.primary().forks().size())));
    }
    return rows;
  }
}
