package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.internal.train.Layout;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.internal.train.PredictionPool;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Residual;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A network of layers, most of them dense: {@code y = activation(x W + b)}, layer by layer.
 *
 * <p>Any number of threads may predict at once, as long as none trains the network or sets its
 * parameters at that time: a prediction that meets an update by a trainer throws a {@link
 * java.util.ConcurrentModificationException}. To predict while training goes on, let the thread
 * that trains make a {@link #copy} between two steps and publish that, for example in a volatile
 * field. Whoever hands a trained network to another thread does so in a way that makes writes
 * visible, as with any object. What predictions work with is kept, for as many threads as there are
 * processors, with room for the outputs of all layers for up to 256 rows each; not their arrays.
 *
 * <pre>{@code
 * Network network =
 *     Network.builder(784)
 *         .dense(128, Activation.RELU)
 *         .dense(10, Activation.SOFTMAX)
 *         .initializer(Initializer.HE, 42)
 *         .build();
 * float[] probabilities = network.predict(image);
 * }</pre>
 */
public final class Network {
  private final Backend backend;
  private final Dispatch kernels;
  private final Layout layout;
  private final Parameters parameters;
  private final PredictionPool predictions;

  Network(Backend backend, Parameters parameters) {
    this.backend = backend;
    this.kernels = backend.dispatch();
    this.layout = parameters.layout();
    this.parameters = parameters;
    this.predictions = new PredictionPool(parameters, kernels);
  }

  /**
   * Starts the description of a network.
   *
   * @param inputs how many inputs it has, at least 1
   * @return a builder without layers
   * @throws IllegalArgumentException if {@code inputs} is below 1
   */
  public static NetworkBuilder builder(int inputs) {
    return new NetworkBuilder(inputs);
  }

  /**
   * Returns the layers, from the inputs on.
   *
   * @return an unmodifiable list
   */
  public List<Layer> layers() {
    return layout.layers();
  }

  /**
   * Returns how many inputs a row has.
   *
   * @return at least 1
   */
  public int inputs() {
    return layout.inputs();
  }

  /**
   * Returns how many outputs a row has.
   *
   * @return at least 1
   */
  public int outputs() {
    return layout.outputs();
  }

  /**
   * Tells what predictions really run on: they use the caller's thread only.
   *
   * @return backend, vector width and so on
   */
  public BackendInfo backendInfo() {
    return BackendInfo.of(backend, kernels, 1);
  }

  /**
   * Predicts.
   *
   * @param x {@code rows x inputs}
   * @return {@code rows x outputs}, a new array
   * @throws IllegalArgumentException if the length is not a positive multiple of the inputs, or one
   *     array could not hold the outputs
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public float[] predict(float[] x) {
    int rows = Shapes.rows("x", x, inputs());
    float[] y = new float[ArraySize.of("the predictions", rows, outputs())];
    predict(rows, x, 0, y, 0);
    return y;
  }

  /**
   * Predicts into an array of the caller, and allocates nothing once warm. With finite parameters
   * and inputs a row gives the same bits alone as among others; with infinite ones, among others
   * wherever it stands. The two arrays may be one; where outputs would come to lie over inputs that
   * are still needed, these are copied first.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}
   * @param xOffset where they start
   * @param y {@code rows x outputs}, which are overwritten
   * @param yOffset where they start
   * @throws IllegalArgumentException if {@code rows} is below 1, or an array is too short
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public void predict(int rows, float[] x, int xOffset, float[] y, int yOffset) {
    Shapes.check("x", rows, inputs(), x, xOffset);
    Shapes.check("y", rows, outputs(), y, yOffset);
    long known = parameters.changes();
    if (Shapes.overwrites(rows, x, xOffset, inputs(), y, yOffset, outputs())) {
      float[] apart = Arrays.copyOfRange(x, xOffset, xOffset + rows * inputs());
      predictions.run(rows, apart, 0, y, yOffset);
    } else {
      predictions.run(rows, x, xOffset, y, yOffset);
    }
    parameters.requireUnchanged(known, "it predicted");
  }

  /**
   * Predicts rows given sparsely.
   *
   * @param x rows with as many columns as the network has inputs
   * @return {@code rows x outputs}, a new array
   * @throws IllegalArgumentException if the columns are not as many as the inputs, the first layer
   *     is not {@link Dense}, a {@link Residual} adds the inputs to a later one, or one array could
   *     not hold the outputs
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public float[] predict(SparseRows x) {
    Shapes.checkSparse(layers(), x);
    float[] y = new float[ArraySize.of("the predictions", x.rows(), outputs())];
    predict(x, y, 0);
    return y;
  }

  /**
   * Predicts rows given sparsely into an array of the caller, and allocates nothing once warm. The
   * first layer takes time proportional to the pairs named. With finite parameters and inputs the
   * bits are those of {@link #predict(int, float[], int, float[], int)} for the same rows.
   *
   * @param x rows with as many columns as the network has inputs
   * @param y {@code rows x outputs}, which are overwritten
   * @param yOffset where they start
   * @throws IllegalArgumentException if the columns are not as many as the inputs, the first layer
   *     is not {@link Dense}, a {@link Residual} adds the inputs to a later one, or {@code y} is
   *     too short
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public void predict(SparseRows x, float[] y, int yOffset) {
    Shapes.checkSparse(layers(), x);
    Shapes.check("y", x.rows(), outputs(), y, yOffset);
    long known = parameters.changes();
    predictions.run(x, y, yOffset);
    parameters.requireUnchanged(known, "it predicted");
  }

  /**
   * Predicts the class of one row.
   *
   * @param x the row's inputs
   * @return the output that is largest, the first of those that are equal; for a network with one
   *     output, which must end with {@link Activation#SIGMOID}, 1 where that is at least 0.5, else
   *     0
   * @throws IllegalArgumentException if there are not as many numbers as inputs
   * @throws IllegalStateException if there is one output, and not of a sigmoid
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public int predictClass(float[] x) {
    checkLength("x", x, inputs());
    return predictClasses(x)[0];
  }

  /**
   * Predicts the classes of rows.
   *
   * @param x {@code rows x inputs}
   * @return each row's class as {@link #predictClass} has it, a new array
   * @throws IllegalArgumentException if the length is not a positive multiple of the inputs
   * @throws IllegalStateException if there is one output, and not of a sigmoid
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public int[] predictClasses(float[] x) {
    int[] classes = new int[Shapes.rows("x", x, inputs())];
    predictClasses(classes.length, x, 0, classes, 0);
    return classes;
  }

  /**
   * Predicts the classes of rows into an array of the caller, and allocates nothing once warm.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}
   * @param xOffset where they start
   * @param classes each row's class as {@link #predictClass} has it, which are overwritten
   * @param classesOffset where they start
   * @throws IllegalArgumentException if {@code rows} is below 1, or an array is too short
   * @throws IllegalStateException if there is one output, and not of a sigmoid
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public void predictClasses(int rows, float[] x, int xOffset, int[] classes, int classesOffset) {
    Shapes.check("x", rows, inputs(), x, xOffset);
    Shapes.check("classes", rows, classes, classesOffset);
    Activation last = layout.layer(layout.size() - 1).activation();
    if (outputs() == 1 && !last.equals(Activation.SIGMOID)) {
      throw new IllegalStateException(
          "one output of "
              + last
              + " says no class: end the network with Activation.SIGMOID for yes or no, or with an"
              + " output for each class");
    }
    long known = parameters.changes();
    predictions.classes(rows, x, xOffset, classes, classesOffset);
    parameters.requireUnchanged(known, "it predicted");
  }

  /**
   * Predicts all rows of a data set, and computes scores.
   *
   * @param data the rows
   * @param metrics what is computed; {@link Evaluation#score} gives others later
   * @return predictions, targets and scores
   * @throws IllegalArgumentException if the data have other numbers of inputs and targets than the
   *     network inputs and outputs, or targets that do not fit a metric
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public Evaluation evaluate(RowSource data, Metric... metrics) {
    Shapes.check("the data", inputs(), outputs(), data);
    return Evaluation.of(outputs(), data, List.of(metrics), this::predict);
  }

  private void predict(Batches batches, float[] y) {
    if (batches.sparse() == null) {
      predict(batches.rows(), batches.x(), 0, y, 0);
    } else {
      predict(batches.sparse(), y, 0);
    }
  }

  /**
   * Returns how many numbers the network has learned.
   *
   * @return the count of all weights and biases
   */
  public int parameterCount() {
    return layout.parameterCount();
  }

  /**
   * Returns all parameters in public order: layer by layer the weights, {@code in x out} row-major
   * (row {@code i} holds the weights that leave input {@code i}), then the bias.
   *
   * @return a new array
   */
  public float[] parameters() {
    return parameters.all();
  }

  /**
   * Sets all parameters.
   *
   * @param values them in public order, see {@link #parameters()}
   * @throws IllegalArgumentException if their number is not {@link #parameterCount()}
   */
  public void setParameters(float[] values) {
    checkLength("parameters", values, layout.parameterCount());
    parameters.setAll(values);
  }

  /**
   * Returns a layer's weights.
   *
   * @param layer which layer, from 0
   * @return {@code in x out}, a new array
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public float[] weights(int layer) {
    return parameters.weights(checked(layer));
  }

  /**
   * Sets a layer's weights.
   *
   * @param layer which layer, from 0
   * @param values {@code in x out}
   * @throws IllegalArgumentException if their number is not {@code in * out}
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public void setWeights(int layer, float[] values) {
    checkLength("weights of layer " + layer, values, parameters.weightCount(checked(layer)));
    parameters.setWeights(layer, values);
  }

  /**
   * Returns a layer's bias.
   *
   * @param layer which layer, from 0
   * @return {@code out} numbers, or none if the layer has no bias; a new array
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public float[] bias(int layer) {
    return parameters.bias(checked(layer));
  }

  /**
   * Sets a layer's bias.
   *
   * @param layer which layer, from 0
   * @param values {@code out} numbers, or none if the layer has no bias
   * @throws IllegalArgumentException if their number is wrong
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public void setBias(int layer, float[] values) {
    checkLength("bias of layer " + layer, values, parameters.biasLength(checked(layer)));
    parameters.setBias(layer, values);
  }

  /**
   * Returns what a layer knows but does not learn by gradients: of a batch norm the running mean,
   * then the running variance; of a normalization layer the shift, then the factor.
   *
   * @param layer which layer, from 0
   * @return {@code 2 x width} numbers, or none for any other layer; a new array
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public float[] buffers(int layer) {
    return parameters.buffers(checked(layer));
  }

  /**
   * Sets what a layer knows but does not learn by gradients.
   *
   * @param layer which layer, from 0
   * @param values them, in the order of {@link #buffers}
   * @throws IllegalArgumentException if their number is wrong
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public void setBuffers(int layer, float[] values) {
    int n = layout.buffersLength(checked(layer));
    checkLength("buffers of layer " + layer, values, n);
    parameters.setBuffers(layer, values);
  }

  /**
   * Returns the buffers of all layers.
   *
   * @return them layer by layer, each in the order of {@link #buffers(int)}; a new array
   */
  public float[] buffers() {
    return parameters.allBuffers();
  }

  /**
   * Sets the buffers of all layers.
   *
   * @param values them, in the order of {@link #buffers()}
   * @throws IllegalArgumentException if their number is wrong
   */
  public void setBuffers(float[] values) {
    checkLength("buffers", values, layout.buffersLength());
    parameters.setAllBuffers(values);
  }

  private int checked(int layer) {
    return Objects.checkIndex(layer, layout.size());
  }

  private static void checkLength(String name, float[] values, int n) {
    Objects.requireNonNull(values, name);
    if (values.length != n) {
      throw new IllegalArgumentException(
          name + " must be " + n + " numbers, but there are " + values.length);
    }
  }

  /**
   * Returns a network of its own with the same layers and parameters.
   *
   * @return a copy, on the same backend
   * @throws java.util.ConcurrentModificationException if a trainer updates the network meanwhile
   */
  public Network copy() {
    return new Network(backend, parameters.copy());
  }

  /**
   * Takes over all parameters and buffers of a network with the same layers. Allocates nothing.
   *
   * @param other the network to copy from
   * @throws IllegalArgumentException if its layers are others, or just one of both is on the scalar
   *     backend
   */
  public void copyFrom(Network other) {
    if (!layers().equals(other.layers())
        || backend.rowAlignment() != other.backend.rowAlignment()) {
      throw new IllegalArgumentException(
          "only a network of the same layers and backend can be copied from, but the other is "
              + other.layers()
              + " on "
              + other.backend);
    }
    parameters.set(other.parameters);
  }

  /**
   * Stacked layers without activation are one layer: returns that one, {@code W = W1 W2 ...} and
   * {@code b = (b1 W2 + b2) ...}, computed in double precision and rounded once. The last layer's
   * activation stays.
   *
   * @return a network of one layer that predicts the same but for rounding
   * @throws IllegalStateException if a layer is not dense, or one before the last has an activation
   */
  public Network collapse() {
    LinearStack stack = LinearStack.of(layers(), this::weights, this::bias);
    boolean bias = IntStream.range(0, layout.size()).anyMatch(l -> layout.hasBias(l));
    Activation last = layout.layer(layout.size() - 1).activation();
    NetworkBuilder one = builder(inputs()).dense(outputs(), last, bias).backend(backend);
    float[] weights = stack.weights();
    float[] all = Arrays.copyOf(weights, weights.length + (bias ? outputs() : 0));
    System.arraycopy(stack.bias(), 0, all, weights.length, all.length - weights.length);
    return one.build(all);
  }

  /**
   * Returns a network that predicts the same but for rounding, with less work: dropout is left out,
   * and each batch norm that follows a dense layer without activation is folded into its weights
   * and bias, in double precision, rounded once.
   *
   * @return a network of its own, on the same backend; not meant to be trained further
   */
  public Network forInference() {
    return new Network(backend, InferenceNetwork.of(parameters, backend.rowAlignment()));
  }

  /**
   * Writes the network to a file, in place of what was there, in one go. {@link SavedNetwork} adds
   * texts to it. The network must not be trained meanwhile.
   *
   * @param file where to; its directory must be there
   * @throws IOException if it cannot be written; what was there before is whole then
   */
  public void save(Path file) throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      NetworkFile.write(out, parameters, Map.of());
    }
  }

  /**
   * Writes the network to a stream: the bytes that {@link #save} puts into a file. The stream is
   * flushed, not closed. Others may stand before and behind these bytes. The network must not be
   * trained meanwhile.
   *
   * @param out where to
   * @throws IOException if the stream throws one; what was written is no network then
   */
  public void write(OutputStream out) throws IOException {
    try (SectionWriter sections = new SectionWriter(out)) {
      NetworkFile.write(sections, parameters, Map.of());
    }
  }

  /**
   * Reads a network from a file of {@link #save} or a checkpoint of a {@link
   * dev.lanewise.loop.TrainingLoop}.
   *
   * @param file which file
   * @return the network, on the backend that is preferred here, with every bit as it was
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws dev.lanewise.io.FileException if it is damaged, cut off, of a newer version or of
   *     another kind
   * @throws IOException if reading fails
   */
  public static Network load(Path file) throws IOException {
    return load(file, null);
  }

  /**
   * Reads a network from a file of {@link #save} or a checkpoint of a {@link
   * dev.lanewise.loop.TrainingLoop}.
   *
   * @param file which file
   * @param backend what computes, whatever wrote the file; null for the one that is preferred here
   * @return the network, with every bit as it was
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws dev.lanewise.io.FileException if it is damaged, cut off, of a newer version or of
   *     another kind
   * @throws IllegalStateException if the vector backend was asked for and its module is missing
   * @throws IOException if reading fails
   */
  public static Network load(Path file, Backend backend) throws IOException {
    try (SectionReader in = new SectionReader(file)) {
      return read(in, backend);
    }
  }

  /**
   * Reads a network from a stream, see {@link #read(InputStream, Backend)}.
   *
   * @param in where from
   * @return the network, on the backend that is preferred here, with every bit as it was
   * @throws dev.lanewise.io.FileException if it is damaged, cut off, of a newer version or of
   *     another kind
   * @throws IOException if the stream throws one
   */
  public static Network read(InputStream in) throws IOException {
    return read(in, null);
  }

  /**
   * Reads a network from a stream, as {@link #write} wrote it or as it stands in a file of {@link
   * #save}. Takes exactly its bytes, leaves what follows them in the stream, and does not close it.
   * Where something is wrong with them, an unknown number of bytes was taken. Until the network is
   * made, its bytes are kept in memory.
   *
   * @param in where from; not read byte by byte, so it need not be buffered
   * @param backend what computes, whatever wrote the network; null for the one that is preferred
   *     here
   * @return the network, with every bit as it was
   * @throws dev.lanewise.io.FileException if it is damaged, cut off, of a newer version or of
   *     another kind; places in its message count from where the reading began
   * @throws IllegalStateException if the vector backend was asked for and its module is missing
   * @throws IOException if the stream throws one
   */
  public static Network read(InputStream in, Backend backend) throws IOException {
    try (SectionReader sections = new SectionReader(in)) {
      return read(sections, backend);
    }
  }

  private static Network read(SectionReader in, Backend backend) throws IOException {
    Backend chosen = backend == null ? Backend.preferred() : backend;
    return new Network(chosen, NetworkFile.read(in, chosen.rowAlignment()));
  }

  /** Returns a table of the layers, the shapes of their outputs, and their parameters. */
  @Override
  public String toString() {
    return NetworkSummary.of(layers());
  }

  Backend backend() {
    return backend;
  }

  Parameters sharedParameters() {
    return parameters;
  }
}
