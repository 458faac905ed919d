package dev.lanewise.jmh.figures;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws each series of a figure as a line over named places, from zero up. */
final class LineChart {
  /** How many series can be told apart. */
  static final int MOST_SERIES = 8;

  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int LEGEND_LINE = 22;
  private static final int MANY_PLACES = 10;

  private LineChart() {}

  /**
   * Returns the chart as SVG.
   *
   * @throws IOException if this Java lacks what it needs to draw text
   */
  static byte[] svg(Figure figure) throws IOException {
    try {
      return ChartEncoder.getBytes(chart(figure), "svg");
    } catch (InternalError | UnsatisfiedLinkError | RuntimeException e) {
      // Java needs the system's fonts, and says it in many ways if there are none.
      throw new IOException(
          "this Java cannot draw text for the charts (" + e + "); install fontconfig and a font",
          e);
    }
  }

  static CategoryChart chart(Figure figure) {
    Grid grid = figure.grid();
    List<String> names = grid.names().stream().limit(MOST_SERIES).toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .theme(ChartTheme.Matlab)
            .width(WIDTH)
            .height(HEIGHT + LEGEND_LINE * names.size())
            .title(figure.title())
            .xAxisTitle(grid.place())
            .yAxisTitle(figure.unit())
            .build();
    for (String name : names) {
      List<Double> values = new ArrayList<>();
      List<Double> errors = new ArrayList<>();
      for (String at : grid.places()) {
        Grid.Value value = grid.at(name, at);
        values.add(value == null ? null : value.value());
        errors.add(value == null || !Double.isFinite(value.error()) ? 0.0 : value.error());
      }
      line(chart.addSeries(name, grid.places(), values, errors));
    }
    if (Double.isFinite(figure.level())) {
      List<Double> level = Collections.nCopies(grid.places().size(), figure.level());
      line(chart.addSeries(figure.levelName(), grid.places(), level))
          .setMarker(SeriesMarkers.NONE)
          .setLineStyle(SeriesLines.DASH_DASH)
          .setLineColor(Color.GRAY);
    }
    chart
        .getStyler()
        .setOverlapped(true)
        .setYAxisMin(0.0)
        .setXAxisLabelRotation(grid.places().size() > MANY_PLACES ? 90 : 0)
        .setErrorBarsColorSeriesColor(true)
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(LegendPosition.OutsideS);
    return chart;
  }

  private static CategorySeries line(CategorySeries series) {
    return series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
  }
}
