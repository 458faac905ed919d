package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.io.FileException;
import dev.lanewise.model.Activation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks go through streams as through files. */
class NetworkStreamsTest {
  @TempDir private Path directory;

  private static byte[] bytes(Network network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    network.write(out);
    return out.toByteArray();
  }

  private static Network small() {
    return Network.builder(2)
        .dense(3, Activation.RELU)
        .batchNorm(Activation.IDENTITY)
        .dense(1, Activation.SIGMOID)
        .build();
  }

  /** Gives one byte at a time, as a slow line may, and must not be closed. */
  private static final class Slow extends FilterInputStream {
    Slow(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] to, int from, int count) throws IOException {
      return super.read(to, from, Math.min(count, 1));
    }

    @Override
    public void close() {
      throw new AssertionError("closed by a reader");
    }
  }

  @Test
  void aStreamGetsTheBytesOfAFile() throws IOException {
    Path file = directory.resolve("network.lanewise");
    Network network = Samples.everyLayer(Backend.SCALAR);
    network.save(file);
    assertArrayEquals(Files.readAllBytes(file), bytes(network));
    SavedNetwork saved = new SavedNetwork(network, Map.of("classes", "yes,no", "b", ""));
    saved.save(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    saved.write(out);
    assertArrayEquals(Files.readAllBytes(file), out.toByteArray());
    try (InputStream in = Files.newInputStream(file)) {
      assertEquals(saved.metadata(), SavedNetwork.read(in, Backend.SCALAR).metadata());
    }
  }

  @Test
  void everyBitComesBackOnEitherBackend() throws IOException {
    Network network = Samples.everyLayer(Backend.SCALAR);
    float[] parameters = Samples.numbers(network.parameterCount(), 5);
    System.arraycopy(new float[] {-0f, Float.NaN, 1 / 0f}, 0, parameters, 0, 3);
    network.setParameters(parameters);
    byte[] bytes = bytes(network);
    for (Backend backend : Backend.values()) {
      Network read = Network.read(new ByteArrayInputStream(bytes), backend);
      assertEquals(network.layers(), read.layers());
      assertEquals(backend, read.backend());
      assertArrayEquals(bytes, bytes(read));
    }
    assertEquals(Backend.preferred(), Network.read(new ByteArrayInputStream(bytes)).backend());
  }

  @Test
  void exactlyTheNetworkIsTakenAndNothingIsClosed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream unclosed =
        new OutputStream() {
          @Override
          public void write(int b) {
            bytes.write(b);
          }

          @Override
          public void close() {
            throw new AssertionError("closed by a writer");
          }
        };
    Network first = small();
    Network second = Network.builder(400).dense(1_000, Activation.TANH).build();
    DataOutputStream out = new DataOutputStream(unclosed);
    out.writeInt(7);
    first.write(out);
    second.write(out);
    out.writeUTF("behind");
    Slow slow = new Slow(bytes.toByteArray());
    DataInputStream in = new DataInputStream(slow);
    assertEquals(7, in.readInt());
    assertArrayEquals(bytes(first), bytes(Network.read(in)));
    assertArrayEquals(bytes(second), bytes(Network.read(in)));
    assertEquals("behind", in.readUTF());
    assertEquals(-1, in.read());
  }

  private void assertRefusedAsInAFile(byte[] damaged) throws IOException {
    Path file = directory.resolve("damaged");
    Files.write(file, damaged);
    String ofFile = assertThrows(FileException.class, () -> Network.load(file)).getMessage();
    InputStream in = new ByteArrayInputStream(damaged);
    String ofStream = assertThrows(FileException.class, () -> Network.read(in)).getMessage();
    String said = ofStream.replace("the stream", file.toString());
    boolean cut = ofFile.contains("it is cut off") && said.contains("it is cut off");
    // A damaged length cuts off at another place only where bytes behind the network are missing.
    assertTrue(cut || ofFile.equals(said), () -> ofFile + "\n" + said);
  }

  @Test
  void whatIsDamagedIsRefusedInTheWordsForFiles() throws IOException {
    byte[] whole = bytes(small());
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x41;
      assertRefusedAsInAFile(flipped);
      assertRefusedAsInAFile(Arrays.copyOf(whole, at));
    }
    InputStream other = new ByteArrayInputStream("no network".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "the stream, at byte 0: does not start with LANEWISE, so it is of another kind, or damaged",
        assertThrows(FileException.class, () -> Network.read(other)).getMessage());
    InputStream cut = new ByteArrayInputStream(whole, 0, whole.length - 1);
    assertTrue(
        assertThrows(FileException.class, () -> Network.read(cut))
            .getMessage()
            .contains("it is cut off"));
  }

  @Test
  void aLengthThatIsNotThereIsNotAllocated() throws IOException {
    byte[] whole = bytes(small());
    int name = new String(whole, StandardCharsets.ISO_8859_1).indexOf("parameters");
    int checked = 4 + 10 + 8 + 4;
    ByteBuffer head = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(name + 10, 1L << 40);
    CRC32C crc = new CRC32C();
    crc.update(whole, name - 4, checked);
    head.putInt(name - 4 + checked, (int) crc.getValue());
    InputStream in = new ByteArrayInputStream(whole);
    String message = assertThrows(FileException.class, () -> Network.read(in)).getMessage();
    assertTrue(message.contains("bytes of 1099511627776: it is cut off"), message);
  }

  @Test
  void whatAStreamThrowsComesThrough() throws IOException {
    byte[] whole = bytes(small());
    InputStream broken =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == 100) {
              throw new EOFException("line lost");
            }
            return whole[at++] & 0xff;
          }

          @Override
          public int read(byte[] to, int from, int count) throws IOException {
            if (count > 0) {
              to[from] = (byte) read();
            }
            return Math.min(count, 1);
          }
        };
    EOFException e = assertThrows(EOFException.class, () -> Network.read(broken));
    assertEquals("line lost", e.getMessage());
  }

  @Test
  void aNetworkIsMadeOfGivenParameters() {
    Network drawn = Samples.everyLayer(Backend.SCALAR);
    NetworkBuilder builder = Network.builder(33);
    drawn.layers().forEach(builder::layer);
    for (Backend backend : Backend.values()) {
      Network given = builder.backend(backend).build(drawn.parameters());
      assertArrayEquals(drawn.parameters(), given.parameters());
      assertArrayEquals(builder.build().buffers(), given.buffers());
      assertEquals(drawn.layers(), given.layers());
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> builder.build(new float[5]))
            .getMessage();
    assertEquals(
        "parameters must be " + drawn.parameterCount() + " numbers, but there are 5", message);
  }
}
