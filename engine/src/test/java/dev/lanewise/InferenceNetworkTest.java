package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.Residual;
import dev.lanewise.model.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InferenceNetworkTest {
  private static Network trained(NetworkBuilder builder) {
    Network network = builder.build();
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Adam(0.01f), 1);
    for (int step = 0; step < 20; step++) {
      int rows = 13;
      trainer.step(
          Samples.numbers(rows * network.inputs(), step),
          Samples.numbers(rows * network.outputs(), 100 + step));
    }
    return network;
  }

  private static List<String> kinds(Network network) {
    return network.layers().stream().map(layer -> layer.getClass().getSimpleName()).toList();
  }

  private static void assertPredictsTheSame(Network network, Network other) {
    float[] x = Samples.numbers(9 * network.inputs(), 77);
    assertArrayEquals(network.predict(x), other.predict(x), 2e-6f);
  }

  @ParameterizedTest
  @EnumSource
  void batchNormGoesIntoTheWeightsBeforeItAndDropoutGoes(Backend backend) {
    Network network =
        trained(
            Network.builder(7)
                .dense(19, Activation.IDENTITY, false)
                .batchNorm(Activation.TANH)
                .dropout(0.3f)
                .dense(5, Activation.IDENTITY)
                .batchNorm(Activation.IDENTITY)
                .dense(3, Activation.SIGMOID)
                .backend(backend));
    Network folded = network.forInference();
    assertEquals(List.of("Dense", "Dense", "Dense"), kinds(folded));
    assertEquals(
        List.of(Activation.TANH, Activation.IDENTITY, Activation.SIGMOID),
        folded.layers().stream().map(Layer::activation).toList());
    assertEquals(backend, folded.backendInfo().backend());
    assertPredictsTheSame(network, folded);
  }

  @Test
  void aBatchNormAfterAnActivationStays() {
    Network network =
        trained(
            Network.builder(4)
                .dense(6, Activation.RELU)
                .batchNorm(Activation.IDENTITY)
                .layerNorm(Activation.RELU)
                .dense(2, Activation.IDENTITY));
    Network folded = network.forInference();
    assertEquals(network.layers(), folded.layers());
    assertNotSame(network, folded);
    assertPredictsTheSame(network, folded);
  }

  @Test
  void residualBlocksKeepTheirStart() {
    Network network =
        trained(
            Network.builder(6)
                .dense(6, Activation.IDENTITY)
                .batchNorm(Activation.RELU)
                .dense(6, Activation.IDENTITY)
                .dropout(0.2f)
                .batchNorm(Activation.RELU)
                .dense(6, Activation.TANH)
                .residual(4, Activation.RELU)
                .dropout(0.5f)
                .dense(6, Activation.IDENTITY)
                .batchNorm(Activation.RELU)
                .dense(6, Activation.RELU)
                .residual(2, Activation.IDENTITY)
                .dense(2, Activation.IDENTITY));
    Network folded = network.forInference();
    assertEquals(
        List.of(
            "Dense",
            "Dense",
            "BatchNorm",
            "Dense",
            "Residual",
            "Dense",
            "BatchNorm",
            "Dense",
            "Residual",
            "Dense"),
        kinds(folded));
    assertEquals(0, ((Residual) folded.layers().get(4)).from());
    assertEquals(5, ((Residual) folded.layers().get(8)).from());
    assertPredictsTheSame(network, folded);
  }
}
