package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Activation.Kind;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A loss that makes no sense of what the last layer gives is refused when the trainer is made. */
class LastLayerTest {
  private static Trainer trainer(int outputs, Activation last, Loss loss) {
    Network network = Network.builder(2).dense(outputs, last).build();
    return new Trainer(network, loss, new Sgd(0.1f), 1);
  }

  private static Set<Kind> refused(Loss.Standard loss) {
    EnumSet<Kind> unbounded = EnumSet.of(Kind.IDENTITY, Kind.LEAKY_RELU);
    EnumSet<Kind> bounded = EnumSet.complementOf(unbounded);
    return switch (loss.kind()) {
      case SOFTMAX_CROSS_ENTROPY -> EnumSet.of(Kind.SIGMOID, Kind.TANH);
      case BINARY_CROSS_ENTROPY -> {
        bounded.remove(Kind.SIGMOID);
        yield bounded;
      }
      case POISSON -> bounded;
      default -> EnumSet.noneOf(Kind.class);
    };
  }

  @Test
  void pairsThatMakeSenseAreTakenAndNoOthers() {
    for (Loss.Standard loss : Samples.losses()) {
      for (Kind kind : Kind.values()) {
        Activation last = Samples.activation(kind);
        if (refused(loss).contains(kind)) {
          String message =
              assertThrows(IllegalArgumentException.class, () -> trainer(3, last, loss))
                  .getMessage();
          assertTrue(message.contains(" makes no sense of what " + kind + " gives"), message);
        } else {
          trainer(3, last, loss).close();
        }
      }
    }
  }

  @Test
  void theMessageSaysWhatToUse() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> trainer(3, Activation.SIGMOID, Loss.SOFTMAX_CROSS_ENTROPY));
    assertEquals(
        "softmax cross-entropy makes no sense of what SIGMOID gives, the activation of the last"
            + " layer: end the network with SOFTMAX, or IDENTITY for logits, or choose another"
            + " loss, such as Loss.MEAN_SQUARED_ERROR",
        e.getMessage());
  }

  @Test
  void oneOutputIsNoClassAmongSeveral() {
    for (Loss loss : new Loss[] {Loss.MEAN_SQUARED_ERROR, Loss.SOFTMAX_CROSS_ENTROPY}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> trainer(1, Activation.SOFTMAX, loss))
              .getMessage();
      assertTrue(message.startsWith("softmax of one output is always 1"), message);
    }
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> trainer(1, Activation.IDENTITY, Loss.SOFTMAX_CROSS_ENTROPY))
            .getMessage();
    assertTrue(message.contains("use Loss.BINARY_CROSS_ENTROPY with Activation.SIGMOID"), message);
  }

  @Test
  void aDropoutAtTheEndHidesNothing() {
    Network network = Network.builder(2).dense(3, Activation.SIGMOID).dropout(0.5f).build();
    assertThrows(
        IllegalArgumentException.class,
        () -> new Trainer(network, Loss.BINARY_CROSS_ENTROPY, new Sgd(1), 1));
    new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(1), 1).close();
  }
}
