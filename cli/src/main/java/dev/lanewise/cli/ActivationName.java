package dev.lanewise.cli;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Init;

/** The functions of hidden layers that can be chosen, each with how weights are drawn for it. */
enum ActivationName {
  RELU(Activation.RELU, Init.HE),
  LEAKY_RELU(Activation.leakyRelu(0.01f), Init.HE),
  ELU(Activation.elu(1), Init.HE),
  SELU(Activation.SELU, Init.XAVIER),
  GELU(Activation.GELU, Init.HE),
  SILU(Activation.SILU, Init.HE),
  SOFTPLUS(Activation.SOFTPLUS, Init.HE),
  TANH(Activation.TANH, Init.XAVIER),
  SIGMOID(Activation.SIGMOID, Init.XAVIER);

  /** For descriptions of options, which must be constants. */
  static final String NAMES = "relu, leaky-relu, elu, selu, gelu, silu, softplus, tanh or sigmoid";

  @SuppressWarnings("ImmutableEnumChecker") // An activation, a record, cannot be changed.
  private final Activation activation;

  private final Init init;

  ActivationName(Activation activation, Init init) {
    this.activation = activation;
    this.init = init;
  }

  Activation activation() {
    return activation;
  }

  Init init() {
    return init;
  }
}
