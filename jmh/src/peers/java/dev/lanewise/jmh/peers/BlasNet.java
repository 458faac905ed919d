package dev.lanewise.jmh.peers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The training step around a {@link Blas}, as fast as we can write it: the update is a part of the
 * weight gradient's product, a {@link BlasLayer} takes what its library does best, and {@link
 * BlasElementwise} does the rest.
 */
final class BlasNet implements Net {
  private final Blas blas;
  private final BlasLayer[] steps;
  private final Point point;
  private final int rows;
  private final float learningRate;
  private final MemorySegment[] weights;
  private final MemorySegment[] biases;

  /** Index 0 is the input of the network, 1 the output of its first layer. */
  private final MemorySegment[] values;

  private final MemorySegment[] gradients;
  private final MemorySegment[] x;
  private final MemorySegment[] targets;

  BlasNet(Blas blas, Problem problem, float learningRate) {
    this.blas = blas;
    this.learningRate = learningRate;
    point = problem.point;
    rows = point.batch();
    int layers = point.layers();
    steps = new BlasLayer[layers];
    weights = new MemorySegment[layers];
    biases = new MemorySegment[layers];
    values = new MemorySegment[layers + 1];
    gradients = new MemorySegment[layers + 1];
    for (int l = 0; l < layers; l++) {
      boolean relu = l < layers - 1;
      steps[l] = blas.layer(rows, point.in(l), point.out(l), relu, learningRate);
      weights[l] = copy(problem.weightsOutIn(l));
      biases[l] = copy(problem.bias(l));
      values[l + 1] = room(rows * point.out(l));
      gradients[l + 1] = room(rows * point.out(l));
    }
    x = new MemorySegment[problem.batches()];
    targets = new MemorySegment[problem.batches()];
    for (int k = 0; k < problem.batches(); k++) {
      x[k] = copy(problem.x[k]);
      targets[k] = copy(problem.targets[k]);
    }
  }

  private MemorySegment room(int floats) {
    return blas.allocate(BlasElementwise.padded(floats));
  }

  private MemorySegment copy(float[] numbers) {
    MemorySegment segment = room(numbers.length);
    MemorySegment.copy(numbers, 0, segment, ValueLayout.JAVA_FLOAT, 0, numbers.length);
    return segment;
  }

  @Override
  public void forward(int k) {
    values[0] = x[k];
    for (int l = 0; l < point.layers(); l++) {
      steps[l].forward(values[l], weights[l], biases[l], values[l + 1]);
    }
  }

  @Override
  public void train(int k) {
    forward(k);
    int layers = point.layers();
    int outputs = rows * point.outputs();
    BlasElementwise.lossGradient(
        values[layers], targets[k], gradients[layers], outputs, 2f / outputs);
    for (int l = layers - 1; l >= 0; l--) {
      if (l > 0) {
        steps[l].inputGradient(gradients[l + 1], weights[l], gradients[l]);
        BlasElementwise.zeroWhereZero(gradients[l], values[l], rows * point.in(l));
      }
      steps[l].update(gradients[l + 1], values[l], weights[l]);
      BlasElementwise.addColumnSums(biases[l], -learningRate, gradients[l + 1], rows, point.out(l));
    }
  }

  @Override
  public float[] output() {
    return values[point.layers()]
        .asSlice(0, (long) rows * point.outputs() * Float.BYTES)
        .toArray(ValueLayout.JAVA_FLOAT);
  }

  @Override
  public void close() {
    for (BlasLayer step : steps) {
      step.close();
    }
  }
}
