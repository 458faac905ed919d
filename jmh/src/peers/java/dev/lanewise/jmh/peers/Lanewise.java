package dev.lanewise.jmh.peers;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;

/** Lanewise itself, through its public API. */
final class Lanewise implements Library {
  private final int threads;

  Lanewise(int threads) {
    this.threads = threads;
  }

  @Override
  public String version() {
    return Library.artifact(Trainer.class);
  }

  @Override
  public Net net(Problem problem, float learningRate) {
    return new LanewiseNet(problem, learningRate, threads);
  }

  private static final class LanewiseNet implements Net {
    private final Problem problem;
    private final int rows;
    private final Network network;
    private final Trainer trainer;
    private final boolean alone;
    private final float[] output;

    LanewiseNet(Problem problem, float learningRate, int threads) {
      this.problem = problem;
      Point point = problem.point;
      rows = point.batch();
      NetworkBuilder builder = Network.builder(point.in(0));
      for (int l = 0; l < point.layers(); l++) {
        boolean last = l == point.layers() - 1;
        builder.dense(point.out(l), last ? Activation.IDENTITY : Activation.RELU);
      }
      network = builder.build();
      network.setParameters(problem.parameters);
      trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(learningRate), threads);
      alone = threads == 1;
      output = new float[rows * point.outputs()];
    }

    @Override
    public void train(int k) {
      trainer.step(rows, problem.x[k], 0, problem.targets[k], 0);
    }

    /** A network uses the caller's thread only; to share the work is what a trainer can do. */
    @Override
    public void forward(int k) {
      if (alone) {
        network.predict(rows, problem.x[k], 0, output, 0);
      } else {
        trainer.forward(rows, problem.x[k], 0, output, 0);
      }
    }

    @Override
    public float[] output() {
      return output.clone();
    }

    @Override
    public void close() {
      trainer.close();
    }
  }
}
