package dev.lanewise.cli.report;

import dev.lanewise.cli.text.Terminal;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of curves or points, as SVG whose colours are those of the page around it. */
final class Chart {
  // About as wide as a phone, where its text is as large as the page's own; screens enlarge it.
  private static final int WIDTH = 420;
  private static final int HEIGHT = 220;

  /** So many values are each labelled. */
  private static final int MOST_LABELS = 10;

  // Colours by which the page's own ones are found again in the SVG.
  private static final Color NOTHING = new Color(1, 2, 3);
  private static final Color INK = new Color(4, 5, 6);
  private static final Color GRID = new Color(7, 8, 9);
  private static final Color FIRST = new Color(10, 11, 12);
  private static final Color SECOND = new Color(13, 14, 15);

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+");
  private static final Pattern ID = Pattern.compile("clip\\d+");

  private final XYChart chart;
  private int series;

  Chart(String xTitle, String yTitle) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    chart
        .getStyler()
        .setAxisTicksMarksVisible(false)
        .setPlotMargin(0)
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setPlotGridVerticalLinesVisible(false)
        .setAxisTickLabelsFont(font)
        .setAxisTickLabelsColor(INK)
        .setAxisTickMarksColor(GRID)
        .setAxisTitleFont(font)
        .setXAxisTickMarkSpacingHint(70)
        .setYAxisTickMarkSpacingHint(40);
    chart
        .getStyler()
        .setChartTitleVisible(false)
        .setPlotBorderVisible(false)
        .setChartBackgroundColor(NOTHING)
        .setPlotBackgroundColor(NOTHING)
        .setChartFontColor(INK)
        .setLegendVisible(false);
  }

  private Color next() {
    return series++ == 0 ? FIRST : SECOND;
  }

  Chart line(String name, double[] x, double[] y) {
    XYSeries added = chart.addSeries(name, x.length > MOST_LABELS ? uneven(x) : x, y);
    added.setLineColor(next());
    added.setLineWidth(2);
    added.setMarker(SeriesMarkers.NONE);
    return this;
  }

  /**
   * Moves the first value by less than can be seen. XChart labels evenly spaced values at some of
   * them, such as 1, 6 and 11, close to each other; others at round numbers.
   */
  private static double[] uneven(double[] values) {
    double[] moved = values.clone();
    moved[0] += (values[1] - values[0]) / 500;
    return moved;
  }

  Chart points(String name, double[] x, double[] y, int size) {
    XYSeries added = chart.addSeries(name, x, y);
    Color colour = next();
    added.setLineStyle(SeriesLines.NONE);
    added.setLineColor(colour);
    added.setMarker(SeriesMarkers.CIRCLE);
    added.setMarkerColor(colour);
    chart.getStyler().setMarkerSize(size);
    return this;
  }

  /**
   * Returns the chart.
   *
   * @param id a word that no other chart of the page has
   * @param label what a screen reader says
   */
  String svg(String id, String label) throws IOException {
    String svg = drawn();
    String body = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %s %s" aria-label="%s">%s
    """
        .formatted(
            WIDTH,
            HEIGHT,
            Html.escaped(label),
            themed(ID.matcher(rounded(body)).replaceAll(match -> id + "-" + match.group())));
  }

  private String drawn() throws IOException {
    try {
      return new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
    } catch (RuntimeException | Error e) {
      if (e instanceof OutOfMemoryError memory) {
        throw memory;
      }
      // Java needs the system's fonts, and says it in many ways if there are none.
      throw new IOException(
          "this Java cannot draw text for the charts ("
              + e
              + "); install fontconfig and a font, or leave the report out",
          e);
    }
  }

  /** A tenth of a pixel is enough. */
  private static String rounded(String svg) {
    Matcher matcher = DECIMAL.matcher(svg);
    return matcher.replaceAll(
        match ->
            Terminal.format("%.1f", Double.parseDouble(match.group()))
                .replaceAll("\\.0$", "")
                .replaceAll("^-0$", "0"));
  }

  private static String themed(String svg) {
    return svg.replace(css(NOTHING), "none")
        .replace(css(INK), "var(--muted)")
        .replace(css(GRID), "var(--line)")
        .replace(css(FIRST), "var(--first)")
        .replace(css(SECOND), "var(--second)");
  }

  private static String css(Color colour) {
    return "rgb(" + colour.getRed() + "," + colour.getGreen() + "," + colour.getBlue() + ")";
  }
}
