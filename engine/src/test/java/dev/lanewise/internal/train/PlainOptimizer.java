package dev.lanewise.internal.train;

import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;

/**
 * One parameter under an optimizer, in double precision, line by line as PyTorch's documentation
 * (and for Lion the paper's listing) writes it down. It keeps the largest step, for error bounds.
 */
final class PlainOptimizer {
  double w;
  double largestWeight;
  double largestStep;
  private final Optimizer optimizer;
  private int t;
  private double first;
  private double second;
  private double third;

  PlainOptimizer(Optimizer optimizer, double w) {
    this.optimizer = optimizer;
    this.w = w;
    if (optimizer instanceof AdaGrad adaGrad) {
      second = adaGrad.initialSum();
    }
  }

  void step(double rate, double gradient, double l1, double l2, double decay) {
    t++;
    w -= rate * decay * w;
    double step = direction(gradient + l2 * w + l1 * Math.signum(w));
    largestStep = Math.max(largestStep, Math.abs(step));
    largestWeight = Math.max(largestWeight, Math.abs(w));
    w -= rate * step;
  }

  @SuppressWarnings("IfChainToSwitch") // A switch over types is not in Java 17.
  private double direction(double g) {
    if (optimizer instanceof Sgd sgd) {
      double momentum = sgd.momentum();
      first = t == 1 ? g : momentum * first + g;
      return sgd.nesterov() ? g + momentum * first : first;
    } else if (optimizer instanceof Adam adam) {
      return adam(adam.beta1(), adam.beta2(), adam.epsilon(), g);
    } else if (optimizer instanceof AdamW adamW) {
      return adam(adamW.beta1(), adamW.beta2(), adamW.epsilon(), g);
    } else if (optimizer instanceof RmsProp rmsProp) {
      return rmsProp(rmsProp, g);
    } else if (optimizer instanceof AdaGrad adaGrad) {
      second += g * g;
      return g / (Math.sqrt(second) + adaGrad.epsilon());
    } else {
      Lion lion = (Lion) optimizer;
      double c = lion.beta1() * first + (1.0 - lion.beta1()) * g;
      first = lion.beta2() * first + (1.0 - lion.beta2()) * g;
      return Math.signum(c);
    }
  }

  private double adam(double beta1, double beta2, double epsilon, double g) {
    first = beta1 * first + (1 - beta1) * g;
    second = beta2 * second + (1 - beta2) * g * g;
    double mean = first / (1 - Math.pow(beta1, t));
    double square = second / (1 - Math.pow(beta2, t));
    return mean / (Math.sqrt(square) + epsilon);
  }

  private double rmsProp(RmsProp rmsProp, double g) {
    double alpha = rmsProp.alpha();
    second = alpha * second + (1 - alpha) * g * g;
    double spread = second;
    if (rmsProp.isCentered()) {
      first = alpha * first + (1 - alpha) * g;
      spread -= first * first;
    }
    double step = g / (Math.sqrt(spread) + rmsProp.epsilon());
    if (rmsProp.momentum() > 0) {
      third = rmsProp.momentum() * third + step;
      return third;
    }
    return step;
  }
}
