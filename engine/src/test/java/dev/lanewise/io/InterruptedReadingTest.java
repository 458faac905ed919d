package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import dev.lanewise.data.LibSvm;
import dev.lanewise.data.MappedDataset;
import dev.lanewise.model.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thread that is interrupted, as a task that is cancelled, reads and writes files all the same.
 */
class InterruptedReadingTest {
  private static final float[] NUMBERS = {1, 2, 3, 4, 5, 6};

  @TempDir private Path root;
  private Path file;

  @BeforeEach
  void interrupt() {
    file = root.resolve("file");
    Thread.currentThread().interrupt();
  }

  @AfterEach
  void theThreadStaysInterrupted() {
    assertTrue(Thread.interrupted());
  }

  @Test
  void networks() throws IOException {
    Network network = Network.builder(2).dense(3, Activation.RELU).build();
    network.save(file);
    assertArrayEquals(network.parameters(), Network.load(file).parameters());
  }

  @Test
  void rows() throws IOException {
    try (MappedDataset.Writer writer = new MappedDataset.Writer(file, 2, 1, false)) {
      writer.write(2, NUMBERS, NUMBERS, null);
      writer.finish();
    }
    float[] x = new float[4];
    try (MappedDataset data = MappedDataset.open(file)) {
      data.gather(new int[] {0, 1}, 0, 2, x, new float[2], null);
    }
    assertArrayEquals(Arrays.copyOf(NUMBERS, 4), x);
  }

  @Test
  void tensors() throws IOException {
    Safetensors.write(file, Map.of(), Map.of("a", FloatArray.of(NUMBERS, 2, 3)));
    try (Safetensors tensors = Safetensors.open(file)) {
      assertArrayEquals(NUMBERS, tensors.tensor("a").values());
    }
  }

  @Test
  void arrays() throws IOException {
    Npy.write(file, FloatArray.of(NUMBERS, 2, 3));
    assertArrayEquals(NUMBERS, Npy.read(file).values());
    Npz.write(file, Map.of("a", FloatArray.of(NUMBERS, 2, 3)));
    assertArrayEquals(NUMBERS, Npz.read(file).get("a").values());
  }

  @Test
  void sparseRows() throws IOException {
    Files.writeString(file, "1 1:2 3:4\n");
    assertEquals(3, LibSvm.read(file).x().columns());
  }
}
