package dev.lanewise;

import dev.lanewise.internal.train.Layout;
import dev.lanewise.internal.train.Predictions;
import dev.lanewise.internal.train.Rows;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Dense;
import dev.lanewise.model.Init;
import dev.lanewise.model.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A network of dense layers: {@code y = activation(x W + b)}, layer by layer.
 *
 * <p>Any number of threads may predict at once, as long as none trains the network or sets its
 * parameters at that time. Whoever hands a trained network to another thread does so in a way that
 * makes writes visible, as with any object; {@link #copy} gives a snapshot to predict with while
 * training goes on.
 *
 * <pre>{@code
 * Network network =
 *     Network.builder(784)
 *         .layer(128, Activation.RELU)
 *         .layer(10, Activation.SOFTMAX)
 *         .init(Init.HE, 42)
 *         .build();
 * float[] probabilities = network.predict(image);
 * }</pre>
 */
public final class Network {
  private final Backend backend;
  private final Kernels kernels;
  private final Layout layout;
  private final float[] parameters;
  private final Predictions predictions;

  private Network(Backend backend, Layout layout, float[] parameters) {
    this.backend = backend;
    this.kernels = backend.kernels();
    this.layout = layout;
    this.parameters = parameters;
    this.predictions = new Predictions(layout, kernels, parameters);
  }

  /**
   * Starts the description of a network.
   *
   * @param inputs how many inputs it has, at least 1
   * @return a builder without layers
   * @throws IllegalArgumentException if {@code inputs} is below 1
   */
  public static Builder builder(int inputs) {
    return new Builder(inputs);
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
    return BackendInfo.of(backend, 1);
  }

  /**
   * Predicts.
   *
   * @param x {@code rows x inputs}
   * @return {@code rows x outputs}, a new array
   * @throws IllegalArgumentException if the length is not a positive multiple of the inputs
   * @throws ArithmeticException if one array could not hold the outputs
   */
  public float[] predict(float[] x) {
    int rows = Shapes.rows("x", x, inputs());
    float[] y = new float[Math.multiplyExact(rows, outputs())];
    predict(rows, x, 0, y, 0);
    return y;
  }

  /**
   * Predicts into an array of the caller, and allocates nothing once warm. With finite parameters
   * and inputs a row gives the same bits alone as among others.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}
   * @param xOffset where they start
   * @param y {@code rows x outputs}, which are overwritten
   * @param yOffset where they start
   * @throws IllegalArgumentException if {@code rows} is below 1, or an array is too short
   */
  public void predict(int rows, float[] x, int xOffset, float[] y, int yOffset) {
    Shapes.check("x", rows, inputs(), x, xOffset);
    Shapes.check("y", rows, outputs(), y, yOffset);
    predictions.run(rows, x, xOffset, y, yOffset);
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
    float[] values = new float[layout.parameterCount()];
    int at = 0;
    for (int l = 0; l < layout.size(); l++) {
      int weightCount = weightCount(l);
      copyWeights(l, values, at);
      System.arraycopy(parameters, layout.bias(l), values, at + weightCount, biasLength(l));
      at += weightCount + biasLength(l);
    }
    return values;
  }

  /**
   * Sets all parameters.
   *
   * @param values them in public order, see {@link #parameters()}
   * @throws IllegalArgumentException if their number is not {@link #parameterCount()}
   */
  public void setParameters(float[] values) {
    checkLength("parameters", values, layout.parameterCount());
    int at = 0;
    for (int l = 0; l < layout.size(); l++) {
      int weightCount = weightCount(l);
      putWeights(l, values, at);
      System.arraycopy(values, at + weightCount, parameters, layout.bias(l), biasLength(l));
      at += weightCount + biasLength(l);
    }
  }

  /**
   * Returns a layer's weights.
   *
   * @param layer which layer, from 0
   * @return {@code in x out}, a new array
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public float[] weights(int layer) {
    float[] values = new float[weightCount(checked(layer))];
    copyWeights(layer, values, 0);
    return values;
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
    checkLength("weights of layer " + layer, values, weightCount(checked(layer)));
    putWeights(layer, values, 0);
  }

  /**
   * Returns a layer's bias.
   *
   * @param layer which layer, from 0
   * @return {@code out} numbers, or none if the layer has no bias; a new array
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public float[] bias(int layer) {
    float[] values = new float[biasLength(checked(layer))];
    System.arraycopy(parameters, layout.bias(layer), values, 0, values.length);
    return values;
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
    checkLength("bias of layer " + layer, values, biasLength(checked(layer)));
    System.arraycopy(values, 0, parameters, layout.bias(layer), values.length);
  }

  private int weightCount(int l) {
    return layout.layer(l).in() * layout.layer(l).out();
  }

  private int biasLength(int l) {
    return layout.dense(l).bias() ? layout.layer(l).out() : 0;
  }

  private void copyWeights(int l, float[] to, int at) {
    Layer layer = layout.layer(l);
    int from = layout.weights(l);
    Rows.copy(layer.in(), layer.out(), parameters, from, layout.width(l), to, at, layer.out());
  }

  private void putWeights(int l, float[] from, int at) {
    Layer layer = layout.layer(l);
    int to = layout.weights(l);
    Rows.copy(layer.in(), layer.out(), from, at, layer.out(), parameters, to, layout.width(l));
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
   */
  public Network copy() {
    return new Network(backend, layout, parameters.clone());
  }

  /**
   * Stacked layers without activation are one layer: returns that one, {@code W = W1 W2 ...} and
   * {@code b = (b1 W2 + b2) ...}, computed in double precision and rounded once. The last layer's
   * activation stays.
   *
   * @return a network of one layer that predicts the same but for rounding
   * @throws IllegalStateException if a layer before the last has an activation
   */
  public Network collapse() {
    LinearStack stack = LinearStack.of(layers(), this::weights, this::bias);
    boolean bias = IntStream.range(0, layout.size()).anyMatch(l -> layout.dense(l).bias());
    Activation last = layout.layer(layout.size() - 1).activation();
    Network one = builder(inputs()).layer(outputs(), last, bias).backend(backend).build();
    one.setWeights(0, stack.weights());
    if (bias) {
      one.setBias(0, stack.bias());
    }
    return one;
  }

  Backend backend() {
    return backend;
  }

  Kernels kernels() {
    return kernels;
  }

  Layout layout() {
    return layout;
  }

  float[] sharedParameters() {
    return parameters;
  }

  /** Describes a network. Not safe for use by several threads. */
  public static final class Builder {
    private final int inputs;
    private final List<Layer> layers = new ArrayList<>();
    private Init init = Init.HE;
    private long seed;
    private Backend backend;

    private Builder(int inputs) {
      if (inputs < 1) {
        throw new IllegalArgumentException("a network needs at least 1 input, not " + inputs);
      }
      this.inputs = inputs;
    }

    /**
     * Adds a layer with bias.
     *
     * @param outputs how many outputs it has, at least 1
     * @param activation what is applied to its weighted sums
     * @return this builder
     * @throws IllegalArgumentException if {@code outputs} is below 1
     */
    public Builder layer(int outputs, Activation activation) {
      return layer(outputs, activation, true);
    }

    /**
     * Adds a layer.
     *
     * @param outputs how many outputs it has, at least 1
     * @param activation what is applied to its weighted sums
     * @param bias whether it has a bias
     * @return this builder
     * @throws IllegalArgumentException if {@code outputs} is below 1
     */
    public Builder layer(int outputs, Activation activation, boolean bias) {
      int in = layers.isEmpty() ? inputs : layers.get(layers.size() - 1).out();
      layers.add(new Dense(in, outputs, activation, bias));
      return this;
    }

    /**
     * Says how weights are drawn; without this call {@link Init#HE} with seed 0.
     *
     * @param init the distribution
     * @param seed which numbers: the same seed gives the same weights on every machine
     * @return this builder
     */
    public Builder init(Init init, long seed) {
      this.init = Objects.requireNonNull(init, "init");
      this.seed = seed;
      return this;
    }

    /**
     * Says what computes; without this call {@link Backend#preferred()}.
     *
     * @param backend the backend
     * @return this builder
     */
    public Builder backend(Backend backend) {
      this.backend = Objects.requireNonNull(backend, "backend");
      return this;
    }

    /**
     * Makes the network, with drawn weights and biases of zero.
     *
     * @return a new network
     * @throws IllegalArgumentException if there is no layer, softmax stands before the last one, or
     *     one array could not hold the parameters
     * @throws IllegalStateException if the vector backend was asked for and its module is missing
     */
    public Network build() {
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("a network needs at least 1 layer: call layer(...)");
      }
      for (int l = 0; l < layers.size() - 1; l++) {
        if (layers.get(l).activation().equals(Activation.SOFTMAX)) {
          throw new IllegalArgumentException(
              "softmax is for the last layer, but layer " + l + " of " + layers.size() + " has it");
        }
      }
      Backend chosen = backend == null ? Backend.preferred() : backend;
      Layout layout = new Layout(layers, chosen.rowAlignment());
      Network network = new Network(chosen, layout, new float[layout.length()]);
      network.drawWeights(init, seed);
      return network;
    }
  }

  private void drawWeights(Init init, long seed) {
    long n = 0;
    for (int l = 0; l < layout.size(); l++) {
      Layer layer = layout.layer(l);
      float[] weights = new float[weightCount(l)];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = init.weight(layer.in(), layer.out(), seed, n++);
      }
      putWeights(l, weights, 0);
    }
  }
}
