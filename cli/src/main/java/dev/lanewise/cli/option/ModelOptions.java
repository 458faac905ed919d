package dev.lanewise.cli.option;

import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.ImageFiles;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.ModelStart;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model, and which samples to give to it. */
public final class ModelOptions {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A file of lanewise train --save, or a checkpoint.")
  private Path model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "A table with the columns that the model was trained on, by name if it has a"
              + " header.")
  private Path table;

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "Images: an IDX file as MNIST's, plain or gzip.")
  private Path images;

  @Mixin private FileOptions reading;

  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      description = "scalar, vector or auto; the result stays the same. Default: auto.")
  private LoopOptions.BackendName backend = LoopOptions.BackendName.AUTO;

  public void check() {
    Checks.refuse(
        (table == null) == (images == null), "name one file behind the model, or give --images");
    Checks.refuse(images != null && reading.given() != null, reading.given() + " is for a table");
    reading.check();
  }

  /** Refuses outputs that are a file that is read. */
  public void checkOutputs(OutputFiles outputs) throws IOException {
    outputs.reads("MODEL", model).reads("FILE", table).reads("--images", images).check();
  }

  public Path path() {
    return model;
  }

  public boolean ofImages() {
    return images != null;
  }

  public FileOptions reading() {
    return reading;
  }

  /** Whether training would have taken the same rows of the file; it may have others to test. */
  public boolean readsRowsToTrainOn() throws IOException {
    return table == null || !reading.hasTestArrays(table);
  }

  /**
   * Reads the model.
   *
   * @param command which command asks, for messages
   */
  public Model load(String command) throws IOException {
    ModelStart.requireOrder(command, model, table);
    return Model.loadWithSchema(model, backend.backend());
  }

  /**
   * Returns the samples.
   *
   * @param labels of images; null where none are needed
   */
  public DataFile file(Path labels) {
    return images == null ? reading.testFile(table) : new ImageFiles(images, labels);
  }
}
