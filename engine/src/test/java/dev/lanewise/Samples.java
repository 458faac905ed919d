package dev.lanewise;

import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import java.util.List;
import java.util.zip.CRC32C;

/** Numbers and networks that tests work on. */
public final class Samples {
  private Samples() {}

  /** Numbers between -1 and 1. */
  public static float[] numbers(int n, long seed) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = 2 * SplitMix64.uniform(seed, i) - 1;
    }
    return numbers;
  }

  /** Rows of positive numbers that add up to about one. */
  public static float[] probabilities(int rows, int columns, long seed) {
    float[] t = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      float sum = 0;
      for (int j = 0; j < columns; j++) {
        t[r * columns + j] = SplitMix64.uniform(seed, r * columns + j) + 0.01f;
        sum += t[r * columns + j];
      }
      for (int j = 0; j < columns; j++) {
        t[r * columns + j] /= sum;
      }
    }
    return t;
  }

  /** Every loss of ours, those with a parameter with a usual one. */
  public static List<Loss.Standard> losses() {
    return List.of(
        Loss.SQUARED_ERROR,
        Loss.MEAN_SQUARED_ERROR,
        Loss.MEAN_ABSOLUTE_ERROR,
        Loss.huber(0.375f),
        Loss.quantile(0.9f),
        Loss.BINARY_CROSS_ENTROPY,
        Loss.binaryCrossEntropy(3),
        Loss.SOFTMAX_CROSS_ENTROPY,
        Loss.softmaxCrossEntropy(0.1f),
        Loss.POISSON);
  }

  /** An activation of a kind, with a parameter that is not the usual one. */
  public static Activation activation(Activation.Kind kind) {
    return switch (kind) {
      case LEAKY_RELU -> Activation.leakyRelu(0.25f);
      case ELU -> Activation.elu(1.5f);
      default -> new Activation(kind, 0);
    };
  }

  /** A network whose widths are multiples of no vector or tile. */
  static Network odd(Activation hidden, Activation last, Backend backend) {
    return Network.builder(33)
        .dense(77, hidden)
        .dense(129, hidden, false)
        .dense(5, last)
        .initializer(Initializer.XAVIER, 11)
        .backend(backend)
        .build();
  }

  /** A network with every type of layer, whose widths are multiples of no vector or tile. */
  static Network everyLayer(Backend backend) {
    return everyLayer(33, 77, 5, backend);
  }

  /** A network with every type of layer. */
  static Network everyLayer(int inputs, int width, int outputs, Backend backend) {
    Network network =
        Network.builder(inputs)
            .normalization()
            .dense(width, Activation.RELU)
            .batchNorm(Activation.IDENTITY)
            .dense(width, Activation.TANH)
            .dropout(0.25f)
            .residual(2, Activation.RELU)
            .dense(width / 2, Activation.IDENTITY, false)
            .layerNorm(Activation.SIGMOID)
            .dense(inputs, Activation.IDENTITY)
            .residual(8, Activation.TANH)
            .dense(outputs, Activation.IDENTITY)
            .initializer(Initializer.XAVIER, 11)
            .backend(backend)
            .build();
    float[] scaling = numbers(2 * inputs, 12);
    for (int i = inputs; i < scaling.length; i++) {
      scaling[i] += 2;
    }
    network.setBuffers(0, scaling);
    return network;
  }

  static long checksum(float[] numbers) {
    CRC32C crc = new CRC32C();
    for (float number : numbers) {
      int bits = Float.floatToRawIntBits(number);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        crc.update(bits >>> shift);
      }
    }
    return crc.getValue();
  }
}
