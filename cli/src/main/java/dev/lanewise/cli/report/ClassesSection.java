package dev.lanewise.cli.report;

import dev.lanewise.cli.text.Terminal;
import dev.lanewise.metric.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which classes are told right, and which are taken for which others. */
final class ClassesSection {
  private static final int MOST_IN_MATRIX = 30;
  private static final int MOST_PAIRS = 20;
  private static final int BINS = 10;

  private ClassesSection() {}

  static void add(Html page, Contents contents) {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(contents.rows(), contents.classes().size(), contents.y(), contents.t());
    page.raw("<section>\n").element("h2", "Where it is right, and where not");
    if (matrix.classes() <= MOST_IN_MATRIX) {
      matrix(page, contents.classes(), matrix);
    } else {
      pairs(page, contents.classes(), matrix);
    }
    page.element("h3", "Each class");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("class", "precision", "recall", "F1", "rows"));
    for (int c = 0; c < matrix.classes(); c++) {
      rows.add(
          List.of(
              contents.classes().get(c),
              share(matrix.precision(c)),
              share(matrix.recall(c)),
              share(matrix.f1(c)),
              Terminal.format("%,d", matrix.support(c))));
    }
    page.table(rows, true);
    page.element("h3", "How sure it is");
    page.element("p", "Rows by the probability that the network gives to the class it names:");
    page.table(sureness(contents), true).raw("</section>\n");
  }

  private static List<List<String>> sureness(Contents contents) {
    int classes = contents.classes().size();
    int[] all = new int[BINS];
    int[] right = new int[BINS];
    double[] sum = new double[BINS];
    for (int r = 0; r < contents.rows(); r++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = contents.y()[r * classes + c] > contents.y()[r * classes + best] ? c : best;
      }
      float probability = contents.y()[r * classes + best];
      int bin = Math.max(0, Math.min(BINS - 1, (int) (probability * BINS)));
      all[bin]++;
      sum[bin] += probability;
      right[bin] += contents.t()[r * classes + best] == 1 ? 1 : 0;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("probability", "rows", "mean", "told right"));
    for (int b = 0; b < BINS; b++) {
      if (all[b] > 0) {
        rows.add(
            List.of(
                Terminal.format("%d to %d %%", 100 * b / BINS, 100 * (b + 1) / BINS),
                Terminal.format("%,d", all[b]),
                Terminal.format("%.1f %%", 100 * sum[b] / all[b]),
                Terminal.format("%.1f %%", 100.0 * right[b] / all[b])));
      }
    }
    return rows;
  }

  private static String share(double value) {
    return Terminal.format("%.3f", value);
  }

  private static void matrix(Html page, List<String> classes, ConfusionMatrix matrix) {
    page.element("p", "Rows are what is true, columns what the network says:");
    page.raw("<div class=\"scroll\"><table class=\"confusion\">\n");
    page.raw("<thead><tr><td></td>");
    for (String name : classes) {
      page.raw("<th scope=\"col\">" + Html.escaped(name) + "</th>");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for (int c = 0; c < matrix.classes(); c++) {
      page.raw("<tr><th scope=\"row\">" + Html.escaped(classes.get(c)) + "</th>");
      for (int p = 0; p < matrix.classes(); p++) {
        double part = matrix.support(c) == 0 ? 0 : (double) matrix.count(c, p) / matrix.support(c);
        page.raw(
            Terminal.format(
                "<td class=\"%s\" style=\"--part:%.3f\" title=\"%.1f %% of the row\">%,d</td>",
                c == p ? "right" : "wrong", part, 100 * part, matrix.count(c, p)));
      }
      page.raw("</tr>\n");
    }
    page.raw("</tbody></table></div>\n");
  }

  private record Pair(int actual, int predicted, int count) {}

  private static void pairs(Html page, List<String> classes, ConfusionMatrix matrix) {
    List<Pair> pairs = new ArrayList<>();
    for (int c = 0; c < matrix.classes(); c++) {
      for (int p = 0; p < matrix.classes(); p++) {
        if (c != p && matrix.count(c, p) > 0) {
          pairs.add(new Pair(c, p, matrix.count(c, p)));
        }
      }
    }
    pairs.sort(Comparator.comparingInt(Pair::count).reversed());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("true", "taken for", "rows"));
    for (Pair pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
      rows.add(
          List.of(
              classes.get(pair.actual()),
              classes.get(pair.predicted()),
              Terminal.format("%,d", pair.count())));
    }
    page.element(
        "p",
        "Of " + matrix.classes() + " classes, those that are most often taken for another one:");
    page.table(rows, true);
  }
}
