package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;

/** From the names of activations to their kernels. */
final class Activations {
  private Activations() {}

  /** Applies an activation other than softmax to {@code n} sums in place. */
  static void apply(
      Activation activation,
      Kernels kernels,
      int n,
      float[] z,
      int zOffset,
      float[] y,
      int yOffset) {
    switch (activation.kind()) {
      case RELU -> kernels.relu(n, z, zOffset, y, yOffset);
      case SIGMOID -> kernels.sigmoid(n, z, zOffset, y, yOffset);
      case TANH -> kernels.tanh(n, z, zOffset, y, yOffset);
      case IDENTITY, SOFTMAX -> {}
    }
  }

  /** Multiplies {@code n} gradients by the derivative of an activation other than softmax. */
  static void gradient(
      Activation activation,
      Kernels kernels,
      int n,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset) {
    switch (activation.kind()) {
      case RELU -> kernels.reluGradient(n, y, yOffset, dy, dyOffset);
      case SIGMOID -> kernels.sigmoidGradient(n, y, yOffset, dy, dyOffset);
      case TANH -> kernels.tanhGradient(n, y, yOffset, dy, dyOffset);
      case IDENTITY, SOFTMAX -> {}
    }
  }
}
