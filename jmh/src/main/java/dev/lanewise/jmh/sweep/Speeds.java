package dev.lanewise.jmh.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.util.ListStatistics;

/**
 * How fast the forks of one set of flags were.
 *
 * @param forks in any unit of which more is better; at least one
 */
record Speeds(List<Double> forks) {
  /** Of two sets with so many forks each, chance sets one apart once in ten times. */
  static final int FEWEST = 3;

  /** What can be said of one beside another. */
  enum Verdict {
    FASTER,
    SLOWER,
    NO_DIFFERENCE,
    NO_CONCLUSION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  Speeds {
    forks = List.copyOf(forks);
  }

  private ListStatistics statistics() {
    return new ListStatistics(forks.stream().mapToDouble(Double::doubleValue).toArray());
  }

  double median() {
    return statistics().getPercentile(50);
  }

  double lowest() {
    return statistics().getMin();
  }

  double highest() {
    return statistics().getMax();
  }

  /** Compares: a difference is one only where every fork is on the same side of all others. */
  Verdict beside(Speeds other) {
    if (forks.size() < FEWEST || other.forks.size() < FEWEST) {
      return Verdict.NO_CONCLUSION;
    }
    if (lowest() > other.highest()) {
      return Verdict.FASTER;
    }
    return highest() < other.lowest() ? Verdict.SLOWER : Verdict.NO_DIFFERENCE;
  }

  /** Returns the geometric means of several benchmarks' forks: the first of each, and so on. */
  static Speeds mean(List<Speeds> benchmarks) {
    List<Double> means = new ArrayList<>();
    for (int fork = 0; fork < benchmarks.get(0).forks.size(); fork++) {
      double logarithms = 0;
      for (Speeds speeds : benchmarks) {
        logarithms += Math.log(speeds.forks.get(fork));
      }
      means.add(Math.exp(logarithms / benchmarks.size()));
    }
    return new Speeds(means);
  }

  /** Returns n, if chance alone sets two apart that do not differ once in n cases. */
  static long oddsOfChance(int forksOfEach) {
    double orders = 1;
    for (int i = 1; i <= forksOfEach; i++) {
      orders = orders * (forksOfEach + i) / i;
    }
    return Math.round(orders / 2);
  }
}
