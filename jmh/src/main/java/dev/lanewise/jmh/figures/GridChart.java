package dev.lanewise.jmh.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;

/** Each series of a grid as a line over named places, from zero up. */
final class GridChart {
  private static final int MANY_PLACES = 10;
  private static final double MARGIN = 1.05;

  private final Grid grid;
  private final CategoryChart chart;
  private double top;

  GridChart(Grid grid, String yTitle) {
    this.grid = grid;
    chart =
        new CategoryChartBuilder()
            .width(Style.WIDTH)
            .height(Style.height(grid.names()))
            .xAxisTitle(grid.place())
            .yAxisTitle(yTitle)
            .build();
    chart.getStyler().setYAxisMin(0.0).setMarkerSize(7);
    chart.getStyler().setOverlapped(true).setPlotContentSize(1);
    if (grid.places().size() > MANY_PLACES) {
      chart.getStyler().setXAxisLabelRotation(90);
    }
    Style.apply(chart, chart.getStyler());
    int drawn = 0;
    for (String name : grid.names().stream().limit(Style.MOST_SERIES).toList()) {
      Style.series(add(name), drawn++);
    }
  }

  private CategorySeries add(String name) {
    List<Double> values = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (String at : grid.places()) {
      Grid.Value value = grid.at(name, at);
      values.add(value == null ? null : value.value());
      errors.add(value == null || !Double.isFinite(value.error()) ? 0.0 : value.error());
      raise(value == null ? 0 : value.value() + errors.getLast());
    }
    CategorySeries added = chart.addSeries(name, grid.places(), values, errors);
    added.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
    return added;
  }

  private void raise(double value) {
    top = Math.max(top, value);
    chart.getStyler().setYAxisMax(MARGIN * top);
  }

  /**
   * Returns what the caption says of values that are missing, and of series of which there are more
   * than can be told apart.
   */
  static String omission(Grid grid) {
    return (grid.names().size() > Style.MOST_SERIES
            ? " Drawn are the first " + Style.MOST_SERIES + " of " + grid.names().size() + "."
            : "")
        + grid.missing();
  }

  /** Adds the same value everywhere, to compare with. */
  GridChart level(String name, double value) {
    return guide(name, Collections.nCopies(grid.places().size(), value));
  }

  /** Adds a line to compare with; it has a value for each place. */
  GridChart guide(String name, List<Double> values) {
    CategorySeries added = chart.addSeries(name, grid.places(), values);
    added.setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
    raise(Collections.max(values));
    Style.guide(added);
    return this;
  }

  Chart chart() {
    return new Chart(chart);
  }
}
