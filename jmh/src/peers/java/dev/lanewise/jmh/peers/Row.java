package dev.lanewise.jmh.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What is known of one peer at one point with one number of threads. */
final class Row {
  final Peer peer;
  final Point point;
  final int threads;
  private final Map<Integer, List<Turns.Pair>> pairsByFork = new TreeMap<>();
  private String failure;

  Row(Peer peer, Point point, int threads) {
    this.peer = peer;
    this.point = point;
    this.threads = threads;
  }

  void add(int fork, Turns.Pair pair) {
    pairsByFork.computeIfAbsent(fork, key -> new ArrayList<>()).add(pair);
  }

  /** One failure is enough: other forks' times do not count any more. The first reason stays. */
  void fail(String reason) {
    if (failure == null) {
      failure = reason;
      System.err.println(peer + " " + point + ": " + reason);
    }
  }

  /** Returns why the peer is not in the race, or null. */
  String failure() {
    return failure;
  }

  int forks() {
    return pairsByFork.size();
  }

  double ours() {
    return samplesPerSecond(Turns.Pair::ours);
  }

  double theirs() {
    return samplesPerSecond(Turns.Pair::theirs);
  }

  private double samplesPerSecond(ToDoubleFunction<Turns.Pair> seconds) {
    int samples = point.op().isProduct() ? 1 : point.batch();
    return samples / median(all(), seconds);
  }

  /** Returns the floating-point operations behind each sample. */
  double flopPerSample() {
    return point.op().isProduct() ? point.flop() : point.flop() / point.batch();
  }

  /** Returns how many times as fast as theirs ours was. */
  double ratio() {
    return median(all(), Turns.Pair::ratio);
  }

  double lowestFork() {
    return forkRatios().stream().mapToDouble(x -> x).min().orElseThrow();
  }

  double highestFork() {
    return forkRatios().stream().mapToDouble(x -> x).max().orElseThrow();
  }

  private List<Double> forkRatios() {
    return pairsByFork.values().stream().map(fork -> median(fork, Turns.Pair::ratio)).toList();
  }

  private List<Turns.Pair> all() {
    return pairsByFork.values().stream().flatMap(Collection::stream).toList();
  }

  private static double median(List<Turns.Pair> pairs, ToDoubleFunction<Turns.Pair> value) {
    double[] sorted = pairs.stream().mapToDouble(value).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
