package dev.lanewise.spark;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Parameters: which layers the network has. */
public interface NetworkParams extends Params {
  /** {@return the nodes of hidden layers} Default: 64,64. */
  default Param<String> hiddenLayers() {
    return Parameter.text(
        this,
        "hiddenLayers",
        "nodes of each hidden layer, with commas between them; empty for no hidden layer",
        "(\\s*[1-9]\\d{0,8}\\s*(,\\s*[1-9]\\d{0,8}\\s*)*)?",
        "numbers of at least 1 with commas between them, such as '128' or '300,100'");
  }

  /** {@return the nodes of hidden layers, such as "128,64"} */
  default String getHiddenLayers() {
    return getOrDefault(hiddenLayers());
  }

  /** {@return the activation of hidden layers} Default: relu. */
  default Param<String> activation() {
    return Parameter.word(
        this, "activation", "the activation of hidden layers", ActivationName.class);
  }

  /** {@return the activation of hidden layers} */
  default String getActivation() {
    return getOrDefault(activation());
  }

  /** {@return what normalises hidden layers} Default: none. */
  default Param<String> norm() {
    return Parameter.word(this, "norm", "normalises hidden layers", NetworkPlan.Norm.class);
  }

  /** {@return what normalises hidden layers} */
  default String getNorm() {
    return getOrDefault(norm());
  }

  /** {@return the part of hidden layers' outputs that training drops} Default: 0. */
  default DoubleParam dropout() {
    return Parameter.fraction(
        this, "dropout", "the part of the hidden layers' outputs that training drops");
  }

  /** {@return the part of hidden layers' outputs that training drops} */
  default double getDropout() {
    return (Double) getOrDefault(dropout());
  }

  /** {@return whether there are skip connections} Default: false. */
  default BooleanParam residual() {
    return Parameter.flag(
        this, "residual", "skip connections around hidden layers as wide as the one before");
  }

  /** {@return whether there are skip connections} */
  default boolean getResidual() {
    return (Boolean) getOrDefault(residual());
  }

  /** {@return whether the network standardises its inputs} Default: true. */
  default BooleanParam standardize() {
    return Parameter.flag(
        this,
        "standardize",
        "whether the network's first layer brings each feature to mean 0 and standard deviation 1;"
            + " without it sparse vectors stay sparse");
  }

  /** {@return whether the network standardises its inputs} */
  default boolean getStandardize() {
    return (Boolean) getOrDefault(standardize());
  }
}
