package dev.lanewise.cli.data;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.OneHot;
import dev.lanewise.data.RowSelection;
import dev.lanewise.data.RowSource;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * What to learn from. To be closed, for the rows may be in a temporary file.
 *
 * @param kind where it comes from
 * @param source the file, or what it is called
 * @param description it in words, without its columns
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
   * Parts of samples.
   *
   * @param schema what a network knows that is trained on one of them
   * @param train those to train on
   * @param validation those to watch meanwhile; null for none
   * @param test those to test with; null for none
   * @param notes what is to be said of them
   */
  public record Split(
      Schema schema, RowSource train, RowSource validation, RowSource test, List<String> notes) {}

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
            Locale.ROOT, "%s: %,d rows%s", file, train.store().rows(), train.tally().remark());
    Kind kind = schema.kind() == Schema.Kind.IMAGES ? Kind.IMAGES : Kind.TABLE;
    return new Samples(kind, file.toString(), description, schema, train, test, testFraction);
  }

  /** Draws two spirals. */
  public static Samples spirals(double testFraction) throws IOException {
    OneHot classes = new OneHot(List.of("0", "1"), OneHot.Unknown.REFUSED);
    Schema schema =
        Schema.table(
            List.of(
                Column.number("x", 0),
                Column.number("y", 0),
                Column.categories("spiral", classes, 0)),
            2,
            1);
    return new Samples(
        Kind.SPIRALS,
        "two spirals",
        "two spirals (name a table to train on your own data)",
        schema,
        Loaded.of(Dataset.spirals(SPIRAL_ROWS, SPIRAL_SEED), schema),
        null,
        testFraction);
  }

  /** Returns what it is called: a file's name without its directory. */
  public String name() {
    return Path.of(source).getFileName().toString();
  }

  /** Returns a checksum of all rows and of what their columns mean, as eight digits. */
  public String checksum() throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(SchemaJson.of(schema).getBytes(StandardCharsets.UTF_8));
    long tested = test == null ? 0 : test.store().checksum();
    crc.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(train.store().checksum())
            .putLong(tested)
            .flip());
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  /** Returns whether the targets are classes. */
  public boolean classification() {
    return schema.classification();
  }

  /**
   * Tells what a network is trained on, in words.
   *
   * @param known what it knows of the columns
   */
  public String description(Schema known) {
    return kind == Kind.SPIRALS ? description : description + ", " + known.description();
  }

  /**
   * Splits the samples. What a network knows of texts and of missing cells is learnt from those to
   * train on alone.
   *
   * @param seed chooses the rows of a table that are for testing and for validation
   * @param validates whether some are kept for validation
   * @throws IOException if the rows to train on say nothing
   */
  public Split split(long seed, boolean validates) throws IOException {
    RowSource all = train.toSplit();
    RowSelection.Split tested = test == null && testFraction > 0 ? testSplit(all, seed) : null;
    int[] chosen =
        tested == null ? IntStream.range(0, all.rows()).toArray() : tested.train().chosen();
    int[] watched = null;
    if (validates) {
      RowSelection.Split parts = validationSplit(new RowSelection(all, chosen), seed);
      watched = among(chosen, parts.test().chosen());
      chosen = among(chosen, parts.train().chosen());
    }
    Schema known = Fitting.of(source, schema, train.store(), chosen);
    RowSource rows = train.rows(known);
    UnknownTexts unknown = new UnknownTexts(schema, known);
    RowSource testRows = null;
    if (test != null) {
      unknown.add(test.store(), IntStream.range(0, test.store().rows()).toArray());
      if (test.store().sparse() && test.tally().unknown() > 0) {
        unknown.add(test.tally().unknown(), test.tally().firstUnknown());
      }
      testRows = test.rows(known);
    } else if (tested != null) {
      unknown.add(train.store(), tested.test().chosen());
      testRows = new RowSelection(rows, tested.test().chosen());
    }
    return new Split(
        known,
        new RowSelection(rows, chosen),
        watched == null ? null : new RowSelection(rows, watched),
        testRows,
        unknown.notes());
  }

  /**
   * Writes the rows of a table that a seed keeps for testing.
   *
   * @param file the table
   * @param missing what becomes of its missing cells
   * @param to takes comma-separated values, below the names if the table has some
   * @throws IOException if the file is no such table, or reading or writing fails
   */
  public void writeTestRows(DataFile file, TableOptions.Missing missing, long seed, Writer to)
      throws IOException {
    BitSet tested = new BitSet();
    for (int row : testSplit(train.toSplit(), seed).test().chosen()) {
      tested.set(row);
    }
    file.copy(schema, missing, tested::get, to);
  }

  private RowSelection.Split testSplit(RowSource all, long seed) {
    try {
      return kind == Kind.TABLE
          ? drawn(all, testFraction, seed ^ TEST_SEED)
          : RowSelection.last(all, testFraction);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private RowSelection.Split validationSplit(RowSource rows, long seed) {
    try {
      return drawn(rows, VALIDATION_FRACTION, seed ^ VALIDATION_SEED);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          source
              + ": --patience keeps a fifth of the rows to train on for validation, but of "
              + rows.rows()
              + " rows that leaves none on one side; leave it out, or add rows",
          e);
    }
  }

  private RowSelection.Split drawn(RowSource rows, double fraction, long seed) {
    return classification()
        ? RowSelection.stratified(rows, fraction, seed)
        : RowSelection.shuffled(rows, fraction, seed);
  }

  private static int[] among(int[] rows, int[] places) {
    return Arrays.stream(places).map(place -> rows[place]).toArray();
  }

  @Override
  public void close() throws IOException {
    train.close();
    if (test != null) {
      test.close();
    }
  }
}
