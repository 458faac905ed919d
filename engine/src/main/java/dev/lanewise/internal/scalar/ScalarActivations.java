package dev.lanewise.internal.scalar;

import static dev.lanewise.internal.scalar.Fma.fma;

import dev.lanewise.model.Activation;

/** The reference for activations of one element, and for their derivatives. */
final class ScalarActivations {
  private ScalarActivations() {}

  /** Returns {@code f(x)}. */
  static float value(Activation f, float x) {
    return switch (f.kind()) {
      case IDENTITY -> x;
      case RELU -> x <= 0 ? 0 : x;
      case SIGMOID -> ScalarMath.sigmoid(x);
      case TANH -> ScalarMath.tanh(x);
      case LEAKY_RELU -> x > 0 ? x : f.parameter() * x;
      case ELU -> elu(x, 1, f.parameter());
      case SELU -> elu(x, ScalarMath.SELU_SCALE, ScalarMath.SELU_FLOOR);
      case GELU -> ScalarErf.gelu(x);
      case GELU_TANH -> ScalarGates.geluTanh(x);
      case SILU -> ScalarGates.silu(x);
      case SOFTPLUS -> ScalarLogarithms.softplus(x);
      case SOFTMAX -> throw ofSeveral(f);
    };
  }

  /**
   * Returns {@code d f'(x)}, from {@code x} if the function needs it, otherwise from its result.
   */
  static float gradient(Activation f, float xOrY, float d) {
    return switch (f.kind()) {
      case IDENTITY -> d;
      case RELU -> xOrY > 0 ? d : 0;
      case SIGMOID -> d * (xOrY * (1 - xOrY));
      case TANH -> d * fma(-xOrY, xOrY, 1);
      case LEAKY_RELU -> xOrY > 0 ? d : f.parameter() * d;
      case ELU -> d * (xOrY > 0 ? 1 : xOrY + f.parameter());
      case SELU -> d * (xOrY > 0 ? ScalarMath.SELU_SCALE : xOrY + ScalarMath.SELU_FLOOR);
      case GELU -> d * ScalarErf.geluSlope(xOrY);
      case GELU_TANH -> d * ScalarGates.geluTanhSlope(xOrY);
      case SILU -> d * ScalarGates.siluSlope(xOrY);
      case SOFTPLUS -> d * -ScalarMath.expm1(-xOrY);
      case SOFTMAX -> throw ofSeveral(f);
    };
  }

  private static float elu(float x, float right, float left) {
    return x > 0 ? right * x : left * ScalarMath.expm1(x);
  }

  private static IllegalArgumentException ofSeveral(Activation f) {
    return new IllegalArgumentException(f + " is a function of several elements");
  }
}
