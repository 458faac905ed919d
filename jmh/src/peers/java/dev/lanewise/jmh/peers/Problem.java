package dev.lanewise.jmh.peers;

import dev.lanewise.internal.random.SplitMix64;
import java.util.Arrays;

/**
 * What everyone computes: the initial parameters of a network, and batches of inputs and targets.
 *
 * <p>There are several batches, used in turn, so that neither caches nor branch predictors know the
 * next one by heart.
 */
final class Problem {
  final Point point;

  /** Weights {@code in x out} and bias of each layer, in the public order of Lanewise. */
  final float[] parameters;

  /** Inputs, {@code rows x in}, by batch. */
  final float[][] x;

  /** Targets, {@code rows x out}, by batch. */
  final float[][] targets;

  private Problem(Point point) {
    this.point = point;
    int batches = point.batch() == 1 ? 64 : 4;
    x = new float[batches][];
    targets = new float[batches][];
    for (int k = 0; k < batches; k++) {
      x[k] = symmetric(point.batch() * point.in(0), 1, 1000 + k);
      targets[k] = symmetric(point.batch() * point.outputs(), 1, 2000 + k);
    }
    parameters = new float[at(point.layers())];
    for (int l = 0; l < point.layers(); l++) {
      float scale = (float) Math.sqrt(6.0 / point.in(l));
      put(symmetric(point.in(l) * point.out(l), scale, l), at(l));
      put(symmetric(point.out(l), 0.1f, 100 + l), biasAt(l));
    }
  }

  /** Inputs and weights symmetric around zero: ReLU makes zeros of half of the hidden outputs. */
  static Problem usual(Point point) {
    return new Problem(point);
  }

  /** Inputs, weights and hidden outputs that are all above zero. */
  static Problem withoutZeros(Point point) {
    Problem problem = new Problem(point);
    for (float[] x : problem.x) {
      for (int i = 0; i < x.length; i++) {
        x[i] = 0.5f + x[i] / 2;
      }
    }
    for (int l = 0; l < point.layers(); l++) {
      for (int i = problem.at(l); i < problem.biasAt(l); i++) {
        problem.parameters[i] = Math.abs(problem.parameters[i]) / point.in(l);
      }
      for (int i = problem.biasAt(l); i < problem.at(l + 1); i++) {
        problem.parameters[i] = 0.1f;
      }
    }
    return problem;
  }

  /** The same, but half of the inputs and hidden outputs are zero. */
  static Problem halfZeros(Point point) {
    Problem problem = withoutZeros(point);
    for (int k = 0; k < problem.x.length; k++) {
      for (int i = 0; i < problem.x[k].length; i++) {
        if (SplitMix64.below(3000 + k, i, 2) == 0) {
          problem.x[k][i] = 0;
        }
      }
    }
    for (int l = 0; l < point.layers() - 1; l++) {
      for (int i = problem.biasAt(l); i < problem.at(l + 1); i++) {
        if (SplitMix64.below(4000 + l, i, 2) == 0) {
          problem.parameters[i] = -100;
        }
      }
    }
    return problem;
  }

  /** Returns a layer's weights the way the peers store them, {@code out x in}. */
  float[] weightsOutIn(int layer) {
    int in = point.in(layer);
    int out = point.out(layer);
    float[] transposed = new float[in * out];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        transposed[j * in + i] = parameters[at(layer) + i * out + j];
      }
    }
    return transposed;
  }

  float[] bias(int layer) {
    return Arrays.copyOfRange(parameters, biasAt(layer), at(layer + 1));
  }

  int batches() {
    return x.length;
  }

  /** Returns the mean squared error of outputs for a batch. */
  double loss(int k, float[] outputs) {
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      double error = (double) outputs[i] - targets[k][i];
      sum += error * error;
    }
    return sum / outputs.length;
  }

  /** Returns numbers from {@code [-scale, scale)}, the same ones for the same seed. */
  static float[] symmetric(int n, float scale, long seed) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (2 * SplitMix64.uniform(seed, i) - 1) * scale;
    }
    return values;
  }

  private void put(float[] values, int at) {
    System.arraycopy(values, 0, parameters, at, values.length);
  }

  private int at(int layer) {
    int at = 0;
    for (int l = 0; l < layer; l++) {
      at += (point.in(l) + 1) * point.out(l);
    }
    return at;
  }

  private int biasAt(int layer) {
    return at(layer) + point.in(layer) * point.out(layer);
  }
}
