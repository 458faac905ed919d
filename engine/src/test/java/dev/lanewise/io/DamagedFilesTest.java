package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.ModelFiles;
import dev.lanewise.Network;
import dev.lanewise.model.Activation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, a reader takes it or says what is wrong with it. */
class DamagedFilesTest {
  private static final int TIMES = 1500;

  /** Buffers, the zip reader's own, and the message of an exception with its stack. */
  private static final long FIXED_BYTES = 1 << 20;

  private static final List<String> PIECES =
      List.of(
          "99999999999999999999",
          "999999999999999999",
          "4294967296",
          "2147483647",
          "-1",
          "0",
          "1e9",
          "{",
          "[[[[[[[[[[[[[[[[[[[[",
          "}",
          "\"",
          "'",
          "\\",
          "\\ud800",
          ",",
          ":",
          "(",
          "\"__metadata__\":{}",
          "'shape': (",
          "PK\1\2",
          "relu",
          "dense",
          ";");

  @TempDir private Path directory;

  @Test
  void npy() throws IOException {
    survives(TestFiles.made("float32.npy"), Npy::read);
    survives(TestFiles.made("version-2.npy"), Npy::read);
    survives(TestFiles.made("int64-columns-first.npy"), Npy::read);
  }

  @Test
  void npz() throws IOException {
    survives(TestFiles.made("stored.npz"), Npz::read);
    survives(TestFiles.made("deflated.npz"), Npz::read);
  }

  @Test
  void safetensors() throws IOException {
    survives(
        TestFiles.made("state-dict.safetensors"),
        file -> {
          try (Safetensors tensors = Safetensors.open(file)) {
            for (String name : tensors.names()) {
              if (!name.endsWith("tracked") && !name.equals("other")) {
                tensors.tensor(name);
              }
            }
          }
        });
  }

  @Test
  void networks() throws IOException {
    Network network =
        Network.builder(3)
            .rescale()
            .layer(4, Activation.leakyRelu(0.25f))
            .batchNorm(Activation.RELU)
            .layer(4, Activation.TANH)
            .residual(1, Activation.IDENTITY)
            .dropout(0.5f)
            .layerNorm(Activation.SOFTMAX)
            .build();
    Path file = directory.resolve("network.safetensors");
    ModelFiles.writeSafetensors(network, file);
    survives(Files.readAllBytes(file), ModelFiles::readSafetensors);
  }

  private void survives(byte[] whole, TestFiles.Reader reader) throws IOException {
    Path file = directory.resolve("damaged");
    Random random = new Random(42);
    int refused = 0;
    for (int time = 0; time < TIMES; time++) {
      byte[] damaged = damage(whole, random);
      Files.write(file, damaged);
      boolean[] thrown = new boolean[1];
      long allocated =
          Allocation.of(
              () -> {
                try {
                  reader.read(file);
                } catch (FormatException e) {
                  thrown[0] = true;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                } catch (RuntimeException e) {
                  throw new AssertionError(
                      "of "
                          + new String(damaged, StandardCharsets.ISO_8859_1)
                          + " at seed 42, "
                          + Arrays.toString(damaged),
                      e);
                }
              });
      refused += thrown[0] ? 1 : 0;
      assertTrue(
          allocated < FIXED_BYTES + 64L * damaged.length, () -> allocated + " bytes allocated");
    }
    assertTrue(refused > TIMES / 4 && refused < TIMES, refused + " refused of " + TIMES);
  }

  /** Damages a file in one to three places. */
  private static byte[] damage(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 0; times--) {
      bytes = damageOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] damageOnce(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
      }
      case 3 -> {
        return spliced(bytes, at, 0, PIECES.get(random.nextInt(PIECES.size())));
      }
      case 4 -> {
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return spliced(bytes, at, Math.min(piece.length(), bytes.length - at), piece);
      }
      case 5 -> {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(30));
        String piece = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
        return spliced(bytes, random.nextInt(bytes.length), 0, piece);
      }
      default -> {
        int[] sizes = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE - 8, 0, 1, bytes.length};
        if (at + 4 <= bytes.length) {
          ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
          buffer.putInt(at, sizes[random.nextInt(sizes.length)]);
        }
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, int cut, String piece) {
    byte[] inserted = piece.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(bytes.length - cut + inserted.length)
        .put(bytes, 0, at)
        .put(inserted)
        .put(bytes, at + cut, bytes.length - at - cut)
        .array();
  }
}
