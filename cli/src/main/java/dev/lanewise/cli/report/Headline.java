package dev.lanewise.cli.report;

import dev.lanewise.cli.text.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first thing to see: how good it is, beside what would be reached without learning. */
final class Headline {
  private Headline() {}

  static void add(Html page, Contents contents) {
    Map.Entry<String, Double> main = contents.metrics().entrySet().iterator().next();
    page.raw("<header>\n").element("p class=\"kicker\"", "Lanewise · " + contents.date());
    page.element("h1", contents.title());
    page.raw("<p class=\"score\">");
    page.raw("<strong>" + Html.escaped(shown(contents, main.getValue())) + "</strong> ");
    page.raw(Html.escaped(name(main.getKey())) + "</p>\n");
    page.element("p class=\"verdict\"", verdict(contents, main.getValue()));
    page.element("p", contents.data());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("test metric", "value"));
    contents.metrics().forEach((name, value) -> rows.add(List.of(name(name), Html.number(value))));
    page.table(rows, true).raw("</header>\n");
  }

  private static String shown(Contents contents, double score) {
    if (Double.isNaN(score)) {
      return "not defined:";
    }
    return contents.classification()
        ? Terminal.format("%.1f %%", 100 * score)
        : Terminal.format("%.3f", score);
  }

  private static String verdict(Contents contents, double score) {
    if (Double.isNaN(score)) {
      return Terminal.format(
          "'%s' does not differ in the %,d test %s, so there is no variance to account for; keep"
              + " more rows for testing.",
          contents.target(), contents.rows(), contents.rows() == 1 ? "row" : "rows");
    }
    if (!contents.classification()) {
      return Terminal.format(
          "The network accounts for %.0f\u00a0%% of the variance of '%s' in %,d rows that it had"
              + " not seen; always predicting their mean would account for none.",
          100 * Math.max(0, score), contents.target(), contents.rows());
    }
    int[] rowsOf = new int[contents.classes().size()];
    for (int i = 0; i < contents.t().length; i++) {
      rowsOf[i % rowsOf.length] += contents.t()[i] == 1 ? 1 : 0;
    }
    int most = 0;
    for (int c = 1; c < rowsOf.length; c++) {
      most = rowsOf[c] > rowsOf[most] ? c : most;
    }
    return Terminal.format(
        "%,d of %,d rows that it had not seen are told right; always saying '%s' would get"
            + " %.1f\u00a0%%.",
        Math.round(score * contents.rows()),
        contents.rows(),
        contents.classes().get(most),
        100.0 * rowsOf[most] / contents.rows());
  }

  /** Returns a metric's name for readers. */
  static String name(String label) {
    return switch (label) {
      case "r2", "rSquared" -> "R²";
      case "rmse" -> "RMSE";
      case "mae" -> "mean absolute error";
      case "logLoss" -> "log loss";
      case "macroF1" -> "macro F1";
      default -> label;
    };
  }
}
