package dev.lanewise.spark;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;

/** The functions of hidden layers that can be chosen, each with how weights are drawn for it. */
enum ActivationName {
  RELU(Activation.RELU, Initializer.HE),
  LEAKY_RELU(Activation.leakyRelu(0.01f), Initializer.HE),
  ELU(Activation.elu(1), Initializer.HE),
  SELU(Activation.SELU, Initializer.XAVIER),
  GELU(Activation.GELU, Initializer.HE),
  SILU(Activation.SILU, Initializer.HE),
  SOFTPLUS(Activation.SOFTPLUS, Initializer.HE),
  TANH(Activation.TANH, Initializer.XAVIER),
  SIGMOID(Activation.SIGMOID, Initializer.XAVIER);

  @SuppressWarnings("ImmutableEnumChecker") // An activation, a record, cannot be changed.
  private final Activation activation;

  private final Initializer initializer;

  ActivationName(Activation activation, Initializer initializer) {
    this.activation = activation;
    this.initializer = initializer;
  }

  Activation activation() {
    return activation;
  }

  Initializer initializer() {
    return initializer;
  }
}
