package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.internal.format.NetworkData;
import dev.lanewise.io.FileException;
import dev.lanewise.io.FloatArray;
import dev.lanewise.io.Safetensors;
import dev.lanewise.io.TestFiles;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFilesTest {
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("network.safetensors");
  }

  private static void assertSame(Network expected, Network network) {
    assertEquals(expected.layers(), network.layers());
    assertArrayEquals(expected.parameters(), network.parameters());
    for (int l = 0; l < expected.layers().size(); l++) {
      assertArrayEquals(expected.buffers(l), network.buffers(l));
    }
    float[] x = Samples.numbers(5 * expected.inputs(), 1);
    assertArrayEquals(expected.predict(x), network.predict(x));
  }

  @ParameterizedTest
  @EnumSource
  void everyLayerComesBackWithTheSameBitsOnTheOtherBackend(Backend backend) throws IOException {
    Network network = Samples.everyLayer(backend);
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Adam(0.01f), 1);
    trainer.step(
        Samples.numbers(13 * network.inputs(), 1), Samples.numbers(13 * network.outputs(), 2));
    ModelFiles.writeSafetensors(network, file());
    assertSame(network, ModelFiles.readSafetensors(file()));
    for (Backend other : Backend.values()) {
      Network read = ModelFiles.readSafetensors(file(), other);
      assertEquals(other, read.backendInfo().backend());
      assertSame(network, read);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyActivationComesBack(Activation.Kind kind) throws IOException {
    Network network =
        Network.builder(3)
            .dense(4, Activation.RELU)
            .layer(new LayerNorm(4, Activation.IDENTITY, 0.1f))
            .layer(new BatchNorm(4, Activation.IDENTITY, 1e-7f, 0.3f))
            .dense(2, Samples.activation(kind))
            .build();
    ModelFiles.writeSafetensors(network, file());
    assertSame(network, ModelFiles.readSafetensors(file()));
  }

  @Test
  void tensorsAreNamedAndTurnedAsSequentialHasThem() throws IOException {
    Network network =
        Network.builder(3)
            .dense(2, Activation.RELU)
            .batchNorm(Activation.IDENTITY)
            .dropout(0.5f)
            .layerNorm(Activation.TANH)
            .dense(4, Activation.IDENTITY, false)
            .normalization()
            .dense(1, Activation.SIGMOID)
            .initializer(Initializer.XAVIER, 1)
            .build();
    ModelFiles.writeSafetensors(network, file());
    try (Safetensors tensors = Safetensors.open(file())) {
      assertEquals(
          List.of(
              "0.weight",
              "0.bias",
              "2.weight",
              "2.bias",
              "2.running_mean",
              "2.running_var",
              "4.weight",
              "4.bias",
              "6.weight",
              "7.shift",
              "7.factor",
              "8.weight",
              "8.bias"),
          List.copyOf(tensors.names()));
      float[] w = network.weights(0);
      assertEquals(List.of(2L, 3L), tensors.shape("0.weight"));
      assertArrayEquals(
          new float[] {w[0], w[2], w[4], w[1], w[3], w[5]}, tensors.tensor("0.weight").values());
      assertEquals(List.of(4L, 2L), tensors.shape("6.weight"));
      assertEquals("pt", tensors.metadata().get("format"));
      assertEquals(
          "dense 3 2 relu bias; batch_norm 2 identity 1.0E-5 0.1; dropout 2 0.5;"
              + " layer_norm 2 tanh 1.0E-5; dense 2 4 identity no_bias; rescale 4;"
              + " dense 4 1 sigmoid bias",
          tensors.metadata().get("lanewise.layers"));
    }
  }

  private static Network likeTheMadeOne() {
    return Network.builder(3)
        .dense(2, Activation.RELU)
        .layer(new BatchNorm(2, Activation.IDENTITY, 1e-12f, 0.1f))
        .build();
  }

  @Test
  void aStateDictFromElsewhereLoadsUnderItsOwnNames() throws IOException {
    Path made = TestFiles.made(directory, "state-dict.safetensors");
    Network network = likeTheMadeOne();
    ModelFiles.loadSafetensors(network, made, name -> "net." + name);
    // relu(-1 -1.5 -1.5 + 0.5) = 0 and relu(-0.25 + 0 + 0.75 - 0.25) = 0.25
    assertArrayEquals(
        new float[] {-1 - 1.5f * 0.125f / 2, 1}, network.predict(new float[] {1, 2, 3}), 1e-6f);

    Map<String, String> names = new LinkedHashMap<>();
    names.put("0.weight", "net.0.weight");
    FileException missing =
        assertThrows(
            FileException.class,
            () -> ModelFiles.loadSafetensors(network, made, name -> names.get(name)));
    assertEquals(true, missing.getMessage().contains("no name was given for \"0.bias\""));
  }

  @Test
  void countersOfBatchesArePassedOverButOtherTensorsAreNot() throws IOException {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    tensors.put("0.weight", FloatArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    tensors.put("0.bias", FloatArray.of(new float[] {1, 2}, 2));
    for (String name : List.of("weight", "bias", "running_mean", "running_var")) {
      tensors.put("2." + name, FloatArray.of(new float[] {1, 1}, 2));
    }
    tensors.put("2.num_batches_tracked", FloatArray.of(new float[] {1}));
    Safetensors.write(file(), Map.of(), tensors);
    Network network = likeTheMadeOne();
    ModelFiles.loadSafetensors(network, file());
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, network.weights(0));

    tensors.put("4.bias", FloatArray.of(new float[] {1}, 1));
    Safetensors.write(file(), Map.of(), tensors);
    TestFiles.assertRefused(
        file(),
        file -> ModelFiles.loadSafetensors(network, file),
        "tensor \"4.bias\" belongs to no layer");
    ModelFiles.loadSafetensors(network, file(), name -> name);
  }

  @Test
  void aFileThatDoesNotFitLeavesTheNetworkAsItWas() throws IOException {
    Network other = Network.builder(3).dense(5, Activation.RELU).dense(2, Activation.RELU).build();
    ModelFiles.writeSafetensors(other, file());
    Network network =
        Network.builder(3)
            .dense(5, Activation.RELU)
            .dense(3, Activation.RELU)
            .initializer(Initializer.XAVIER, 5)
            .build();
    float[] before = network.parameters();
    TestFiles.assertRefused(
        file(),
        file -> ModelFiles.loadSafetensors(network, file),
        "tensor \"2.weight\" has the shape [2, 5]; layer 1, ");
    Network wrongKind =
        Network.builder(3).dense(5, Activation.RELU).dense(2, Activation.RELU, false).build();
    TestFiles.assertRefused(
        file(),
        file -> ModelFiles.loadSafetensors(wrongKind, file),
        "tensor \"2.bias\" belongs to no layer");
    assertArrayEquals(before, network.parameters());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dense 3 2 relu bias; | layer 1 of the metadata",
        "dense 3 2 relu | of no known kind",
        "dense 3 two relu bias | For input string",
        "dense 0 2 relu bias | at least 1 input",
        "dense 3 2 RELU bias | activation is of no known kind",
        "dense 3 2 relu( bias | closing bracket",
        "dense 3 2 relu(1) bias | has no parameter",
        "dense 3 2 leaky_relu(x) bias | For input string",
        "dense 3 2 relu maybe | neither bias nor no_bias",
        "convolution 3 2 relu bias | of no known kind",
        "dense 2 3 relu bias | has the shape [2, 3]; layer 0",
        "dense 3 2 relu bias; dropout 4 0.5 | must have 2 inputs",
        "dropout 2000000000 0.5; dense 3 2 relu bias | must have 2000000000 inputs",
        "dense 3 2 relu bias; residual 2 5 relu | a residual block holds",
        "dense 3 2 relu bias; dropout 2 1.5 | a dropout rate",
        "dense 3 2 softmax bias; dropout 2 0.5 | softmax is for the last layer",
        "dense 60000 60000 relu bias | has the shape [2, 3]",
      })
  void refusesLayersThatDoNotFit(String layers, String says) throws IOException {
    Map<String, FloatArray> tensors =
        Map.of(
            "0.weight", FloatArray.of(new float[6], 2, 3),
            "0.bias", FloatArray.of(new float[2], 2));
    boolean second = layers.startsWith("dropout");
    Safetensors.write(
        file(),
        Map.of("lanewise.layers", layers),
        second
            ? Map.of("1.weight", tensors.get("0.weight"), "1.bias", tensors.get("0.bias"))
            : tensors);
    TestFiles.assertRefused(file(), ModelFiles::readSafetensors, says);
  }

  @Test
  void aFileFromElsewhereDoesNotSayItsLayers() throws IOException {
    TestFiles.assertRefused(
        TestFiles.made(directory, "state-dict.safetensors"),
        ModelFiles::readSafetensors,
        "the metadata lack lanewise.layers");
  }

  @Test
  void dataOfANetworkMustFitItsLayers() {
    Dense dense = new Dense(2, 2, Activation.RELU, true);
    float[] none = new float[0];
    for (int[] lengths : new int[][] {{4, 1, 0}, {3, 2, 0}, {2, 4, 0}, {4, 2, 1}}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new NetworkData(
                  List.of(dense),
                  List.of(new float[lengths[0]]),
                  List.of(new float[lengths[1]]),
                  List.of(new float[lengths[2]])));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new NetworkData(List.of(dense), List.of(), List.of(none), List.of(none)));
  }
}
