package dev.lanewise.jmh.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What can be asked for on the command line: groups of points. */
enum Kind {
  TRAIN,
  FORWARD,
  GEMM,
  ODD,
  ZEROS;

  private static final int LAYERS = 3;

  /** Returns its points; networks are {@code W-W-W-W} but for the odd ones. */
  List<Point> points(List<Integer> widths, List<Integer> batches) {
    List<Point> points = new ArrayList<>();
    switch (this) {
      case TRAIN -> squares(points, Point.Op.TRAIN, widths, batches);
      case FORWARD -> squares(points, Point.Op.FORWARD, widths, batches);
      case ZEROS -> squares(points, Point.Op.ZEROS, widths, List.of(1));
      case GEMM -> {
        for (int n : new int[] {64, 256, 512, 1024}) {
          for (Point.Op op : List.of(Point.Op.GEMM, Point.Op.GEMM_NT, Point.Op.GEMM_TN)) {
            points.add(new Point(op, List.of(n), n));
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

  private static void squares(
      List<Point> points, Point.Op op, List<Integer> widths, List<Integer> batches) {
    for (int width : widths) {
      for (int batch : batches) {
        points.add(new Point(op, Collections.nCopies(LAYERS + 1, width), batch));
      }
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
