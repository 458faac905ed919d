package dev.lanewise.jmh.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.series.MarkerSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of lines over named places or over numbers, as PNG, as SVG, and for a page. */
final class Chart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int PNG_SCALE = 2;
  private static final int MANY_PLACES = 10;
  private static final String PLAIN = "#,##0.######";
  private static final int LETTERS_OF_LINE = 85;
  private static final int LETTERS_OF_MARK = 8;
  private static final int LEGEND_LINE = 22;
  private static final double MARGIN = 1.05;

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

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+");
  private static final Pattern ID = Pattern.compile("clip\\d+");

  private final AxesChart<?, ?> chart;
  private final AxesChartStyler styler;
  private int series;
  private double top;

  private Chart(AxesChart<?, ?> chart, AxesChartStyler styler) {
    this.chart = chart;
    this.styler = styler;
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

  /** Draws each series of a grid as a line, from zero up. */
  static Chart of(Grid grid, String yTitle) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(height(grid.names()))
            .xAxisTitle(grid.place())
            .yAxisTitle(yTitle)
            .build();
    chart.getStyler().setYAxisMin(0.0).setMarkerSize(7);
    chart.getStyler().setOverlapped(true).setPlotContentSize(1);
    if (grid.places().size() > MANY_PLACES) {
      chart.getStyler().setXAxisLabelRotation(90);
    }
    Chart result = new Chart(chart, chart.getStyler());
    for (String name : grid.names().stream().limit(LINES.length).toList()) {
      List<Double> values = new ArrayList<>();
      List<Double> errors = new ArrayList<>();
      for (String at : grid.places()) {
        Grid.Value value = grid.at(name, at);
        values.add(value == null ? null : value.value());
        errors.add(value == null || !Double.isFinite(value.error()) ? 0.0 : value.error());
        result.raise(value == null ? 0 : value.value() + errors.getLast());
      }
      CategorySeries added = chart.addSeries(name, grid.places(), values, errors);
      added.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
      result.style(added);
    }
    return result;
  }

  /** Returns a sentence for the caption where a grid has more series than can be told apart. */
  static String omission(Grid grid) {
    return grid.names().size() > LINES.length
        ? " Drawn are the first " + LINES.length + " of " + grid.names().size() + "."
        : "";
  }

  /** Adds the same value everywhere, to compare with. */
  Chart level(Grid grid, String name, double value) {
    return guide(grid, name, Collections.nCopies(grid.places().size(), value));
  }

  /** Adds a line to compare with. */
  Chart guide(Grid grid, String name, List<Double> values) {
    CategorySeries added = ((CategoryChart) chart).addSeries(name, grid.places(), values);
    added.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
    raise(Collections.max(values));
    return guide(added);
  }

  private void raise(double value) {
    top = Math.max(top, value);
    styler.setYAxisMax(MARGIN * top);
  }

  private Chart guide(MarkerSeries added) {
    added.setMarker(SeriesMarkers.NONE);
    added.setLineColor(INK);
    added.setLineStyle(SeriesLines.DASH_DASH);
    return this;
  }

  /**
   * Returns the height with a legend in one line, or in one line for each name if they are long.
   */
  private static int height(Collection<String> names) {
    int drawn = Math.min(names.size(), LINES.length) + 1;
    int letters = names.stream().limit(LINES.length).mapToInt(String::length).sum();
    return letters + LETTERS_OF_MARK * drawn > LETTERS_OF_LINE
        ? HEIGHT + LEGEND_LINE * drawn
        : HEIGHT;
  }

  private void style(MarkerSeries added) {
    Color colour = LINES[series % LINES.length];
    added.setLineColor(colour);
    added.setLineWidth(2);
    added.setMarkerColor(colour);
    added.setMarker(MARKERS[series++ % MARKERS.length]);
  }

  /** Returns an empty chart on logarithmic axes; their ends are powers of ten. */
  static Chart ofDecades(
      Collection<String> names,
      String xTitle,
      double left,
      double right,
      String yTitle,
      double low,
      double high) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height(names))
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setYAxisLogarithmicDecadeOnly(true)
        .setXAxisMin(left)
        .setXAxisMax(right)
        .setYAxisMin(low)
        .setYAxisMax(high)
        .setYAxisDecimalPattern(PLAIN)
        .setXAxisDecimalPattern(PLAIN)
        .setPlotContentSize(1)
        .setMarkerSize(8);
    return new Chart(chart, chart.getStyler());
  }

  static double decadeBelow(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  static double decadeAbove(double value) {
    return Math.pow(10, Math.ceil(Math.log10(value)));
  }

  Chart line(String name, double[] x, double[] y) {
    MarkerSeries added = ((XYChart) chart).addSeries(name, x, y);
    style(added);
    added.setMarker(SeriesMarkers.NONE);
    return this;
  }

  Chart points(String name, double[] x, double[] y) {
    XYSeries added = ((XYChart) chart).addSeries(name, x, y);
    added.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    style(added);
    return this;
  }

  /** Adds a line to compare with. */
  Chart guide(String name, double[] x, double[] y) {
    return guide(((XYChart) chart).addSeries(name, x, y));
  }

  /** Returns it as a picture of twice the size that a page shows it in. */
  byte[] png(String title) throws IOException {
    chart.setTitle(title);
    styler.setChartTitleVisible(true);
    BufferedImage image =
        new BufferedImage(
            WIDTH * PNG_SCALE, chart.getHeight() * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PNG_SCALE, PNG_SCALE);
    try {
      chart.paint(graphics, WIDTH, chart.getHeight());
    } catch (InternalError | UnsatisfiedLinkError | RuntimeException e) {
      throw cannotDraw(e);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** Returns it as a file of its own. */
  String svg(String title) throws IOException {
    chart.setTitle(title);
    styler.setChartTitleVisible(true);
    return drawn();
  }

  /**
   * Returns it as a part of a page, in the page's colours.
   *
   * @param id a word that no other chart of the page has
   * @param label what a screen reader says
   */
  String inline(String id, String label) throws IOException {
    styler.setChartTitleVisible(false);
    String svg = drawn();
    String body = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1);
    return "<svg role=\"img\" viewBox=\"0 0 "
        + WIDTH
        + " "
        + chart.getHeight()
        + "\" aria-label=\""
        + Html.escaped(label)
        + "\">"
        + themed(ID.matcher(rounded(body)).replaceAll(match -> id + "-" + match.group()))
        + "\n";
  }

  private String drawn() throws IOException {
    try {
      return new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
    } catch (InternalError | UnsatisfiedLinkError | RuntimeException e) {
      throw cannotDraw(e);
    }
  }

  /** Java needs the system's fonts, and says it in many ways if there are none. */
  private static IOException cannotDraw(Throwable e) {
    return new IOException(
        "this Java cannot draw text for the charts (" + e + "); install fontconfig and a font", e);
  }

  /** A tenth of a pixel is enough. */
  private static String rounded(String svg) {
    return DECIMAL
        .matcher(svg)
        .replaceAll(
            match ->
                String.format(Locale.ROOT, "%.1f", Double.parseDouble(match.group()))
                    .replaceAll("\\.0$", "")
                    .replaceAll("^-0$", "0"));
  }

  private static String themed(String svg) {
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
