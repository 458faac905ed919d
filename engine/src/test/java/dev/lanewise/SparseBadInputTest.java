package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer.Residual;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers get wrong with rows given sparsely is named, and changes nothing. */
class SparseBadInputTest {
  private static final Class<?> ARGUMENT = IllegalArgumentException.class;
  private static final Class<?> NULL = NullPointerException.class;
  private static final SparseRows THREE = SparseRows.oneHot(3, 1, new int[] {0, 2});
  private static final SparseRows FOUR = SparseRows.oneHot(4, 1, new int[] {0, 3});

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
    String columns = "x must have as many columns as the network has inputs, 3, but has 4";
    String targets = "targets must hold 2 x 2 numbers from offset 1 on, but its length is 4";
    String weights = "weights must hold 2 x 1 numbers from offset 0 on, but its length is 1";
    return Stream.of(
        row(ARGUMENT, columns, (n, t) -> n.predict(FOUR)),
        row(ARGUMENT, columns, (n, t) -> n.predict(FOUR, floats(4), 0)),
        row(ARGUMENT, columns, (n, t) -> t.step(Batch.of(FOUR, floats(4), 0))),
        row(ARGUMENT, columns, (n, t) -> t.step(Batch.ofClasses(FOUR, new int[2], 0))),
        row(ARGUMENT, columns, (n, t) -> t.loss(Batch.of(FOUR, floats(4), 0))),
        row(
            ARGUMENT,
            "y must hold 2 x 2 numbers from offset 1 on, but its length is 4",
            (n, t) -> n.predict(THREE, floats(4), 1)),
        row(ARGUMENT, targets, (n, t) -> t.step(Batch.of(THREE, floats(4), 1))),
        row(ARGUMENT, targets, (n, t) -> t.loss(Batch.of(THREE, floats(4), 1))),
        row(
            ARGUMENT,
            "classes must hold 2 numbers from offset 1 on, but its length is 2",
            (n, t) -> t.step(Batch.ofClasses(THREE, new int[2], 1))),
        row(
            ARGUMENT,
            "the class of row 1 must be from 0 to 1",
            (n, t) -> t.step(Batch.ofClasses(THREE, new int[] {0, 2}, 0))),
        row(
            ARGUMENT,
            weights,
            (n, t) -> t.step(Batch.of(THREE, floats(4), 0).withWeights(floats(1), 0))),
        row(
            ARGUMENT,
            weights,
            (n, t) -> t.loss(Batch.of(THREE, floats(4), 0).withWeights(floats(1), 0))),
        row(
            ARGUMENT,
            weights,
            (n, t) -> t.step(Batch.ofClasses(THREE, new int[2], 0).withWeights(floats(1), 0))),
        row(NULL, "x", (n, t) -> n.predict((SparseRows) null)),
        row(NULL, "x", (n, t) -> n.predict((SparseRows) null, floats(4), 0)),
        row(NULL, "x", (n, t) -> t.step(Batch.of(null, floats(4), 0))),
        row(NULL, "y", (n, t) -> n.predict(THREE, null, 0)),
        row(NULL, "targets", (n, t) -> t.step(Batch.of(THREE, null, 0))),
        row(
            ARGUMENT,
            "rows given sparsely need a dense first layer, but it is LayerNorm",
            (n, t) -> normFirst().predict(THREE)),
        row(
            ARGUMENT,
            "rows given sparsely need a dense first layer",
            (n, t) ->
                new Trainer(normFirst(), Loss.SQUARED_ERROR, new Sgd(1))
                    .step(Batch.of(THREE, floats(4), 0))),
        row(
            ARGUMENT,
            "layer 1 adds the network's inputs",
            (n, t) -> inputsAdded().predict(THREE, floats(6), 0)));
  }

  private static Network normFirst() {
    return Network.builder(3).layerNorm(Activation.IDENTITY).dense(2, Activation.RELU).build();
  }

  private static Network inputsAdded() {
    return Network.builder(3)
        .dense(3, Activation.RELU)
        .layer(new Residual(3, -1, Activation.IDENTITY))
        .build();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void isNamedAndChangesNothing(Class<? extends Exception> type, String part, Mistake mistake) {
    Network network =
        Network.builder(3).dense(4, Activation.RELU).dense(2, Activation.SOFTMAX).build();
    Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.5f));
    float[] before = network.parameters();
    String message = assertThrows(type, () -> mistake.make(network, trainer)).getMessage();
    assertTrue(message.contains(part), message);
    assertArrayEquals(before, network.parameters());
  }
}
