package dev.lanewise;

import dev.lanewise.data.Scaling;
import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.internal.train.Layout;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Normalization;
import dev.lanewise.model.Layer.Residual;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Describes a network, layer by layer from the inputs on. Not safe for use by several threads. */
public final class NetworkBuilder {
  private final LayerChain layers;
  private final Map<Integer, float[]> scalings = new HashMap<>();
  private Initializer initializer = Initializer.HE;
  private long seed;
  private Backend backend;

  NetworkBuilder(int inputs) {
    this.layers = new LayerChain(inputs);
  }

  /**
   * Adds a dense layer with bias.
   *
   * @param outputs how many outputs it has, at least 1
   * @param activation what is applied to its weighted sums
   * @return this builder
   * @throws IllegalArgumentException if {@code outputs} is below 1
   */
  public NetworkBuilder dense(int outputs, Activation activation) {
    return dense(outputs, activation, true);
  }

  /**
   * Adds a dense layer.
   *
   * @param outputs how many outputs it has, at least 1
   * @param activation what is applied to its weighted sums
   * @param bias whether it has a bias
   * @return this builder
   * @throws IllegalArgumentException if {@code outputs} is below 1
   */
  public NetworkBuilder dense(int outputs, Activation activation, boolean bias) {
    return layer(new Dense(layers.width(), outputs, activation, bias));
  }

  /**
   * Adds layer normalisation with an epsilon of {@link LayerNorm#EPSILON}.
   *
   * @param activation what is applied to its result; {@link Activation#IDENTITY} for nothing
   * @return this builder
   */
  public NetworkBuilder layerNorm(Activation activation) {
    return layer(new LayerNorm(layers.width(), activation, LayerNorm.EPSILON));
  }

  /**
   * Adds batch normalisation with an epsilon of {@link BatchNorm#EPSILON} and a momentum of {@link
   * BatchNorm#MOMENTUM}.
   *
   * @param activation what is applied to its result; {@link Activation#IDENTITY} for nothing
   * @return this builder
   */
  public NetworkBuilder batchNorm(Activation activation) {
    return layer(new BatchNorm(layers.width(), activation, BatchNorm.EPSILON, BatchNorm.MOMENTUM));
  }

  /**
   * Adds dropout.
   *
   * @param rate the probability that training drops a number, from 0 to below 1
   * @return this builder
   * @throws IllegalArgumentException if the rate is out of range
   */
  public NetworkBuilder dropout(float rate) {
    return layer(new Dropout(layers.width(), rate));
  }

  /**
   * Closes a residual block over the layers before: adds the inputs of the first of them to the
   * outputs of the last.
   *
   * @param blockLayers how many layers the block has, at least 1
   * @param activation what is applied to the sum; {@link Activation#IDENTITY} for nothing
   * @return this builder
   * @throws IllegalArgumentException if there are not so many layers, or the block has not as many
   *     inputs as outputs
   */
  public NetworkBuilder residual(int blockLayers, Activation activation) {
    layers.requireBlock(blockLayers);
    return layer(new Residual(layers.width(), layers.size() - 1 - blockLayers, activation));
  }

  /**
   * Adds a layer that scales by fitted numbers, most often as the first layer.
   *
   * @return this builder
   * @see Network#setBuffers
   */
  public NetworkBuilder normalization() {
    return layer(new Normalization(layers.width()));
  }

  /**
   * Adds a layer that scales by numbers fitted before, most often to the inputs, as the first one.
   *
   * @param scaling the numbers, one shift and factor for each of the numbers that come in
   * @return this builder
   * @throws IllegalArgumentException if it has not as many columns
   */
  public NetworkBuilder normalization(Scaling scaling) {
    if (scaling.columns() != layers.width()) {
      throw new IllegalArgumentException(
          "layer "
              + layers.size()
              + " scales "
              + layers.width()
              + " numbers, but the scaling has "
              + scaling.columns()
              + " columns");
    }
    float[] values = Arrays.copyOf(scaling.shift(), ArraySize.of("a scaling", 2, layers.width()));
    System.arraycopy(scaling.factor(), 0, values, layers.width(), layers.width());
    scalings.put(layers.size(), values);
    return normalization();
  }

  /**
   * Adds a layer.
   *
   * @param layer any layer, with as many inputs as the one before has outputs
   * @return this builder
   * @throws IllegalArgumentException if it does not fit the layers before
   */
  public NetworkBuilder layer(Layer layer) {
    layers.add(layer);
    return this;
  }

  /**
   * Says how weights are drawn; without this call {@link Initializer#HE} with seed 0.
   *
   * @param newInitializer the distribution
   * @param newSeed which numbers: the same seed gives the same weights on every machine
   * @return this builder
   */
  public NetworkBuilder initializer(Initializer newInitializer, long newSeed) {
    this.initializer = Objects.requireNonNull(newInitializer, "initializer");
    this.seed = newSeed;
    return this;
  }

  /**
   * Says what computes; without this call {@link Backend#preferred()}.
   *
   * @param newBackend the backend
   * @return this builder
   */
  public NetworkBuilder backend(Backend newBackend) {
    this.backend = Objects.requireNonNull(newBackend, "backend");
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
    Network network = unfilled();
    draw(network.sharedParameters());
    return network;
  }

  /**
   * Makes the network with parameters that are known, and draws none. Buffers are those of a new
   * network; {@link Network#setBuffers(float[])} sets others.
   *
   * @param parameters them in public order, see {@link Network#parameters()}; copied
   * @return a new network
   * @throws IllegalArgumentException as {@link #build()} does, or if there are not as many
   *     parameters as the layers have
   * @throws IllegalStateException if the vector backend was asked for and its module is missing
   */
  public Network build(float[] parameters) {
    Network network = unfilled();
    network.setParameters(parameters);
    return network;
  }

  private Network unfilled() {
    layers.requireWhole();
    Backend chosen = backend == null ? Backend.preferred() : backend;
    Parameters parameters = new Parameters(new Layout(layers.layers(), chosen.rowAlignment()));
    for (int l = 0; l < layers.size(); l++) {
      // Means and shifts are 0, variances and factors 1.
      float[] buffers = parameters.buffers(l);
      Arrays.fill(buffers, buffers.length / 2, buffers.length, 1);
      parameters.setBuffers(l, scalings.getOrDefault(l, buffers));
    }
    return new Network(chosen, parameters);
  }

  private void draw(Parameters parameters) {
    long drawn = 0;
    for (int l = 0; l < layers.size(); l++) {
      float[] weights = new float[parameters.weightCount(l)];
      switch (parameters.layout().layer(l)) {
        case Dense dense -> {
          for (int i = 0; i < weights.length; i++) {
            weights[i] = initializer.weight(dense.in(), dense.out(), seed, drawn++);
          }
        }
        case LayerNorm _, BatchNorm _ -> Arrays.fill(weights, 1);
        case Dropout _, Residual _, Normalization _ -> {}
      }
      parameters.setWeights(l, weights);
    }
  }
}
