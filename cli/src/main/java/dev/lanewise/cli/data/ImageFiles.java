package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Idx;
import dev.lanewise.data.OneHot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Images and their labels, in MNIST's IDX files.
 *
 * @param images an IDX file
 * @param labels another one; null if there is none
 */
public record ImageFiles(Path images, Path labels) implements DataFile {
  /** Images have as many classes as the largest label says. */
  @Override
  public Schema scan(TableOptions options) throws IOException {
    Idx.Images x = Idx.images(images);
    int[] classOf = labels(x.count());
    int largest = Arrays.stream(classOf).max().getAsInt();
    if (largest == 0) {
      throw new DataException(labels + ": every label is 0; expected at least 2 classes");
    }
    OneHot classes =
        new OneHot(
            IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList(),
            OneHot.Unknown.REFUSED);
    return Schema.images(x.height() * x.width(), Column.categories("label", classes, 0));
  }

  @Override
  public Tally read(Schema schema, TableOptions.Missing missing, boolean targets, Sink sink)
      throws IOException {
    if (schema.kind() != Schema.Kind.IMAGES) {
      throw new DataException(
          images
              + ": are images, but the model was trained on another kind of file; name such a"
              + " file instead");
    }
    Idx.Images read = Idx.images(images);
    int pixels = read.height() * read.width();
    if (pixels != schema.inputs()) {
      throw new DataException(
          "%s: images of %s pixels; expected %s as the network was trained on"
              .formatted(images, pixels, schema.inputs()));
    }
    int[] classOf = targets ? labels(read.count()) : null;
    if (targets) {
      checkLabels(classOf, schema.targets());
    }
    Codes codes = Codes.of(schema);
    for (int i = 0; i < read.count(); i++) {
      System.arraycopy(read.pixels(), i * pixels, codes.values, 0, pixels);
      codes.targets[0] = targets ? classOf[i] : Float.NaN;
      sink.row(i + 1, codes);
    }
    return Tally.of(read.count());
  }

  private int[] labels(int count) throws IOException {
    int[] classOf = Idx.labels(labels);
    if (classOf.length != count) {
      throw new DataException(
          labels + ": " + classOf.length + " labels for the " + count + " images of " + images);
    }
    return classOf;
  }

  private void checkLabels(int[] classOf, int classes) throws DataException {
    int largest = Arrays.stream(classOf).max().getAsInt();
    if (largest >= classes) {
      throw new DataException(
          "%s: has the label %s; expected 0 to %s as the network was trained on"
              .formatted(labels, largest, classes - 1));
    }
  }

  @Override
  public String toString() {
    return images.toString();
  }
}
