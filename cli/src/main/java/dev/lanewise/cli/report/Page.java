package dev.lanewise.cli.report;

import dev.lanewise.loop.History;
import dev.lanewise.metric.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A page about a training run: one file, that needs nothing else. */
public final class Page {
  private static final int MOST_POINTS = 500;

  private Page() {}

  /**
   * Returns the page.
   *
   * @param contents what it tells
   * @return HTML
   * @throws IOException if this Java cannot draw charts
   */
  public static String html(Contents contents) throws IOException {
    Html page = new Html();
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.element("title", contents.title());
    page.raw("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n");
    Headline.add(page, contents);
    learning(page, contents.history(), contents.watched());
    if (contents.classification()) {
      ClassesSection.add(page, contents);
    } else {
      NumbersSection.add(page, contents);
    }
    page.raw("<section>\n").element("h2", "The network");
    page.table(contents.layers(), true).raw("</section>\n");
    page.raw("<section>\n").element("h2", "How it was trained").pairs(contents.settings());
    page.raw("</section>\n<section>\n").element("h2", "Where").pairs(contents.environment());
    page.raw("</section>\n<section>\n").element("h2", "Again");
    page.element("p", "The same command gives the same bits, on any machine:");
    page.element("pre", contents.command());
    return page.raw("</section>\n</main>\n</body>\n</html>\n").toString();
  }

  /**
   * Refuses a Java that cannot draw charts, for which it needs fonts: before there is anything to
   * draw.
   *
   * @throws IOException if it cannot
   */
  public static void checkFonts() throws IOException {
    double[] ends = {0, 1};
    new Chart("x", "y").line("line", ends, ends).svg("check", "line");
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void learning(Html page, History history, String watched) throws IOException {
    if (history.epochs().size() < 2) {
      return;
    }
    List<History.Epoch> epochs = thinned(history.epochs());
    double[] numbers = values(epochs, History.Epoch::number);
    page.raw("<section>\n").element("h2", "How it learned");
    Chart loss = new Chart("epoch", "loss");
    loss.line("training", numbers, values(epochs, History.Epoch::loss));
    boolean both = !Double.isNaN(history.last().validationLoss());
    if (both) {
      loss.line(watched, numbers, values(epochs, History.Epoch::validationLoss));
    }
    page.raw("<figure>\n" + loss.svg("loss", "Curve of the loss by epoch"));
    if (both) {
      page.raw("<p class=\"legend\">");
      page.element("span class=\"first\"", "training").element("span class=\"second\"", watched);
      page.raw("</p>\n");
    }
    page.element("figcaption", lossCaption(history, both ? watched : null)).raw("</figure>\n");
    for (Metric metric : history.last().metrics().keySet()) {
      String name = Headline.name(metric.label());
      Chart chart = new Chart("epoch", name);
      chart.line(name, numbers, values(epochs, epoch -> epoch.metrics().get(metric)));
      page.raw("<figure>\n" + chart.svg("metric-" + metric.label(), "Curve of " + name));
      String caption = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      page.element("figcaption", caption + " of the " + watched + " rows after each epoch");
      page.raw("</figure>\n");
    }
    Chart rate = new Chart("epoch", "learning rate");
    rate.line("learning rate", numbers, values(epochs, History.Epoch::learningRate));
    page.raw("<details>\n<summary>Learning rate</summary>\n<figure>\n");
    page.raw(rate.svg("rate", "Curve of the learning rate by epoch"));
    page.element("figcaption", "Learning rate of each epoch's last step");
    page.raw("</figure>\n</details>\n</section>\n");
  }

  private static String lossCaption(History history, String watched) {
    String caption = "Mean loss of each epoch";
    if (watched != null) {
      caption += "; that of the " + watched + " rows after it";
    }
    return history.best() == history.epochs().size()
        ? caption
        : caption + ". Epoch " + history.best() + " was the best, and its parameters were kept";
  }

  /** Returns so many epochs that a curve of them has no visible corners. */
  private static List<History.Epoch> thinned(List<History.Epoch> epochs) {
    int n = epochs.size();
    if (n <= MOST_POINTS) {
      return epochs;
    }
    List<History.Epoch> thinned = new ArrayList<>();
    for (int i = 0; i < MOST_POINTS; i++) {
      thinned.add(epochs.get((int) ((long) i * (n - 1) / (MOST_POINTS - 1))));
    }
    return thinned;
  }

  private static double[] values(
      List<History.Epoch> epochs, ToDoubleFunction<History.Epoch> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }
}
