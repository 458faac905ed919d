package dev.lanewise.jmh.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How fast a task was at each of its places.
 *
 * <p>A place's speed is the best of its passes. Whoever shares a core with this machine slows it
 * down for seconds, by half and more; nothing makes it faster than it is.
 */
final class Spread {
  /** Speeds below this part of the best one depend on luck. */
  static final double LEAST = 0.95;

  /**
   * A place, and the speed there.
   *
   * @param at where operands lie
   * @param hugePages whether the virtual machine has huge pages
   * @param gflops the speed
   */
  record Place(Placement at, boolean hugePages, double gflops) {
    @Override
    public String toString() {
      return at + (hugePages ? ", huge pages" : "");
    }
  }

  private final List<Placement> placements;
  private final double[] best;

  /**
   * Begins without speeds.
   *
   * @param placements the same ones in both virtual machines
   */
  Spread(List<Placement> placements) {
    this.placements = placements;
    best = new double[2 * placements.size()];
  }

  /** Adds a pass: GFLOP/s at each place, without huge pages and with them. */
  void add(double[] usual, double[] huge) {
    for (int i = 0; i < usual.length; i++) {
      best[i] = Math.max(best[i], usual[i]);
      best[usual.length + i] = Math.max(best[usual.length + i], huge[i]);
    }
  }

  private List<Place> places() {
    int n = placements.size();
    return IntStream.range(0, 2 * n)
        .mapToObj(i -> new Place(placements.get(i % n), i >= n, best[i]))
        .toList();
  }

  Place best() {
    return places().stream().max((a, b) -> Double.compare(a.gflops, b.gflops)).orElseThrow();
  }

  Place worst() {
    return places().stream().min((a, b) -> Double.compare(a.gflops, b.gflops)).orElseThrow();
  }

  /** Returns the speed at the worst place beside that at the best. */
  double ratio() {
    return worst().gflops / best().gflops;
  }

  boolean isLuck() {
    return ratio() < LEAST;
  }

  /**
   * Returns how much the distance between rows alone makes: the median of the places with the worst
   * one beside that with the best.
   */
  double ofRows() {
    return of(place -> place.at.rows());
  }

  /** Returns how much the offset alone makes. */
  double ofOffsets() {
    return of(place -> place.at.offset());
  }

  /** Returns how much huge pages alone make. */
  double ofPages() {
    return of(place -> place.hugePages);
  }

  private <K extends Comparable<K>> double of(Function<Place, K> factor) {
    Map<K, List<Double>> groups = new TreeMap<>();
    for (Place place : places()) {
      groups.computeIfAbsent(factor.apply(place), key -> new ArrayList<>()).add(place.gflops);
    }
    double[] medians =
        groups.values().stream()
            .mapToDouble(group -> median(group.stream().mapToDouble(x -> x).toArray()))
            .sorted()
            .toArray();
    return medians[0] / medians[medians.length - 1];
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
