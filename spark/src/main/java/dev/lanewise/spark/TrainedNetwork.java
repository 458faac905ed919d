package dev.lanewise.spark;

import dev.lanewise.Network;
import dev.lanewise.SavedNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A network that has learned, and the losses of its rounds. Kept in one {@code .lanewise} file, and
 * sent to executors as that file's bytes, once for each model and executor. Nobody changes the
 * network, so any number of threads may predict.
 */
final class TrainedNetwork implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private static final String FILE = "model.lanewise";
  private static final String LOSSES = "spark.losses";
  private static final String VALIDATION_LOSSES = "spark.validationLosses";

  private final transient Network network;
  private final transient double[] losses;
  private final transient double[] validationLosses;
  private transient SparkContext context;
  private transient Broadcast<TrainedNetwork> sent;

  TrainedNetwork(Network network, double[] losses, double[] validationLosses) {
    this.network = network;
    this.losses = losses;
    this.validationLosses = validationLosses;
  }

  Network network() {
    return network;
  }

  /** Returns the mean loss of each round. */
  double[] losses() {
    return losses.clone();
  }

  /** Returns the loss of the rows for validation after each round; none without such rows. */
  double[] validationLosses() {
    return validationLosses.clone();
  }

  /** Returns this for executors; sent once as long as Spark's context is the same. */
  @SuppressWarnings("ReferenceEquality") // A context is equal to itself only.
  synchronized Broadcast<TrainedNetwork> broadcast(SparkContext current) {
    if (sent == null || context != current) {
      context = current;
      sent = JavaSparkContext.fromSparkContext(current).broadcast(this);
    }
    return sent;
  }

  /** Writes the file into a model's directory on any file system. */
  void write(String directory, SparkContext spark) throws IOException {
    Path file = new Path(directory, FILE);
    try (FSDataOutputStream out =
        file.getFileSystem(spark.hadoopConfiguration()).create(file, false)) {
      write(out);
    }
  }

  private void write(OutputStream out) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    texts.put(LOSSES, text(losses));
    texts.put(VALIDATION_LOSSES, text(validationLosses));
    new SavedNetwork(network, texts).write(out);
  }

  private static String text(double[] values) {
    return DoubleStream.of(values).mapToObj(Double::toString).collect(Collectors.joining(","));
  }

  /** Reads the file of a model's directory. */
  static TrainedNetwork read(String directory, SparkContext spark) {
    Path file = new Path(directory, FILE);
    try (FSDataInputStream in = file.getFileSystem(spark.hadoopConfiguration()).open(file)) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the model's network cannot be read from " + file, e);
    }
  }

  private static TrainedNetwork read(InputStream in) throws IOException {
    SavedNetwork saved = SavedNetwork.read(in, null);
    return new TrainedNetwork(
        saved.network(),
        numbers(saved.metadata().get(LOSSES)),
        numbers(saved.metadata().get(VALIDATION_LOSSES)));
  }

  private static double[] numbers(String text) {
    return text == null || text.isEmpty()
        ? new double[0]
        : Stream.of(text.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  @Serial
  private Object writeReplace() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(bytes);
      return new Bytes(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is sent. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares two of these.
  private record Bytes(byte[] bytes) implements Serializable {
    @Serial
    private Object readResolve() {
      try {
        return read(new ByteArrayInputStream(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
