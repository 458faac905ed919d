package dev.lanewise.jmh.figures;

import java.util.Collection;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines and points on logarithmic axes, whose ends are powers of ten. */
final class DecadeChart {
  private static final String PLAIN = "#,##0.######";

  private final XYChart chart;
  private int drawn;

  /** An empty one; {@code names} are those of the series that the legend will have. */
  DecadeChart(
      Collection<String> names,
      String xTitle,
      double left,
      double right,
      String yTitle,
      double low,
      double high) {
    chart =
        new XYChartBuilder()
            .width(Style.WIDTH)
            .height(Style.height(names))
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
    Style.apply(chart, chart.getStyler());
  }

  static double decadeBelow(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  static double decadeAbove(double value) {
    return Math.pow(10, Math.ceil(Math.log10(value)));
  }

  void line(String name, double[] x, double[] y) {
    XYSeries added = chart.addSeries(name, x, y);
    Style.series(added, drawn++);
    added.setMarker(SeriesMarkers.NONE);
  }

  void points(String name, double[] x, double[] y) {
    XYSeries added = chart.addSeries(name, x, y);
    added.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    Style.series(added, drawn++);
  }

  /** Adds a line to compare with. */
  void guide(String name, double[] x, double[] y) {
    Style.guide(chart.addSeries(name, x, y));
  }

  Chart chart() {
    return new Chart(chart);
  }
}
