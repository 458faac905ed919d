package dev.lanewise.internal.train;

import dev.lanewise.kernel.ActivationKernels;
import dev.lanewise.model.Activation;

/** From the names of activations to their kernels. */
final class Activations {
  private Activations() {}

  /**
   * Applies an activation other than softmax to {@code n} sums {@code z}, giving the results {@code
   * y}, which may lie where the sums do.
   */
  @SuppressWarnings("ReferenceEquality") // Only the same array needs no copy.
  static void apply(
      Activation activation,
      ActivationKernels kernels,
      int n,
      float[] z,
      int zOffset,
      float[] y,
      int yOffset) {
    float parameter = activation.parameter();
    switch (activation.kind()) {
      case RELU -> kernels.relu(n, z, zOffset, y, yOffset);
      case SIGMOID -> kernels.sigmoid(n, z, zOffset, y, yOffset);
      case TANH -> kernels.tanh(n, z, zOffset, y, yOffset);
      case LEAKY_RELU -> kernels.leakyRelu(n, parameter, z, zOffset, y, yOffset);
      case ELU -> kernels.elu(n, parameter, z, zOffset, y, yOffset);
      case SELU -> kernels.selu(n, z, zOffset, y, yOffset);
      case GELU -> kernels.gelu(n, z, zOffset, y, yOffset);
      case GELU_TANH -> kernels.geluTanh(n, z, zOffset, y, yOffset);
      case SILU -> kernels.silu(n, z, zOffset, y, yOffset);
      case SOFTPLUS -> kernels.softplus(n, z, zOffset, y, yOffset);
      case IDENTITY, SOFTMAX -> {
        if (z != y || zOffset != yOffset) {
          System.arraycopy(z, zOffset, y, yOffset, n);
        }
      }
    }
  }

  /**
   * Multiplies {@code n} gradients by the derivative of an activation other than softmax.
   *
   * @param zOrY the sums if the activation {@link Activation#needsSums}, otherwise the results
   */
  static void gradient(
      Activation activation,
      ActivationKernels kernels,
      int n,
      float[] zOrY,
      int offset,
      float[] dy,
      int dyOffset) {
    float parameter = activation.parameter();
    switch (activation.kind()) {
      case RELU -> kernels.reluGradient(n, zOrY, offset, dy, dyOffset);
      case SIGMOID -> kernels.sigmoidGradient(n, zOrY, offset, dy, dyOffset);
      case TANH -> kernels.tanhGradient(n, zOrY, offset, dy, dyOffset);
      case LEAKY_RELU -> kernels.leakyReluGradient(n, parameter, zOrY, offset, dy, dyOffset);
      case ELU -> kernels.eluGradient(n, parameter, zOrY, offset, dy, dyOffset);
      case SELU -> kernels.seluGradient(n, zOrY, offset, dy, dyOffset);
      case GELU -> kernels.geluGradient(n, zOrY, offset, dy, dyOffset);
      case GELU_TANH -> kernels.geluTanhGradient(n, zOrY, offset, dy, dyOffset);
      case SILU -> kernels.siluGradient(n, zOrY, offset, dy, dyOffset);
      case SOFTPLUS -> kernels.softplusGradient(n, zOrY, offset, dy, dyOffset);
      case IDENTITY, SOFTMAX -> {}
    }
  }
}
