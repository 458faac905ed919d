package dev.lanewise.cli.model;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.SparseBatch;

/**
 * Standardised targets: a network learns them, so that rates and losses mean the same for targets
 * of any size, and afterwards gets a layer that makes true numbers of its outputs.
 */
public record OutputScaling(Scaling scaling) {
  public static OutputScaling of(RowSource train) {
    float[] t = new float[Math.multiplyExact(train.rows(), train.targets())];
    SparseBatch sparse = train.sparse() ? new SparseBatch(train.inputs()) : null;
    float[] x = sparse == null ? new float[train.inputs()] : null;
    float[] target = new float[train.targets()];
    int[] row = new int[1];
    for (int r = 0; r < train.rows(); r++) {
      row[0] = r;
      if (sparse == null) {
        train.gather(row, 0, 1, x, target);
      } else {
        train.gather(row, 0, 1, sparse, target, null);
      }
      System.arraycopy(target, 0, t, r * target.length, target.length);
    }
    return new OutputScaling(Scaling.standard(train.targets(), t));
  }

  /** Returns rows with standardised targets. */
  public RowSource standardised(RowSource data) {
    return new Standardised(data, scaling);
  }

  /** Rows whose targets are standardised whenever they are asked for. */
  private record Standardised(RowSource data, Scaling scaling) implements RowSource {
    @Override
    public int rows() {
      return data.rows();
    }

    @Override
    public int inputs() {
      return data.inputs();
    }

    @Override
    public int targets() {
      return data.targets();
    }

    @Override
    public boolean hasWeights() {
      return data.hasWeights();
    }

    @Override
    public void gather(
        int[] chosen, int from, int count, float[] xBatch, float[] tBatch, float[] weightBatch) {
      data.gather(chosen, from, count, xBatch, tBatch, weightBatch);
      scaling.apply(count, tBatch);
    }

    @Override
    public boolean sparse() {
      return data.sparse();
    }

    @Override
    public void gather(
        int[] chosen,
        int from,
        int count,
        SparseBatch xBatch,
        float[] tBatch,
        float[] weightBatch) {
      data.gather(chosen, from, count, xBatch, tBatch, weightBatch);
      scaling.apply(count, tBatch);
    }
  }

  /** Returns a copy of a network of standardised outputs, with a last layer that undoes that. */
  public Network append(Network trained, NetworkBuilder builder) {
    trained.layers().forEach(builder::layer);
    Network network = builder.normalization().build();
    network.setParameters(trained.parameters());
    int layers = trained.layers().size();
    for (int l = 0; l < layers; l++) {
      network.setBuffers(l, trained.buffers(l));
    }
    float[] mean = scaling.shift();
    float[] shift = new float[mean.length];
    float[] factor = new float[mean.length];
    for (int j = 0; j < mean.length; j++) {
      double inverse = scaling.factor()[j];
      shift[j] = (float) (-mean[j] * inverse);
      factor[j] = (float) (1 / inverse);
    }
    network.setBuffers(layers, buffers(shift, factor));
    return network;
  }

  /** Returns what a normalization layer knows. */
  public static float[] buffers(float[] shift, float[] factor) {
    float[] both = new float[shift.length + factor.length];
    System.arraycopy(shift, 0, both, 0, shift.length);
    System.arraycopy(factor, 0, both, shift.length, factor.length);
    return both;
  }
}
