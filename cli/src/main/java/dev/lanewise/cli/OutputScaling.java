package dev.lanewise.cli;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;

/**
 * Standardised targets: a network learns them, so that rates and losses mean the same for targets
 * of any size, and afterwards gets a layer that makes true numbers of its outputs.
 */
record OutputScaling(Scaling scaling) {
  static OutputScaling of(Dataset train) {
    return new OutputScaling(Scaling.standard(train.targets(), train.t()));
  }

  /** Returns a data set with standardised targets. */
  Dataset standardised(Dataset data) {
    float[] t = data.t().clone();
    scaling.apply(data.rows(), t);
    return new Dataset(data.inputs(), data.x(), data.targets(), t);
  }

  /** Returns a copy of a network of standardised outputs, with a last layer that undoes that. */
  Network append(Network trained, NetworkBuilder builder) {
    trained.layers().forEach(builder::layer);
    Network network = builder.rescale().build();
    network.setParameters(trained.parameters());
    int layers = trained.layers().size();
    for (int l = 0; l < layers; l++) {
      network.setStatistics(l, trained.statistics(l));
    }
    float[] mean = scaling.shift();
    float[] shift = new float[mean.length];
    float[] factor = new float[mean.length];
    for (int j = 0; j < mean.length; j++) {
      double inverse = scaling.factor()[j];
      shift[j] = (float) (-mean[j] * inverse);
      factor[j] = (float) (1 / inverse);
    }
    network.setStatistics(layers, statistics(shift, factor));
    return network;
  }

  /** Returns what a rescale layer knows. */
  static float[] statistics(float[] shift, float[] factor) {
    float[] both = new float[shift.length + factor.length];
    System.arraycopy(shift, 0, both, 0, shift.length);
    System.arraycopy(factor, 0, both, shift.length, factor.length);
    return both;
  }
}
