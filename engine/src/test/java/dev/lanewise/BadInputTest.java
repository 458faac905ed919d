package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers get wrong is named, with what was expected, and nothing is half-done. */
class BadInputTest {
  private static final Class<?> ARGUMENT = IllegalArgumentException.class;
  private static final Class<?> INDEX = IndexOutOfBoundsException.class;
  private static final Class<?> STATE = IllegalStateException.class;
  private static final Class<?> NULL = NullPointerException.class;

  private final Network network =
      Network.builder(3).dense(4, Activation.RELU).dense(2, Activation.SOFTMAX, false).build();
  private final Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.5f));

  interface Mistake {
    void make(Network network, Trainer trainer);
  }

  private static Arguments row(Class<?> type, String message, Mistake mistake) {
    return Arguments.of(type, message, mistake);
  }

  private static float[] floats(int n) {
    return new float[n];
  }

  static Stream<Arguments> mistakes() {
    String three = "x must hold a positive multiple of 3 numbers (rows x 3), but holds ";
    return Stream.of(
        row(ARGUMENT, three + "4", (n, t) -> n.predict(floats(4))),
        row(ARGUMENT, three + "0", (n, t) -> n.predict(floats(0))),
        row(NULL, "x", (n, t) -> n.predict((float[]) null)),
        row(ARGUMENT, "rows must be at least 1, but was 0", (n, t) -> predict(n, 0, 0, 0)),
        row(ARGUMENT, "rows must be at least 1, but was -3", (n, t) -> predict(n, -3, 0, 0)),
        row(ARGUMENT, "x must hold 3 x 3 numbers from offset 0 on", (n, t) -> predict(n, 3, 0, 0)),
        row(ARGUMENT, "x must hold 2 x 3 numbers from offset 1 on", (n, t) -> predict(n, 2, 1, 0)),
        row(
            ARGUMENT,
            "x must hold 1 x 3 numbers from offset -1 on",
            (n, t) -> predict(n, 1, -1, 0)),
        row(ARGUMENT, "y must hold 2 x 2 numbers from offset 1 on", (n, t) -> predict(n, 2, 0, 1)),
        row(ARGUMENT, "but its length is 4", (n, t) -> predict(n, 2, 0, 1)),
        row(
            ARGUMENT,
            "parameters must be 24 numbers, but there are 25",
            (n, t) -> n.setParameters(floats(25))),
        row(
            ARGUMENT,
            "weights of layer 1 must be 8 numbers, but there are 7",
            (n, t) -> n.setWeights(1, floats(7))),
        row(
            ARGUMENT,
            "bias of layer 1 must be 0 numbers, but there are 2",
            (n, t) -> n.setBias(1, floats(2))),
        row(NULL, "bias of layer 0", (n, t) -> n.setBias(0, null)),
        row(INDEX, "2", (n, t) -> n.weights(2)),
        row(INDEX, "-1", (n, t) -> n.bias(-1)),
        row(ARGUMENT, three + "5", (n, t) -> t.step(floats(5), floats(2))),
        row(
            ARGUMENT,
            "targets must hold a positive multiple of 2 numbers (rows x 2), but holds 3",
            (n, t) -> t.step(floats(3), floats(3))),
        row(
            ARGUMENT,
            "x holds 2 rows of 3, so targets must hold 2 x 2 numbers, but holds 2",
            (n, t) -> t.step(floats(6), floats(2))),
        row(NULL, "targets", (n, t) -> t.step(floats(3), null)),
        row(
            ARGUMENT,
            "rows must be at least 1, but was 0",
            (n, t) -> t.step(0, floats(3), 0, floats(2), 0)),
        row(
            ARGUMENT,
            "targets must hold 1 x 2 numbers from offset 1 on, but its length is 2",
            (n, t) -> t.step(1, floats(3), 0, floats(2), 1)),
        row(
            ARGUMENT,
            "rows must be at least 1, but was -1",
            (n, t) -> t.loss(-1, floats(3), 0, floats(2), 0)),
        row(
            ARGUMENT,
            "y must hold 2 x 2 numbers from offset 0 on, but its length is 3",
            (n, t) -> t.forward(2, floats(6), 0, floats(3), 0)),
        row(STATE, "backward needs a forward before it", (n, t) -> t.backward(floats(2), 0)),
        row(
            STATE,
            "backward needs a forward before it",
            (n, t) -> {
              t.forward(1, floats(3), 0, floats(2), 0);
              t.setLearningRate(0);
              t.step(1, floats(3), 0, floats(2), 0);
              t.setLearningRate(0.5f);
              t.backward(floats(2), 0);
            }),
        row(
            ARGUMENT,
            "y overlaps x, which backward needs as it is",
            (n, t) -> {
              float[] both = floats(8);
              t.forward(2, both, 0, both, 4);
            }),
        row(
            ARGUMENT,
            "dy must hold 2 x 2 numbers from offset 0 on, but its length is 3",
            (n, t) -> {
              t.forward(2, floats(6), 0, floats(4), 0);
              t.backward(floats(3), 0);
            }),
        row(
            ARGUMENT,
            "finite number of at least 0, but was NaN",
            (n, t) -> t.setLearningRate(Float.NaN)),
        row(
            ARGUMENT,
            "finite number of at least 0, but was -0.5",
            (n, t) -> t.setLearningRate(-0.5f)),
        row(
            ARGUMENT,
            "finite number of at least 0, but was Infinity",
            (n, t) -> t.setLearningRate(Float.POSITIVE_INFINITY)),
        row(
            ARGUMENT,
            "threads must be at least 1, but was 0",
            (n, t) -> new Trainer(n, Loss.SQUARED_ERROR, new Sgd(1), 0).close()),
        row(NULL, "loss", (n, t) -> new Trainer(n, null, new Sgd(1)).close()),
        row(NULL, "optimizer", (n, t) -> new Trainer(n, Loss.SQUARED_ERROR, null).close()),
        row(ARGUMENT, "a network needs at least 1 input, not 0", (n, t) -> Network.builder(0)),
        row(ARGUMENT, "a network needs at least 1 layer", (n, t) -> Network.builder(3).build()),
        row(ARGUMENT, "in = 3, out = 0", (n, t) -> Network.builder(3).dense(0, Activation.RELU)),
        row(NULL, "activation", (n, t) -> Network.builder(3).dense(1, null)),
        row(NULL, "backend", (n, t) -> Network.builder(3).backend(null)),
        row(NULL, "initializer", (n, t) -> Network.builder(3).initializer(null, 1)),
        row(
            ARGUMENT,
            "softmax is for the last layer, but layer 1 of 3 has it",
            (n, t) -> softmaxInside()),
        row(
            ARGUMENT,
            "layers 0 to 1 have 2500600000 parameters",
            (n, t) ->
                Network.builder(10)
                    .dense(50_000, Activation.RELU)
                    .dense(50_000, Activation.RELU)
                    .build()));
  }

  private static void predict(Network network, int rows, int xOffset, int yOffset) {
    network.predict(rows, floats(6), xOffset, floats(4), yOffset);
  }

  private static void softmaxInside() {
    Network.builder(3)
        .dense(4, Activation.RELU)
        .dense(4, Activation.SOFTMAX)
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void isNamedAndChangesNothing(Class<? extends Exception> type, String part, Mistake mistake) {
    float[] before = network.parameters();
    Executable attempt = () -> mistake.make(network, trainer);
    String message = assertThrows(type, attempt).getMessage();
    assertTrue(message.contains(part), message);
    assertArrayEquals(before, network.parameters());
    assertTrue(trainer.optimizer().learningRate() == 0.5f);
  }

  @Test
  void aBatchPastWhatAnArrayHoldsIsRefused() {
    Network wide =
        Network.builder(1).dense(100_000, Activation.RELU).dense(1, Activation.IDENTITY).build();
    float[] before = wide.parameters();
    Trainer wideTrainer = new Trainer(wide, Loss.SQUARED_ERROR, new Sgd(1));
    float[] x = floats(30_000);
    String message =
        assertThrows(IllegalArgumentException.class, () -> wideTrainer.step(x, x)).getMessage();
    assertTrue(message.contains("for 30000 rows would need an array of 30000300"), message);
    assertArrayEquals(before, wide.parameters());
  }

  @Test
  void aTrainerWorksOnAfterAMistake() {
    assertThrows(IllegalArgumentException.class, () -> trainer.step(floats(5), floats(2)));
    assertThrows(IllegalStateException.class, () -> trainer.backward(floats(2), 0));
    trainer.forward(2, floats(6), 0, floats(4), 0);
    assertThrows(IllegalArgumentException.class, () -> trainer.backward(floats(3), 0));
    trainer.backward(floats(4), 0);
    trainer.step(floats(6), floats(4));
  }
}
