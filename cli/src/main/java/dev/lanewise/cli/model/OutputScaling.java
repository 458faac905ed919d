package dev.lanewise.cli.model;

import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.SparseRows;

/**
 * Standardised targets: a network learns them, so that rates and losses mean the same for targets
 * of any size, and afterwards gets a layer that makes true numbers of its outputs.
 */
public record OutputScaling(Scaling scaling) {
  public static OutputScaling of(RowSource train) {
    int targets = train.outputs();
    float[] all = new float[Math.multiplyExact(train.rows(), targets)];
    Batches batches = Batches.inOrder(train);
    for (int at = 0; batches.next(); at += batches.rows() * targets) {
      System.arraycopy(batches.targets(), 0, all, at, batches.rows() * targets);
    }
    return new OutputScaling(Scaling.standard(targets, all));
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
    public int outputs() {
      return data.outputs();
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
        SparseRows.Builder xBatch,
        float[] tBatch,
        float[] weightBatch) {
      data.gather(chosen, from, count, xBatch, tBatch, weightBatch);
      scaling.apply(count, tBatch);
    }
  }

  /**
   * Returns a copy of a network of standardised outputs, with a last layer that undoes that.
   *
   * @param backend what computes; null for the preferred one
   */
  public Network append(Network trained, Backend backend) {
    NetworkBuilder builder = Network.builder(trained.inputs());
    if (backend != null) {
      builder.backend(backend);
    }
    trained.layers().forEach(builder::layer);
    Network network = builder.normalization(scaling.inverse()).build();
    network.setParameters(trained.parameters());
    for (int l = 0; l < trained.layers().size(); l++) {
      network.setBuffers(l, trained.buffers(l));
    }
    return network;
  }
}
