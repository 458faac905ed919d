package dev.lanewise.cli;

import dev.lanewise.data.Dataset;

/**
 * What to learn from.
 *
 * @param kind where it comes from
 * @param description it in words
 * @param classification whether the targets are classes
 * @param rows the samples
 * @param test others to test with; null to split them off
 * @param testFraction which part of the samples to split off then
 */
record Samples(
    Kind kind,
    String description,
    boolean classification,
    Dataset rows,
    Dataset test,
    double testFraction) {
  /** Where samples come from, which decides what is usual for them. */
  enum Kind {
    SPIRALS,
    IMAGES,
    TABLE
  }

  private static final double VALIDATION_FRACTION = 0.2;

  // Weights and the order of samples have other seeds, so that nothing is drawn from the same
  // numbers.
  private static final long TEST_SEED = 0x7465737420726f77L;
  private static final long VALIDATION_SEED = 0x76616c6964726f77L;

  /** Returns the samples to train on and those to test with: of a table, the seed chooses them. */
  Dataset.Split split(long seed) {
    if (test != null) {
      return new Dataset.Split(rows, test);
    }
    return kind == Kind.TABLE
        ? drawn(rows, testFraction, seed ^ TEST_SEED)
        : rows.split(testFraction);
  }

  /** Keeps a part of the samples to train on for validation. */
  Dataset.Split validationSplit(Dataset train, long seed) {
    return drawn(train, VALIDATION_FRACTION, seed ^ VALIDATION_SEED);
  }

  private Dataset.Split drawn(Dataset data, double fraction, long seed) {
    return classification
        ? data.stratifiedSplit(fraction, seed)
        : data.shuffledSplit(fraction, seed);
  }
}
