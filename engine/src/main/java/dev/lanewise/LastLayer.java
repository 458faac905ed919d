package dev.lanewise;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Loss;
import java.util.List;

/** Which losses make sense for what a network's last layer gives. */
final class LastLayer {
  private LastLayer() {}

  /**
   * Checks that what a network gives can minimise a loss.
   *
   * @throws IllegalArgumentException if not
   */
  static void require(List<Layer> layers, Loss loss) {
    int last = layers.size() - 1;
    while (last > 0 && layers.get(last) instanceof Dropout) {
      last--;
    }
    Layer layer = layers.get(last);
    Activation.Kind kind = layer.activation().kind();
    if (kind == Activation.Kind.SOFTMAX && layer.out() == 1) {
      throw new IllegalArgumentException(
          "softmax of one output is always 1: end the network with one output of"
              + " Activation.SIGMOID for yes or no, or with an output for each class");
    }
    if (!(loss instanceof Loss.Standard standard)) {
      return;
    }
    boolean fused = last == layers.size() - 1;
    switch (standard.kind()) {
      case SOFTMAX_CROSS_ENTROPY -> {
        if (layer.out() == 1) {
          throw new IllegalArgumentException(
              "softmax cross-entropy needs an output for each class, but the network has one: use"
                  + " Loss.BINARY_CROSS_ENTROPY with Activation.SIGMOID for yes or no");
        }
        if (isBounded(kind) || (kind == Activation.Kind.SOFTMAX && !fused)) {
          throw refused("softmax cross-entropy", "SOFTMAX, or IDENTITY for logits", kind);
        }
      }
      case BINARY_CROSS_ENTROPY -> {
        if (!isUnbounded(kind) && !(kind == Activation.Kind.SIGMOID && fused)) {
          throw refused("binary cross-entropy", "SIGMOID, or IDENTITY for logits", kind);
        }
      }
      case POISSON -> {
        if (!isUnbounded(kind)) {
          throw refused("the Poisson loss", "IDENTITY, for logarithms of counts", kind);
        }
      }
      case SQUARED_ERROR, MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR, HUBER, QUANTILE -> {}
    }
  }

  /** Whether results stay within some distance of each other. */
  private static boolean isBounded(Activation.Kind kind) {
    return kind == Activation.Kind.SIGMOID || kind == Activation.Kind.TANH;
  }

  /** Whether results have no least and no largest value. */
  private static boolean isUnbounded(Activation.Kind kind) {
    return kind == Activation.Kind.IDENTITY || kind == Activation.Kind.LEAKY_RELU;
  }

  private static IllegalArgumentException refused(
      String loss, String expected, Activation.Kind kind) {
    return new IllegalArgumentException(
        loss
            + " makes no sense of what "
            + kind
            + " gives, the activation of the last layer: end the network with "
            + expected
            + ", or choose another loss, such as Loss.MEAN_SQUARED_ERROR");
  }
}
