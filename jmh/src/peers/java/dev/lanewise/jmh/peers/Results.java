package dev.lanewise.jmh.peers;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that the forks have reported so far. */
final class Results {
  private final List<Point> points;
  private final Map<String, Row> rows = new HashMap<>();
  private final Map<Peer, String> versions = new TreeMap<>();
  private String backend = "unknown";
  private double peak;
  private double forkPeak;
  private int fork;

  /** Results for these points, in this order. */
  Results(List<Point> points) {
    this.points = points;
  }

  void beginFork() {
    fork++;
  }

  int fork() {
    return fork;
  }

  void about(Peer peer, String version, String newBackend, double measuredPeak) {
    versions.put(peer, version);
    backend = newBackend;
    forkPeak = measuredPeak;
    peak = Math.max(peak, measuredPeak);
  }

  Row row(Peer peer, Point point, int threads) {
    return rows.computeIfAbsent(
        peer + " " + point + " " + threads, key -> new Row(peer, point, threads));
  }

  /** Returns the rows, so that those to compare stand together. */
  List<Row> rows() {
    return rows.values().stream()
        .sorted(
            Comparator.comparingInt((Row row) -> points.indexOf(row.point))
                .thenComparingInt(row -> row.threads)
                .thenComparing(row -> row.peer))
        .toList();
  }

  Map<Peer, String> versions() {
    return versions;
  }

  String backend() {
    return backend;
  }

  /** Returns the GFLOP/s that the last fork has measured for one core. */
  double forkPeak() {
    return forkPeak;
  }

  List<Point> points() {
    return points;
  }

  /** Returns the most GFLOP/s that a fork has measured for one core. */
  double peak() {
    return peak;
  }
}
