package dev.lanewise.jmh.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What is known of one peer at one point with one number of threads. */
final class Row {
  final Peer peer;
  final Point point;
  final int threads;
  private final Map<Integer, List<Turns.Pair>> pairsByFork = new TreeMap<>();
  private final Map<Integer, Double> peaks = new TreeMap<>();
  private String failure;

  Row(Peer peer, Point point, int threads) {
    this.peer = peer;
    this.point = point;
    this.threads = threads;
  }

  /** Adds a pair of a fork in which one core reached so many GFLOP/s. */
  void add(int fork, double peak, Turns.Pair pair) {
    peaks.put(fork, peak);
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
    return samples / median(all().stream().mapToDouble(seconds));
  }

  double ourPartOfPeak() {
    return partOfPeak(Turns.Pair::ours);
  }

  double theirPartOfPeak() {
    return partOfPeak(Turns.Pair::theirs);
  }

  /** Returns the median part of what one core reached in the same virtual machine. */
  private double partOfPeak(ToDoubleFunction<Turns.Pair> seconds) {
    return median(
        pairsByFork.entrySet().stream()
            .flatMapToDouble(
                fork -> {
                  double peakFlop = 1e9 * peaks.get(fork.getKey());
                  return fork.getValue().stream()
                      .mapToDouble(pair -> point.flop() / seconds.applyAsDouble(pair) / peakFlop);
                }));
  }

  /** Returns the floating-point operations behind each sample. */
  double flopPerSample() {
    return point.op().isProduct() ? point.flop() : point.flop() / point.batch();
  }

  /** Returns how many times as fast as theirs ours was. */
  double ratio() {
    return median(all().stream().mapToDouble(Turns.Pair::ratio));
  }

  double lowestFork() {
    return forkRatios().stream().mapToDouble(x -> x).min().orElseThrow();
  }

  double highestFork() {
    return forkRatios().stream().mapToDouble(x -> x).max().orElseThrow();
  }

  private List<Double> forkRatios() {
    return pairsByFork.values().stream()
        .map(fork -> median(fork.stream().mapToDouble(Turns.Pair::ratio)))
        .toList();
  }

  private List<Turns.Pair> all() {
    return pairsByFork.values().stream().flatMap(Collection::stream).toList();
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
