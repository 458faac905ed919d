package dev.lanewise.jmh.peers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The training step around a {@link Blas}, as fast as we can write it: the update is a part of the
 * weight gradient's product, a single sample takes products of vectors, and {@link BlasElementwise}
 * does the rest.
 */
final class BlasNet implements Net {
  private final Blas blas;
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
    weights = new MemorySegment[layers];
    biases = new MemorySegment[layers];
    values = new MemorySegment[layers + 1];
    gradients = new MemorySegment[layers + 1];
    for (int l = 0; l < layers; l++) {
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
      int in = point.in(l);
      int out = point.out(l);
      if (rows == 1) {
        blas.gemv(false, out, in, weights[l], values[l], values[l + 1]);
      } else {
        blas.gemm(false, true, rows, out, in, 1, values[l], weights[l], 0, values[l + 1]);
      }
      boolean last = l == point.layers() - 1;
      BlasElementwise.addBias(values[l + 1], biases[l], rows, out, !last);
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
        inputGradient(l);
        BlasElementwise.zeroWhereZero(gradients[l], values[l], rows * point.in(l));
      }
      update(l);
      BlasElementwise.addColumnSums(biases[l], -learningRate, gradients[l + 1], rows, point.out(l));
    }
  }

  private void inputGradient(int l) {
    int in = point.in(l);
    int out = point.out(l);
    if (rows == 1) {
      blas.gemv(true, out, in, weights[l], gradients[l + 1], gradients[l]);
    } else {
      blas.gemm(false, false, rows, in, out, 1, gradients[l + 1], weights[l], 0, gradients[l]);
    }
  }

  private void update(int l) {
    int in = point.in(l);
    int out = point.out(l);
    if (rows == 1) {
      blas.ger(out, in, -learningRate, gradients[l + 1], values[l], weights[l]);
    } else {
      blas.gemm(
          true, false, out, in, rows, -learningRate, gradients[l + 1], values[l], 1, weights[l]);
    }
  }

  @Override
  public float[] output() {
    return values[point.layers()]
        .asSlice(0, (long) rows * point.outputs() * Float.BYTES)
        .toArray(ValueLayout.JAVA_FLOAT);
  }
}
