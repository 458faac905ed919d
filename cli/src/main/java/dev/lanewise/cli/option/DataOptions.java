package dev.lanewise.cli.option;

import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.ImageFiles;
import dev.lanewise.cli.data.Samples;
import dev.lanewise.cli.data.TableOptions;
import dev.lanewise.cli.text.Words;
import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which samples to train on and to test with. */
public final class DataOptions {
  private static final double TEST_FRACTION = 0.2;

  private enum Decimal {
    POINT,
    COMMA;

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "A table to train on, one sample a line: comma-separated values, .libsvm, or NumPy's .npy"
              + " or .npz with arrays x and y.")
  private Path table;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "What to predict: a column's name, its number from 1, or last. Default: last.")
  private String target;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "classification, regression or auto, which takes a target of texts or of up to 10 whole"
              + " numbers for classes. Default: auto.")
  private TableOptions.Task task;

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Columns to leave out. Texts that differ in most rows, such as names, are left out"
              + " anyhow.")
  private List<String> ignored;

  @Option(
      names = "--keep",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Columns to learn from although they number the rows, or hold texts that differ in most"
              + " of them.")
  private List<String> kept;

  @Option(
      names = "--missing-words",
      paramLabel = "WORD",
      split = ",",
      description =
          "What stands for a missing cell beside an empty one, instead of the usual words (NA,"
              + " NaN, None, NULL, \\N, ?, #N/A, ...; among numbers also -, ., missing, ...);"
              + " '' for no word. It is kept with the model.")
  private List<String> missingWords;

  @Option(
      names = "--decimal",
      paramLabel = "MARK",
      description = "What stands before decimals: point or comma. Default: seen in each column.")
  private Decimal decimal;

  @Mixin private FileOptions reading;

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
              + " rows that the seed chooses, else the last ones; 0 trains on all. Default: 0.2.")
  private Double testFraction;

  public void check() {
    Checks.pair("--images", images, "--labels", labels);
    Checks.pair("--test-images", testImages, "--test-labels", testLabels);
    Checks.refuse(table != null && images != null, "give a table or --images, not both");
    Checks.refuse(testImages != null && images == null, "--test-images needs --images to train on");
    Checks.refuse(testTable != null && table == null, "--test needs a table to train on");
    Checks.refuse(
        table != null && table.equals(testTable) && table.toString().equals("-"),
        "FILE and --test are both standard input, which can be read once; name a file");
    checkOnlyForTables("--target", target);
    checkOnlyForTables("--task", task);
    checkOnlyForTables("--ignore", ignored);
    checkOnlyForTables("--keep", kept);
    checkOnlyForTables("--missing-words", missingWords);
    checkOnlyForTables("--decimal", decimal);
    checkOnlyForTables(reading.given(), reading.given());
    Checks.refuse(
        testImages != null && testFraction != null,
        "give --test-images or --test-fraction, not both");
    Checks.refuse(
        testTable != null && testFraction != null, "give --test or --test-fraction, not both");
    Checks.fraction("--test-fraction", testFraction);
    reading.check();
  }

  private void checkOnlyForTables(String option, Object value) {
    Checks.refuse(
        value != null && table == null,
        option + " is for a table: name its file behind lanewise train");
  }

  private TableOptions tableOptions() {
    List<String> words =
        missingWords == null
            ? null
            : missingWords.stream().map(String::strip).filter(word -> !word.isEmpty()).toList();
    Character point = decimal == null ? null : decimal == Decimal.COMMA ? ',' : '.';
    return new TableOptions(
        Objects.requireNonNullElse(target, TableOptions.USUAL.target()),
        Objects.requireNonNullElse(task, TableOptions.Task.AUTO),
        Objects.requireNonNullElse(ignored, List.of()),
        reading.missing(),
        new TableOptions.Reading(words, point, Objects.requireNonNullElse(kept, List.of())));
  }

  /** Adds the files that are read. */
  OutputFiles addTo(OutputFiles files) {
    return files
        .reads("FILE", table)
        .reads("--test", testTable)
        .reads("--images", images)
        .reads("--labels", labels)
        .reads("--test-images", testImages)
        .reads("--test-labels", testLabels);
  }

  public Samples.Kind kind() {
    if (table != null) {
      return Samples.Kind.TABLE;
    }
    return images == null ? Samples.Kind.SPIRALS : Samples.Kind.IMAGES;
  }

  /** Returns whether no row is kept for testing. */
  boolean testsNothing() {
    return testFraction != null && testFraction == 0;
  }

  /** Returns what to test a table's network with; null for rows of the table itself. */
  private DataFile testTable() throws IOException {
    if (testTable != null) {
      return reading.testFile(testTable);
    }
    return testFraction == null && reading.hasTestArrays(table) ? reading.testFile(table) : null;
  }

  /** Returns whether rows of a table itself are kept for testing. */
  boolean keepsTestRows() {
    return table != null && testTable == null && !testsNothing();
  }

  /**
   * Reads them, to be closed.
   *
   * @param testOut where to write the rows of a table that are kept for testing; null for nowhere
   * @param seed chooses these
   */
  public Samples read(Path testOut, long seed) throws IOException {
    double fraction = testFraction == null ? TEST_FRACTION : testFraction;
    return switch (kind()) {
      case SPIRALS -> Samples.spirals(fraction);
      case TABLE -> {
        try (DataFile train = reading.file(table);
            DataFile test = testTable()) {
          Samples samples = Samples.read(train, test, fraction, tableOptions());
          if (testOut != null) {
            writeTestRows(samples, train, testOut, seed);
          }
          yield samples;
        }
      }
      case IMAGES ->
          Samples.read(
              new ImageFiles(images, labels),
              testImages == null ? null : new ImageFiles(testImages, testLabels),
              fraction,
              tableOptions());
    };
  }

  private void writeTestRows(Samples samples, DataFile file, Path to, long seed)
      throws IOException {
    try {
      Checks.refuse(
          samples.test() != null, "--test-out: " + table + " has arrays of its own to test with");
      AtomicFile.write(
          to,
          stream -> {
            Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            samples.writeTestRows(file, reading.missing(), seed, text);
            text.flush();
          });
    } catch (IOException | RuntimeException | Error e) {
      samples.close();
      throw e;
    }
  }
}
