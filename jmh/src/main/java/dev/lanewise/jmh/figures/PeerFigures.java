package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.PeerRatio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many times as fast as each other library is Lanewise? */
final class PeerFigures {
  private PeerFigures() {}

  static List<Figure> of(List<PeerRatio> ratios) {
    Map<String, Grid> grids = new LinkedHashMap<>();
    for (PeerRatio ratio : ratios) {
      boolean product = ratio.op().startsWith("gemm");
      boolean square = !ratio.shape().contains("-");
      String work =
          product
              ? ratio.op()
              : ratio.op() + (square ? ", batches of " + ratio.batch() : ", other shapes");
      work = work.replaceFirst("^train\\b", "training step");
      String threads = ratio.threads() == 1 ? "one thread" : ratio.threads() + " threads";
      String place = square ? ratio.shape() : ratio.widths() + ", batch " + ratio.batch();
      double off = Math.max(ratio.highest() - ratio.ratio(), ratio.ratio() - ratio.lowest());
      grids
          .computeIfAbsent(
              work + ", " + threads,
              key -> new Grid(product ? "n" : square ? "width" : "widths of the layers"))
          .put(ratio.peer(), place, ratio.ratio(), off);
    }
    List<Figure> figures = new ArrayList<>();
    grids.forEach(
        (title, grid) ->
            figures.add(
                new Figure.Drawn(
                    "peers-" + title.replaceAll("\\W+", "-"),
                    "Beside peers: " + title,
                    new GridChart(grid, "times as fast as the peer").level("equal", 1).chart(),
                    "Above the line Lanewise is faster. Bars reach as far as the fork that is"
                        + " farthest from the median."
                        + GridChart.omission(grid),
                    grid.table())));
    return figures.isEmpty()
        ? List.of(
            new Figure.Missing(
                "Beside peers",
                "lanewise-peers --csv peers.csv, and then lanewise-jmh figures --peers peers.csv"))
        : figures;
  }
}
