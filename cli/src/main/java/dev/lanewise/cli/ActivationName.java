package dev.lanewise.cli;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Init;

/** The functions of hidden layers that can be chosen, each with how weights are drawn for it. */
enum ActivationName {
  RELU(Activation.RELU, Init.HE),
  TANH(Activation.TANH, Init.XAVIER),
  SIGMOID(Activation.SIGMOID, Init.XAVIER);

  /** For descriptions of options, which must be constants. */
  static final String NAMES = "relu, tanh or sigmoid";

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
