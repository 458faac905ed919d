package dev.lanewise.jmh.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    FASTER("faster"),
    SLOWER("slower"),
    NO_DIFFERENCE("no difference"),
    NO_CONCLUSION("no conclusion");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  Speeds {
    forks = List.copyOf(forks);
  }

  double median() {
    return new ListStatistics(values()).getPercentile(50);
  }

  double lowest() {
    return Arrays.stream(values()).min().getAsDouble();
  }

  double highest() {
    return Arrays.stream(values()).max().getAsDouble();
  }

  /**
   * Tells whether there are enough forks to say anything: below, chance alone does so too often.
   */
  boolean isEnough() {
    return forks.size() >= FEWEST;
  }

  private double[] values() {
    return forks.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Compares: a difference is one only where every fork is on the same side of all others. */
  Verdict beside(Speeds other) {
    if (!isEnough() || !other.isEnough()) {
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

  /**
   * Returns how often chance alone sets two apart that do not differ.
   *
   * @param forks of each
   * @return n for once in n cases
   */
  static long oddsOfChance(int forks) {
    double orders = 1;
    for (int i = 1; i <= forks; i++) {
      orders = orders * (forks + i) / i;
    }
    return Math.round(orders / 2);
  }
}
