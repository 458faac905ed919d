package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Idx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of images and the one of their labels. */
record ImageFiles(Path images, Path labels) {
  /** Reads images to train on. There are as many classes as the largest label says. */
  Dataset read() throws IOException {
    Idx.Images x = Idx.images(images);
    int[] classOf = labels(x.count());
    int largest = largest(classOf);
    if (largest == 0) {
      throw new DataException(labels + ": every label is 0; expected at least 2 classes");
    }
    return dataset(x, classOf, largest + 1);
  }

  /** Reads images to test with, which must be of the same size and classes as others. */
  Dataset readLike(ImageFiles others, Dataset data) throws IOException {
    Idx.Images x = Idx.images(images);
    int pixels = x.height() * x.width();
    if (pixels != data.inputs()) {
      throw new DataException(
          images
              + ": images of "
              + pixels
              + " pixels; expected "
              + data.inputs()
              + " as in "
              + others.images);
    }
    int[] classOf = labels(x.count());
    int largest = largest(classOf);
    if (largest >= data.targets()) {
      throw new DataException(
          labels
              + ": has the label "
              + largest
              + "; expected 0 to "
              + (data.targets() - 1)
              + " as in "
              + others.labels);
    }
    return dataset(x, classOf, data.targets());
  }

  private int[] labels(int count) throws IOException {
    int[] classOf = Idx.labels(labels);
    if (classOf.length != count) {
      throw new DataException(
          labels + ": " + classOf.length + " labels for the " + count + " images of " + images);
    }
    return classOf;
  }

  private static int largest(int[] classOf) {
    return Arrays.stream(classOf).max().getAsInt();
  }

  private static Dataset dataset(Idx.Images x, int[] classOf, int classes) {
    return Dataset.ofClasses(x.height() * x.width(), x.pixels(), classOf, classes);
  }
}
