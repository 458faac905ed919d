package dev.lanewise.spark;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Param;

/**
 * Sets the parameters that both estimators have. A value that cannot be is refused by an {@link
 * IllegalArgumentException} that names it and what is allowed.
 *
 * @param <E> the estimator, which every method returns
 */
public interface LanewiseEstimator<E extends LanewiseEstimator<E>> extends LanewiseParams {
  @SuppressWarnings("unchecked") // An E, by the bound of E.
  private <T> E with(Param<T> param, T value) {
    set(param, value);
    return (E) this;
  }

  /**
   * Sets {@code hiddenLayers}.
   *
   * @param value nodes of each hidden layer, such as "128,64"; empty for none
   * @return this estimator
   */
  default E setHiddenLayers(String value) {
    return with(hiddenLayers(), value);
  }

  /**
   * Sets {@code hiddenLayers}.
   *
   * @param nodes of each hidden layer, at least 1
   * @return this estimator
   */
  default E setHiddenLayers(int... nodes) {
    return setHiddenLayers(
        IntStream.of(nodes).mapToObj(Integer::toString).collect(Collectors.joining(",")));
  }

  /**
   * Sets {@code activation}.
   *
   * @param value the activation of hidden layers
   * @return this estimator
   */
  default E setActivation(String value) {
    return with(activation(), value);
  }

  /**
   * Sets {@code norm}.
   *
   * @param value none, layer or batch
   * @return this estimator
   */
  default E setNorm(String value) {
    return with(norm(), value);
  }

  /**
   * Sets {@code dropout}.
   *
   * @param value the part of hidden layers' outputs that training drops, at least 0 and below 1
   * @return this estimator
   */
  default E setDropout(double value) {
    return with(dropout(), value);
  }

  /**
   * Sets {@code residual}.
   *
   * @param value whether there are skip connections around layers as wide as the one before
   * @return this estimator
   */
  default E setResidual(boolean value) {
    return with(residual(), value);
  }

  /**
   * Sets {@code standardize}.
   *
   * @param value whether the network standardises its inputs
   * @return this estimator
   */
  default E setStandardize(boolean value) {
    return with(standardize(), value);
  }

  /**
   * Sets {@code weightCol}.
   *
   * @param value the column of rows' weights; empty for none
   * @return this estimator
   */
  default E setWeightCol(String value) {
    return with(weightCol(), value);
  }

  /**
   * Sets {@code validationIndicatorCol}.
   *
   * @param value the column that is true for rows for validation; empty for none
   * @return this estimator
   */
  default E setValidationIndicatorCol(String value) {
    return with(validationIndicatorCol(), value);
  }

  /**
   * Sets {@code optimizer}.
   *
   * @param value what makes steps of gradients
   * @return this estimator
   */
  default E setOptimizer(String value) {
    return with(optimizer(), value);
  }

  /**
   * Sets {@code learningRate}.
   *
   * @param value the learning rate, above 0
   * @return this estimator
   */
  default E setLearningRate(double value) {
    return with(learningRate(), value);
  }

  /**
   * Sets {@code weightDecay}.
   *
   * @param value decay of weights, at least 0
   * @return this estimator
   */
  default E setWeightDecay(double value) {
    return with(weightDecay(), value);
  }

  /**
   * Sets {@code schedule}.
   *
   * @param value constant, cosine, one-cycle or exponential
   * @return this estimator
   */
  default E setSchedule(String value) {
    return with(schedule(), value);
  }

  /**
   * Sets {@code clipNorm}.
   *
   * @param value the limit of the norm of gradients, above 0
   * @return this estimator
   */
  default E setClipNorm(double value) {
    return with(clipNorm(), value);
  }

  /**
   * Sets {@code rounds}.
   *
   * @param value how many rounds, at least 1
   * @return this estimator
   */
  default E setRounds(int value) {
    return with(rounds(), value);
  }

  /**
   * Sets {@code roundSteps}.
   *
   * @param value how many steps each shard makes in a round; 0 for all its rows
   * @return this estimator
   */
  default E setRoundSteps(int value) {
    return with(roundSteps(), value);
  }

  /**
   * Sets {@code batchSize}.
   *
   * @param value how many rows a step takes from all shards, a multiple of these
   * @return this estimator
   */
  default E setBatchSize(int value) {
    return with(batchSize(), value);
  }

  /**
   * Sets {@code shards}.
   *
   * @param value into how many shards rows are dealt, a power of two
   * @return this estimator
   */
  default E setShards(int value) {
    return with(shards(), value);
  }

  /**
   * Sets {@code tasks}.
   *
   * @param value how many tasks train in a round; 0 for as many as there are slots
   * @return this estimator
   */
  default E setTasks(int value) {
    return with(tasks(), value);
  }

  /**
   * Sets {@code outerMomentum}.
   *
   * @param value at least 0 and below 1
   * @return this estimator
   */
  default E setOuterMomentum(double value) {
    return with(outerMomentum(), value);
  }

  /**
   * Sets {@code seed}.
   *
   * @param value any number
   * @return this estimator
   */
  default E setSeed(long value) {
    return with(seed(), value);
  }

  /**
   * Sets {@code checkpointDir}.
   *
   * @param value a directory on any Hadoop file system; empty for none
   * @return this estimator
   */
  default E setCheckpointDir(String value) {
    return with(checkpointDir(), value);
  }

  /**
   * Sets {@code checkpointInterval}.
   *
   * @param value after how many rounds a checkpoint is written, at least 1
   * @return this estimator
   */
  default E setCheckpointInterval(int value) {
    return with(checkpointInterval(), value);
  }
}
