package dev.lanewise.jmh.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Collection;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.series.MarkerSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all charts look like: their size, fonts and colours. */
final class Style {
  static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int LETTERS_OF_LINE = 85;
  private static final int LETTERS_OF_MARK = 8;
  private static final int LEGEND_LINE = 22;

  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(91, 101, 115);
  private static final Color GRID = new Color(223, 227, 232);
  private static final Color[] LINES = {
    new Color(11, 98, 168),
    new Color(194, 87, 12),
    new Color(21, 128, 85),
    new Color(142, 68, 173),
    new Color(176, 42, 70),
    new Color(120, 100, 20),
    new Color(30, 130, 150),
    new Color(80, 80, 200),
  };
  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
  };

  /** How many series can be told apart. */
  static final int MOST_SERIES = LINES.length;

  private Style() {}

  static void apply(AxesChart<?, ?> chart, AxesChartStyler styler) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    styler
        .setAxisTicksMarksVisible(false)
        .setPlotMargin(0)
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setPlotGridVerticalLinesVisible(false)
        .setAxisTickLabelsFont(font)
        .setAxisTickLabelsColor(INK)
        .setAxisTickMarksColor(GRID)
        .setErrorBarsColorSeriesColor(true)
        .setAxisTitleFont(font)
        .setYAxisTickMarkSpacingHint(50);
    styler
        .setChartTitleFont(font.deriveFont(Font.BOLD))
        .setChartTitleBoxVisible(false)
        .setPlotBorderVisible(false)
        .setChartBackgroundColor(PAPER)
        .setPlotBackgroundColor(PAPER)
        .setChartFontColor(INK)
        .setLegendFont(font)
        .setLegendBorderColor(PAPER)
        .setLegendBackgroundColor(PAPER)
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(
            chart.getHeight() > HEIGHT
                ? Styler.LegendLayout.Vertical
                : Styler.LegendLayout.Horizontal);
  }

  /**
   * Returns the height with a legend in one line, or in one line for each name if they are long.
   */
  static int height(Collection<String> names) {
    int drawn = Math.min(names.size(), MOST_SERIES) + 1;
    int letters = names.stream().limit(MOST_SERIES).mapToInt(String::length).sum();
    return letters + LETTERS_OF_MARK * drawn > LETTERS_OF_LINE
        ? HEIGHT + LEGEND_LINE * drawn
        : HEIGHT;
  }

  /** Gives the next colour and marker to a series; {@code index} counts those before it. */
  static void series(MarkerSeries added, int index) {
    Color colour = LINES[index % LINES.length];
    added.setLineColor(colour);
    added.setLineWidth(2);
    added.setMarkerColor(colour);
    added.setMarker(MARKERS[index % MARKERS.length]);
  }

  /** Makes a series a line to compare with. */
  static void guide(MarkerSeries added) {
    added.setMarker(SeriesMarkers.NONE);
    added.setLineColor(INK);
    added.setLineStyle(SeriesLines.DASH_DASH);
  }

  /** Returns SVG in which a page's own colours stand for those of the charts. */
  static String themed(String svg) {
    String themed =
        svg.replace(css(PAPER), "none")
            .replace(css(INK), "var(--muted)")
            .replace(css(GRID), "var(--line)");
    for (int i = 0; i < LINES.length; i++) {
      themed = themed.replace(css(LINES[i]), "var(--series" + i + ")");
    }
    return themed;
  }

  private static String css(Color colour) {
    return "rgb(" + colour.getRed() + "," + colour.getGreen() + "," + colour.getBlue() + ")";
  }
}
