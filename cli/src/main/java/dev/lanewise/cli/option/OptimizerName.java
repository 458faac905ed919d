package dev.lanewise.cli.option;

import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;

/** The optimizers that can be chosen, each with its usual learning rate and weight decay. */
enum OptimizerName {
  SGD(0.1f, 0) {
    @Override
    Optimizer with(float rate, float decay) {
      return new Sgd(rate, 0, false, decay);
    }
  },
  MOMENTUM(0.01f, 0) {
    @Override
    Optimizer with(float rate, float decay) {
      return new Sgd(rate, 0.9f, false, decay);
    }
  },
  NESTEROV(0.01f, 0) {
    @Override
    Optimizer with(float rate, float decay) {
      return new Sgd(rate, 0.9f, true, decay);
    }
  },
  ADAM(0.001f, 0) {
    @Override
    Optimizer with(float rate, float decay) {
      Adam usual = new Adam(rate);
      return new Adam(rate, usual.beta1(), usual.beta2(), usual.epsilon(), decay);
    }
  },
  ADAMW(0.001f, 0.01f) {
    @Override
    Optimizer with(float rate, float decay) {
      AdamW usual = new AdamW(rate);
      return new AdamW(rate, usual.beta1(), usual.beta2(), usual.epsilon(), decay);
    }
  },
  RMSPROP(0.001f, 0) {
    @Override
    Optimizer with(float rate, float decay) {
      RmsProp usual = new RmsProp(rate);
      return new RmsProp(rate, usual.alpha(), usual.epsilon(), 0, false, decay);
    }
  },
  ADAGRAD(0.01f, 0) {
    @Override
    Optimizer with(float rate, float decay) {
      return new AdaGrad(rate, new AdaGrad(rate).epsilon(), 0, decay);
    }
  },
  LION(0.0003f, 0.01f) {
    @Override
    Optimizer with(float rate, float decay) {
      Lion usual = new Lion(rate);
      return new Lion(rate, usual.beta1(), usual.beta2(), decay);
    }
  };

  private final float learningRate;
  private final float weightDecay;

  OptimizerName(float learningRate, float weightDecay) {
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
  }

  abstract Optimizer with(float rate, float decay);

  float learningRate() {
    return learningRate;
  }

  float weightDecay() {
    return weightDecay;
  }
}
