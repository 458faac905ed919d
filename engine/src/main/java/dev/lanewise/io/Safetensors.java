package dev.lanewise.io;

import dev.lanewise.internal.file.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A safetensors file, open to be read: tensors by name, and metadata (<a
 * href="https://github.com/huggingface/safetensors">huggingface/safetensors</a>).
 *
 * <p>Opening reads and checks the header; each tensor is read when it is asked for. As the format
 * demands, a header has at most 100 million bytes, and the tensors lie one after the other, without
 * overlap or gap, up to the end of the file. For one thread at a time.
 */
public final class Safetensors implements AutoCloseable {
  private final Path file;
  private final InputFile input;
  private final SafetensorsHeader header;

  private Safetensors(Path file, InputFile input, SafetensorsHeader header) {
    this.file = file;
    this.input = input;
    this.header = header;
  }

  /**
   * Opens a file.
   *
   * @param file a safetensors file
   * @return it, to be closed by the caller
   * @throws FileException if the file is missing, damaged, or holds something else
   * @throws IOException if it cannot be read
   */
  public static Safetensors open(Path file) throws IOException {
    AtomicFile.requireReadable(file);
    InputFile input = new InputFile(file);
    try {
      return new Safetensors(file, input, SafetensorsHeader.read(file, input));
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /**
   * Returns which file this is.
   *
   * @return the path that it was opened with
   */
  public Path file() {
    return file;
  }

  /**
   * Returns what the file says about itself.
   *
   * @return strings by name, unmodifiable
   */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Returns which tensors there are.
   *
   * @return their names, in the order of the header, unmodifiable
   */
  public Set<String> names() {
    return header.tensors().keySet();
  }

  /**
   * Returns a tensor's shape.
   *
   * @param name which tensor
   * @return its dimensions, outermost first, unmodifiable
   * @throws FileException if there is no such tensor
   */
  public List<Long> shape(String name) throws FileException {
    return entry(name).shape();
  }

  /**
   * Returns what a tensor's numbers are.
   *
   * @param name which tensor
   * @return the name of the type in the format, such as {@code F32} or {@code I64}
   * @throws FileException if there is no such tensor
   */
  public String type(String name) throws FileException {
    return entry(name).type();
  }

  /**
   * Reads a tensor. F16, BF16 and F32 give their exact value, F64 the nearest float, which is
   * infinite where it is out of range.
   *
   * @param name which tensor
   * @return its numbers
   * @throws FileException if there is no such tensor, its numbers are none of these types, or one
   *     array could not hold them
   * @throws IOException if the file cannot be read
   */
  public FloatArray tensor(String name) throws IOException {
    SafetensorsHeader.Tensor entry = entry(name);
    String where = SafetensorsHeader.named(name);
    NumberType type =
        switch (entry.type()) {
          case "F16" -> NumberType.F16;
          case "BF16" -> NumberType.BF16;
          case "F32" -> NumberType.F32;
          case "F64" -> NumberType.F64;
          default ->
              throw new FileException(
                  file,
                  where,
                  "has numbers of type " + entry.type(),
                  "expected F32, F16, BF16 or F64: convert them, in PyTorch with tensor.float()");
        };
    long extent = 1;
    for (long size : entry.shape()) {
      extent *= Math.max(1, Math.min(size, 1L + Integer.MAX_VALUE));
      if (extent > NumberType.LONGEST_ARRAY) {
        throw new FileException(
            file,
            where,
            "has a shape of " + entry.shape(),
            "one array holds at most " + NumberType.LONGEST_ARRAY + " numbers: split the tensor");
      }
    }
    int count = (int) ((entry.end() - entry.begin()) / type.bytes());
    try {
      float[] values =
          type.read(
              input.streamFrom(header.dataAt() + entry.begin()), ByteOrder.LITTLE_ENDIAN, count);
      return FloatArray.of(values, entry.shape().stream().mapToInt(Math::toIntExact).toArray());
    } catch (EOFException e) {
      throw new FileException(file, where, "was cut off while it was read", "read it again", e);
    }
  }

  private SafetensorsHeader.Tensor entry(String name) throws FileException {
    SafetensorsHeader.Tensor entry = header.tensors().get(name);
    if (entry == null) {
      throw new FileException(
          file,
          SafetensorsHeader.named(name),
          "is not there",
          "the file has " + HeaderText.quoted(String.join(", ", header.tensors().keySet())));
    }
    return entry;
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    input.close();
  }

  /**
   * Writes tensors of F32.
   *
   * @param file where to write; its directory must be there, and a file of this name is replaced
   * @param metadata what the file is to say about itself
   * @param tensors the tensors by name, in the order that the file shall have
   * @throws IllegalArgumentException if a tensor is named {@code __metadata__}, a name or text is
   *     not valid Unicode, or all of them are longer than a header may be
   * @throws IOException if writing fails; what was there under the name is left then
   */
  public static void write(Path file, Map<String, String> metadata, Map<String, FloatArray> tensors)
      throws IOException {
    Map<String, FloatArray> ordered = new LinkedHashMap<>(tensors);
    if (ordered.containsKey(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "no tensor may be named " + SafetensorsHeader.METADATA + ": give it another name");
    }
    ordered.forEach((name, tensor) -> Objects.requireNonNull(tensor, name));
    byte[] start = SafetensorsHeader.bytes(metadata, ordered);
    AtomicFile.write(
        file,
        out -> {
          out.write(start);
          for (FloatArray tensor : ordered.values()) {
            NumberType.write(tensor.values(), out);
          }
        });
  }
}
