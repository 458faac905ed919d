package dev.lanewise.spark;

import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;

/** The optimizers that can be chosen, each with its usual learning rate and weight decay. */
enum OptimizerName {
  SGD(0.1, 0),
  MOMENTUM(0.01, 0),
  NESTEROV(0.01, 0),
  ADAM(0.001, 0),
  ADAMW(0.001, 0.01),
  RMSPROP(0.001, 0),
  ADAGRAD(0.01, 0),
  LION(0.0003, 0.01);

  private static final float MOMENTUM_OF_BOTH = 0.9f;

  private final double learningRate;
  private final double weightDecay;

  OptimizerName(double learningRate, double weightDecay) {
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
  }

  static OptimizerName of(LearningParams params) {
    return Parameter.constant(OptimizerName.class, params.getOptimizer());
  }

  Optimizer with(float rate, float decay) {
    Optimizer usual =
        switch (this) {
          case SGD -> new Sgd(rate);
          case MOMENTUM -> new Sgd(rate).withMomentum(MOMENTUM_OF_BOTH);
          case NESTEROV -> new Sgd(rate).withNesterovMomentum(MOMENTUM_OF_BOTH);
          case ADAM -> new Adam(rate);
          case ADAMW -> new AdamW(rate);
          case RMSPROP -> new RmsProp(rate);
          case ADAGRAD -> new AdaGrad(rate);
          case LION -> new Lion(rate);
        };
    return usual.withWeightDecay(decay);
  }

  double learningRate() {
    return learningRate;
  }

  double weightDecay() {
    return weightDecay;
  }
}
