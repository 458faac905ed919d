package dev.lanewise.cli.data;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.OneHot;
import dev.lanewise.data.RowSelection;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.Spirals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What to learn from. To be closed, for the rows may be in a temporary file.
 *
 * @param kind where it comes from
 * @param source the file, or what it is called
 * @param description it in words
 * @param schema what the columns mean
 * @param train the samples
 * @param test others to test with; null to split them off
 * @param testFraction which part of the samples to split off then
 */
public record Samples(
    Kind kind,
    String source,
    String description,
    Schema schema,
    Loaded train,
    Loaded test,
    double testFraction)
    implements AutoCloseable {
  /** Where samples come from, which decides what is usual for them. */
  public enum Kind {
    /** Nowhere: they are made. */
    SPIRALS,
    /** Images. */
    IMAGES,
    /** Rows of columns. */
    TABLE
  }

  /**
   * Two parts of samples.
   *
   * @param train those to train on
   * @param test the others
   */
  public record Split(RowSource train, RowSource test) {
    private static Split of(RowSelection.Split split) {
      return new Split(split.train(), split.test());
    }
  }

  private static final int SPIRAL_ROWS = 2_000;
  private static final long SPIRAL_SEED = 0;
  private static final double VALIDATION_FRACTION = 0.2;

  // Weights and the order of samples have other seeds, so that nothing is drawn from the same
  // numbers.
  private static final long TEST_SEED = 0x7465737420726f77L;
  private static final long VALIDATION_SEED = 0x76616c6964726f77L;

  /**
   * Reads files.
   *
   * @param file what to train on
   * @param testFile what to test with; null to split it off
   * @param testFraction which part of the samples to split off then
   * @param options what to make of a table
   * @throws IOException if a file cannot be read or is not what is expected
   */
  public static Samples read(
      DataFile file, DataFile testFile, double testFraction, TableOptions options)
      throws IOException {
    Schema schema = file.scan(options);
    Loaded train = Loaded.of(file, schema, options.missing());
    Loaded test;
    try {
      test = testFile == null ? null : Loaded.of(testFile, schema, options.missing());
    } catch (IOException | RuntimeException | Error e) {
      train.close();
      throw e;
    }
    String description =
        String.format(
            Locale.ROOT,
            "%s: %,d rows%s, %s",
            file,
            train.rows().rows(),
            train.tally().remark(),
            schema.description());
    Kind kind = schema.kind() == Schema.Kind.IMAGES ? Kind.IMAGES : Kind.TABLE;
    return new Samples(kind, file.toString(), description, schema, train, test, testFraction);
  }

  /** Draws two spirals. */
  public static Samples spirals(double testFraction) {
    OneHot classes = new OneHot(List.of("0", "1"), OneHot.Unknown.REFUSED);
    Schema schema =
        Schema.table(
            List.of(
                Column.number("x", 0),
                Column.number("y", 0),
                Column.categories("spiral", classes, 0)),
            2);
    Dataset rows = Spirals.draw(SPIRAL_ROWS, SPIRAL_SEED);
    return new Samples(
        Kind.SPIRALS,
        "two spirals",
        "two spirals (name a table to train on your own data)",
        schema,
        new Loaded(rows, Tally.of(rows.rows()), () -> {}),
        null,
        testFraction);
  }

  /** Returns what it is called: a file's name without its directory. */
  public String name() {
    return Path.of(source).getFileName().toString();
  }

  /** Returns whether the targets are classes. */
  public boolean classification() {
    return schema.classification();
  }

  /** Returns the samples to train on and those to test with: of a table, the seed chooses them. */
  public Split split(long seed) {
    if (test != null) {
      return new Split(train.rows(), test.rows());
    }
    try {
      return kind == Kind.TABLE
          ? drawn(train.rows(), testFraction, seed ^ TEST_SEED)
          : Split.of(RowSelection.last(train.rows(), testFraction));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  /** Keeps a part of the samples to train on for validation. */
  public Split validationSplit(RowSource rows, long seed) {
    return drawn(rows, VALIDATION_FRACTION, seed ^ VALIDATION_SEED);
  }

  private Split drawn(RowSource rows, double fraction, long seed) {
    return Split.of(
        classification()
            ? RowSelection.stratified(rows, fraction, seed)
            : RowSelection.shuffled(rows, fraction, seed));
  }

  @Override
  public void close() throws IOException {
    train.close();
    if (test != null) {
      test.close();
    }
  }
}
