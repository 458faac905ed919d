package dev.lanewise.cli.report;

import dev.lanewise.cli.text.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How far predicted numbers are from true ones. */
final class NumbersSection {
  private static final int MOST_POINTS = 1_000;
  private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

  private NumbersSection() {}

  static void add(Html page, Contents contents) throws IOException {
    for (int j = 0; j < contents.targets().size(); j++) {
      add(page, contents, j);
    }
  }

  private static void add(Html page, Contents contents, int j) throws IOException {
    int n = contents.rows();
    int outputs = contents.targets().size();
    String target = contents.targets().get(j);
    int shown = Math.min(n, MOST_POINTS);
    double[] actual = new double[shown];
    double[] predicted = new double[shown];
    for (int i = 0; i < shown; i++) {
      int row = (int) ((long) i * n / shown);
      actual[i] = contents.t()[row * outputs + j];
      predicted[i] = contents.y()[row * outputs + j];
    }
    double[] ends = {
      Arrays.stream(actual).min().getAsDouble(), Arrays.stream(actual).max().getAsDouble()
    };
    page.raw("<section>\n")
        .element("h2", "Predicted against true" + (outputs > 1 ? " " + target : ""));
    Chart chart = new Chart("true " + target, "predicted");
    chart.points("rows", actual, predicted, 3).line("equal", ends, ends);
    page.raw(
        "<figure>\n"
            + chart.svg(
                j == 0 ? "scatter" : "scatter-" + (j + 1), "Predicted against true numbers"));
    page.element(
        "figcaption",
        (shown < n ? Terminal.format("%,d of ", shown) : "")
            + Terminal.format("%,d test rows; on the line both are equal", n));
    page.raw("</figure>\n").element("h3", "Errors");
    page.element("p", "Predicted less true, of all test rows in the order of their errors:");
    page.table(errors(contents, j), true).raw("</section>\n");
  }

  private static List<List<String>> errors(Contents contents, int j) {
    int outputs = contents.targets().size();
    double[] errors = new double[contents.rows()];
    for (int r = 0; r < errors.length; r++) {
      errors[r] = (double) contents.y()[r * outputs + j] - contents.t()[r * outputs + j];
    }
    Arrays.sort(errors);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("place", "error"));
    rows.add(List.of("lowest", Html.number(errors[0])));
    for (double quantile : QUANTILES) {
      String name = quantile == 0.5 ? "median" : Math.round(100 * quantile) + " %";
      rows.add(List.of(name, Html.number(errors[(int) (quantile * (errors.length - 1))])));
    }
    rows.add(List.of("highest", Html.number(errors[errors.length - 1])));
    return rows;
  }
}
