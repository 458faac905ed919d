package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that tests read, made by numpy and safetensors or by hand. */
public final class TestFiles {
  private TestFiles() {}

  /** Reads a file. */
  public interface Reader {
    /** Reads it and forgets what it holds. */
    void read(Path file) throws IOException;
  }

  /** The bytes of a file that {@code make.py} beside it made. */
  static byte[] made(String name) throws IOException {
    try (InputStream in = TestFiles.class.getResourceAsStream("/io/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Puts a file that {@code make.py} made into a directory. */
  public static Path made(Path directory, String name) throws IOException {
    return Files.write(directory.resolve(name), made(name));
  }

  /** A safetensors file with this header and so many bytes of tensors. */
  public static byte[] safetensors(String header, int dataBytes) {
    byte[] utf8 = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + utf8.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(utf8.length)
        .put(utf8)
        .array();
  }

  /** An NPY file of version 1 with this header and so many bytes of numbers. */
  static byte[] npy(String header, int dataBytes) {
    byte[] ascii = header.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(10 + ascii.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) ascii.length)
        .put(ascii)
        .array();
  }

  /** Reading fails with one line that names the file and says this. */
  public static void assertRefused(Path file, Reader reader, String says) {
    String message = assertThrows(FileException.class, () -> reader.read(file)).getMessage();
    assertTrue(message.contains(says), () -> "\"" + says + "\" is not in: " + message);
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains("; "), message);
    assertTrue(message.lines().count() == 1, message);
  }
}
