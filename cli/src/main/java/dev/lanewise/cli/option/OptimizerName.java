package dev.lanewise.cli.option;

import dev.lanewise.cli.text.Words;
import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;

/** The optimizers that can be chosen, each with its usual learning rate and weight decay. */
enum OptimizerName {
  SGD(0.1f, 0),
  MOMENTUM(0.01f, 0),
  NESTEROV(0.01f, 0),
  ADAM(0.001f, 0),
  ADAMW(0.001f, 0.01f),
  RMSPROP(0.001f, 0),
  ADAGRAD(0.01f, 0),
  LION(0.0003f, 0.01f);

  private static final float MOMENTUM_OF_BOTH = 0.9f;

  private final float learningRate;
  private final float weightDecay;

  OptimizerName(float learningRate, float weightDecay) {
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
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

  float learningRate() {
    return learningRate;
  }

  float weightDecay() {
    return weightDecay;
  }

  @Override
  public String toString() {
    return Words.of(this);
  }
}
