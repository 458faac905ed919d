package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer.Residual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where skip connections start, and what they add. */
class ResidualTest {
  @ParameterizedTest
  @EnumSource
  void aBlockFromTheStartAddsTheInputs(Backend backend) {
    Network network =
        Network.builder(2)
            .dense(2, Activation.IDENTITY)
            .residual(1, Activation.RELU)
            .backend(backend)
            .build();
    network.setParameters(new float[] {1, 2, 3, 4, 10, -20});
    assertEquals(new Residual(2, -1, Activation.RELU), network.layers().get(1));
    float[] y = network.predict(new float[] {1, 1, -1, 2});
    assertArrayEquals(new float[] {1 + 3 + 10 + 1, 0, -1 + 6 + 10 - 1, 0}, y);
  }

  @ParameterizedTest
  @EnumSource
  void aLaterBlockAddsTheOutputsOfTheLayerBeforeIt(Backend backend) {
    Network network =
        Network.builder(1)
            .dense(2, Activation.RELU, false)
            .dense(3, Activation.IDENTITY, false)
            .dense(2, Activation.IDENTITY, false)
            .residual(2, Activation.IDENTITY)
            .backend(backend)
            .build();
    network.setParameters(new float[] {5, -7, 1, 0, 2, 9, 9, 9, 1, 10, 1, 10, 1, 10});
    assertEquals(new Residual(2, 0, Activation.IDENTITY), network.layers().get(3));
    assertArrayEquals(new float[] {15 + 5, 150}, network.predict(new float[] {1}));
  }

  @ParameterizedTest
  @CsvSource({"0", "3", "-1", "2147483647", "-2147483648"})
  void aBlockOfLayersThatAreNotThereIsRefused(int blockLayers) {
    NetworkBuilder builder = Network.builder(2).dense(2, Activation.RELU).dense(2, Activation.RELU);
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> builder.residual(blockLayers, Activation.RELU));
    String message = "a residual block holds 1 to 2 of the layers before, but not " + blockLayers;
    assertEquals(message, e.getMessage());
    assertEquals(2, builder.build().layers().size());
  }

  @Test
  void aLayerThatStartsWhereThereIsNoneIsRefused() {
    NetworkBuilder builder = Network.builder(2).dense(2, Activation.RELU);
    Residual own = new Residual(2, 0, Activation.RELU);
    Exception e = assertThrows(IllegalArgumentException.class, () -> builder.layer(own));
    String message = "a residual block holds 1 to 1 of the layers before, but not 0";
    assertEquals(message, e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class, () -> new Residual(2, -2, Activation.IDENTITY));
    assertEquals(
        "a residual layer starts from a layer, or from -1 for the inputs, but not from -2",
        e.getMessage());
  }

  @Test
  void aBlockWithoutALayerBeforeItIsRefused() {
    NetworkBuilder builder = Network.builder(2);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> builder.residual(1, Activation.RELU));
    assertEquals(
        "a residual block closes over layers before it, but there is none: add them first",
        e.getMessage());
  }

  @Test
  void aBlockOfAnotherWidthAtItsStartIsRefused() {
    NetworkBuilder builder = Network.builder(4).dense(3, Activation.RELU);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> builder.residual(1, Activation.RELU));
    String message = "a residual block needs as many inputs as outputs, but has 4 and 3";
    assertEquals(message, e.getMessage());
  }
}
