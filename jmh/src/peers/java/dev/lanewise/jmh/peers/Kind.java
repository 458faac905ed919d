package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.work.NetworkShape;
import dev.lanewise.jmh.work.ProductShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be asked for on the command line: groups of points. */
enum Kind {
  TRAIN,
  FORWARD,
  GEMM,
  ODD,
  ZEROS;

  /** Those that networks are chosen for. */
  static final Set<Kind> OF_NETWORKS =
      Collections.unmodifiableSet(EnumSet.of(TRAIN, FORWARD, ZEROS));

  /**
   * Returns its points.
   *
   * @param networks whose steps and passes are timed, but for the odd ones
   * @param batches how many samples each has
   * @param products whose products are timed
   */
  List<Point> points(
      List<NetworkShape> networks, List<Integer> batches, List<ProductShape> products) {
    List<Point> points = new ArrayList<>();
    switch (this) {
      case TRAIN -> networks(points, Point.Op.TRAIN, networks, batches);
      case FORWARD -> networks(points, Point.Op.FORWARD, networks, batches);
      case ZEROS -> networks(points, Point.Op.ZEROS, networks, List.of(1));
      case GEMM -> {
        for (ProductShape product : products) {
          for (Point.Op op : List.of(Point.Op.GEMM, Point.Op.GEMM_NT, Point.Op.GEMM_TN)) {
            points.add(Point.of(op, product));
          }
        }
      }
      case ODD -> {
        for (Point.Op op : List.of(Point.Op.TRAIN, Point.Op.FORWARD)) {
          points.add(new Point(op, List.of(784, 300, 100, 10), 100));
          points.add(new Point(op, List.of(33, 77, 129, 5), 17));
          points.add(new Point(op, List.of(1000, 1), 1));
        }
      }
    }
    return points;
  }

  private static void networks(
      List<Point> points, Point.Op op, List<NetworkShape> networks, List<Integer> batches) {
    for (NetworkShape network : networks) {
      for (int batch : batches) {
        points.add(new Point(op, network.widths(), batch));
      }
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
