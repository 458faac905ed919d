package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.io.FileException;
import dev.lanewise.model.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SavedNetworkTest {
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("network.lanewise");
  }

  /** Numbers of every kind: what is compared is their bits. */
  private static void fill(Network network) {
    float[] parameters = Samples.numbers(network.parameterCount(), 5);
    float[] special = {-0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE};
    System.arraycopy(special, 0, parameters, 0, special.length);
    network.setParameters(parameters);
    for (int l = 0; l < network.layers().size(); l++) {
      network.setBuffers(l, Samples.numbers(network.buffers(l).length, 6 + l));
    }
  }

  private static void assertSame(Network expected, Network actual) {
    assertEquals(expected.layers(), actual.layers());
    assertArrayEquals(bits(expected.parameters()), bits(actual.parameters()));
    for (int l = 0; l < expected.layers().size(); l++) {
      assertArrayEquals(bits(expected.buffers(l)), bits(actual.buffers(l)));
    }
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(numbers[i]);
    }
    return bits;
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfLayerComesBackOnEitherBackend(Backend writer) throws IOException {
    Network network = Samples.everyLayer(writer);
    fill(network);
    network.save(file());
    for (Backend reader : Backend.values()) {
      Network loaded = Network.load(file(), reader);
      assertSame(network, loaded);
      assertEquals(reader, loaded.backend());
    }
    assertEquals(Backend.preferred(), Network.load(file()).backend());
  }

  @ParameterizedTest
  @EnumSource
  void everyActivationComesBack(Activation.Kind kind) throws IOException {
    Network network = Network.builder(3).dense(5, Samples.activation(kind)).build();
    network.save(file());
    assertSame(network, Network.load(file()));
  }

  @Test
  void predictionsAreTheSame() throws IOException {
    Network network = Samples.everyLayer(Backend.SCALAR);
    network.save(file());
    float[] x = Samples.numbers(7 * network.inputs(), 1);
    assertArrayEquals(network.predict(x), Network.load(file(), Backend.VECTOR).predict(x));
  }

  @Test
  void metadataComesBack() throws IOException {
    Map<String, String> metadata =
        Map.of("classes", "Öl,Gas\n\0", "columns", "", "", "\ud83d\ude00");
    Network network = Network.builder(1).dense(1, Activation.TANH).build();
    new SavedNetwork(network, metadata).save(file());
    SavedNetwork loaded = SavedNetwork.load(file());
    assertEquals(metadata, loaded.metadata());
    assertEquals(List.of("", "classes", "columns"), List.copyOf(loaded.metadata().keySet()));
    assertSame(network, loaded.network());
  }

  @Test
  void aFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Network.builder(1).dense(1, Activation.TANH).build().save(file());
    Network second = Network.builder(2).dense(2, Activation.TANH).build();
    second.save(file());
    assertSame(second, Network.load(file()));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void equalNetworksMakeEqualFiles() throws IOException {
    Network network = Samples.everyLayer(Backend.SCALAR);
    network.save(file());
    Path other = directory.resolve("other");
    Samples.everyLayer(Backend.VECTOR).save(other);
    assertEquals(-1, Files.mismatch(file(), other));
  }

  @Test
  void missingFilesAndDirectoriesAreNamed() {
    Path missing = directory.resolve("missing");
    Exception e = assertThrows(NoSuchFileException.class, () -> Network.load(missing));
    assertEquals(missing.toString(), e.getMessage());
    Network network = Network.builder(1).dense(1, Activation.TANH).build();
    Path file = missing.resolve("file");
    e = assertThrows(FileException.class, () -> network.save(file));
    assertEquals(file + ": its directory does not exist; make it first", e.getMessage());
    e = assertThrows(FileException.class, () -> network.save(directory));
    assertEquals(directory + ": this is a directory; give the path of a file", e.getMessage());
  }
}
