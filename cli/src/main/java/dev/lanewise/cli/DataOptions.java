package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Spirals;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which samples to train on and to test with. */
final class DataOptions {
  private static final int SPIRAL_ROWS = 2_000;
  private static final long SPIRAL_SEED = 0;
  private static final double TEST_FRACTION = 0.2;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A table to train on: comma-separated values, one sample a line.")
  private Path table;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "What to predict: a column's name, its number from 1, or last. Default: last.")
  private String target;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description =
          "classification, regression or auto, which takes a target of texts or of up to 10 whole"
              + " numbers for classes. Default: auto.")
  private String task;

  @Option(
      names = "--header",
      paramLabel = "NAME",
      description =
          "Whether the first line names the columns: yes, no or auto, which takes it for names if"
              + " no cell is a number. Default: auto.")
  private String header;

  @Option(
      names = "--separator",
      paramLabel = "C",
      description = "What stands between two cells: a character, or tab. Default: a comma.")
  private String separator;

  @Option(names = "--skip-missing", description = "Leave out rows in which a cell is missing.")
  private boolean skipMissing;

  @Option(names = "--test", paramLabel = "FILE", description = "A table to test with.")
  private Path testTable;

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "Images to train on: an IDX file as MNIST's, plain or gzip.")
  private Path images;

  @Option(names = "--labels", paramLabel = "FILE", description = "Their labels, from 0.")
  private Path labels;

  @Option(names = "--test-images", paramLabel = "FILE", description = "Images to test with.")
  private Path testImages;

  @Option(names = "--test-labels", paramLabel = "FILE", description = "Their labels.")
  private Path testLabels;

  @Option(
      names = "--test-fraction",
      paramLabel = "F",
      description =
          "Without files to test with, this part of the samples is kept for testing: of a table,"
              + " rows that the seed chooses, else the last ones. Default: 0.2.")
  private Double testFraction;

  void check() {
    checkPair("--images", images, "--labels", labels);
    checkPair("--test-images", testImages, "--test-labels", testLabels);
    refuse(table != null && images != null, "give a table or --images, not both");
    refuse(testImages != null && images == null, "--test-images needs --images to train on");
    refuse(testTable != null && table == null, "--test needs a table to train on");
    checkOnlyForTables("--target", target != null);
    checkOnlyForTables("--task", task != null);
    checkOnlyForTables("--header", header != null);
    checkOnlyForTables("--separator", separator != null);
    checkOnlyForTables("--skip-missing", skipMissing);
    refuse(
        testImages != null && testFraction != null,
        "give --test-images or --test-fraction, not both");
    refuse(testTable != null && testFraction != null, "give --test or --test-fraction, not both");
    refuse(
        testFraction != null && !(testFraction > 0 && testFraction < 1),
        "--test-fraction must be above 0 and below 1, but was " + testFraction);
    tableOptions();
  }

  private static void checkPair(String first, Path firstFile, String second, Path secondFile) {
    refuse(
        (firstFile == null) != (secondFile == null),
        first
            + " and "
            + second
            + " go together, but only "
            + (firstFile == null ? second : first)
            + " was given");
  }

  private void checkOnlyForTables(String option, boolean given) {
    refuse(given && table == null, option + " is for a table: name its file behind lanewise train");
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new IllegalArgumentException(message);
    }
  }

  private TableOptions tableOptions() {
    TableOptions options = TableOptions.USUAL;
    if (target != null) {
      options = options.withTarget(target);
    }
    if (task != null) {
      options = options.withTask(Checks.oneOf("--task", task, TableOptions.Task.class));
    }
    if (header != null) {
      options = options.withHeader(Checks.oneOf("--header", header, TableOptions.Header.class));
    }
    if (separator != null) {
      options = options.withSeparator(separator());
    }
    return skipMissing ? options.withMissing(TableOptions.Missing.LEFT_OUT) : options;
  }

  private char separator() {
    if (separator.equals("tab")) {
      return '\t';
    }
    refuse(
        separator.length() != 1 || separator.matches("[\\p{Alnum}\"\\s.+-]"),
        "--separator must be tab or one character that no number or quoted text has, but was '"
            + separator
            + "'");
    return separator.charAt(0);
  }

  Samples.Kind kind() {
    if (table != null) {
      return Samples.Kind.TABLE;
    }
    return images == null ? Samples.Kind.SPIRALS : Samples.Kind.IMAGES;
  }

  Samples read() throws IOException {
    double fraction = testFraction == null ? TEST_FRACTION : testFraction;
    if (table != null) {
      return table(fraction);
    }
    if (images == null) {
      Dataset rows = Spirals.draw(SPIRAL_ROWS, SPIRAL_SEED);
      String description = "two spirals (name a table to train on your own data)";
      return new Samples(kind(), description, true, rows, null, fraction);
    }
    ImageFiles train = new ImageFiles(images, labels);
    Dataset rows = train.read();
    Dataset test =
        testImages == null ? null : new ImageFiles(testImages, testLabels).readLike(train, rows);
    return new Samples(kind(), images.toString(), true, rows, test, fraction);
  }

  private Samples table(double fraction) throws IOException {
    TableOptions options = tableOptions();
    Table train = Table.read(table, options);
    Dataset test = testTable == null ? null : train.readLike(testTable, options).data();
    return new Samples(
        kind(),
        table + ": " + train.description(),
        train.classification(),
        train.data(),
        test,
        fraction);
  }
}
