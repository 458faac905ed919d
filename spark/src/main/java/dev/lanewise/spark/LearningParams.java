package dev.lanewise.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Parameters: from which rows the network learns, and how a step changes it. */
public interface LearningParams extends Params {
  /** {@return the column of rows' weights} Not set: every row counts the same. */
  default Param<String> weightCol() {
    return Parameter.column(
        this, "weightCol", "the column of rows' weights; if not set or empty, all weigh 1");
  }

  /** {@return the column of rows' weights; empty for none} */
  default String getWeightCol() {
    return isDefined(weightCol()) ? getOrDefault(weightCol()) : "";
  }

  /** {@return the column that tells rows for validation} Not set: there are none. */
  default Param<String> validationIndicatorCol() {
    return Parameter.column(
        this,
        "validationIndicatorCol",
        "the column that is true for rows that are not learned from but tell the loss after each"
            + " round; if not set or empty, there are none");
  }

  /** {@return the column that tells rows for validation; empty for none} */
  default String getValidationIndicatorCol() {
    return isDefined(validationIndicatorCol()) ? getOrDefault(validationIndicatorCol()) : "";
  }

  /** {@return what makes steps of gradients} Default: adamw. */
  default Param<String> optimizer() {
    return Parameter.word(this, "optimizer", "what makes steps of gradients", OptimizerName.class);
  }

  /** {@return what makes steps of gradients} */
  default String getOptimizer() {
    return getOrDefault(optimizer());
  }

  /** {@return the learning rate} Not set: that which is usual for the optimizer. */
  default DoubleParam learningRate() {
    return Parameter.aboveZero(
        this,
        "learningRate",
        "the learning rate; if not set 0.1 for sgd, 0.01 for momentum, nesterov and adagrad, 0.0003"
            + " for lion, else 0.001");
  }

  /** {@return the learning rate, the optimizer's usual one if not set} */
  default double getLearningRate() {
    return isDefined(learningRate())
        ? (Double) getOrDefault(learningRate())
        : OptimizerName.of(this).learningRate();
  }

  /** {@return the decay of weights} Not set: that which is usual for the optimizer. */
  default DoubleParam weightDecay() {
    return Parameter.atLeastZero(
        this,
        "weightDecay",
        "decay of weights, not of biases; decoupled from the gradient for adamw and lion; if not"
            + " set 0.01 for these two, 0 for others");
  }

  /** {@return the decay of weights, the optimizer's usual one if not set} */
  default double getWeightDecay() {
    return isDefined(weightDecay())
        ? (Double) getOrDefault(weightDecay())
        : OptimizerName.of(this).weightDecay();
  }

  /** {@return how the learning rate changes} Default: cosine. */
  default Param<String> schedule() {
    return Parameter.word(
        this,
        "schedule",
        "how the learning rate changes over all rounds; exponential ends at a hundredth",
        LearningPlan.ScheduleName.class);
  }

  /** {@return how the learning rate changes} */
  default String getSchedule() {
    return getOrDefault(schedule());
  }

  /** {@return the limit of gradients' norm} Not set: no limit. */
  default DoubleParam clipNorm() {
    return Parameter.aboveZero(
        this, "clipNorm", "the limit of the norm of gradients; if not set there is none");
  }

  /** {@return the limit of gradients' norm, infinity if not set} */
  default double getClipNorm() {
    return isDefined(clipNorm()) ? (Double) getOrDefault(clipNorm()) : Double.POSITIVE_INFINITY;
  }
}
