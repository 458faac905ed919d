package dev.lanewise.io;

import dev.lanewise.internal.file.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, checked against the file's length.
 *
 * @param metadata what the file says about itself
 * @param tensors the tensors by name, in the order of the header
 * @param dataAt where their bytes start in the file
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Tensor> tensors, long dataAt) {
  /** The format's own limit. */
  static final int LONGEST = 100_000_000;

  private static final int SIZE_BYTES = Long.BYTES;
  static final String METADATA = "__metadata__";
  private static final String NAME = "the JSON header";
  private static final String AGAIN = "save or copy it again";

  /** How many bytes a number takes. */
  private static final Map<String, Integer> TYPES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E8M0", 1),
          Map.entry("F8_E4M3FNUZ", 1),
          Map.entry("F8_E5M2FNUZ", 1),
          Map.entry("U16", 2),
          Map.entry("I16", 2),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("U32", 4),
          Map.entry("I32", 4),
          Map.entry("F32", 4),
          Map.entry("U64", 8),
          Map.entry("I64", 8),
          Map.entry("F64", 8),
          Map.entry("C64", 8));

  /**
   * A tensor.
   *
   * @param type what its numbers are
   * @param shape its dimensions
   * @param begin where its bytes start, from the first tensor's on
   * @param end where they end
   */
  record Tensor(String type, List<Long> shape, long begin, long end) {}

  static SafetensorsHeader read(Path file, InputFile input) throws IOException {
    long fileBytes = input.size();
    ByteBuffer size = read(file, input, 0, SIZE_BYTES);
    long length = size.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    if (length < 2 || length > LONGEST || length > fileBytes - SIZE_BYTES) {
      throw new FileException(
          file,
          "its first 8 bytes",
          "say that the header has " + Long.toUnsignedString(length) + " bytes",
          "expected at least 2, and at most the "
              + Math.min(LONGEST, fileBytes - SIZE_BYTES)
              + " that follow: it is no safetensors file, or was cut off");
    }
    ByteBuffer bytes = read(file, input, SIZE_BYTES, (int) length);
    if (bytes.get(0) != '{') {
      throw new FileException(file, NAME, "does not start with '{'", "expected a safetensors file");
    }
    Map<String, Object> json;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      json = JsonText.read(new HeaderText(file, NAME, text, " \t\n\r"));
    } catch (CharacterCodingException e) {
      throw new FileException(file, NAME, "is not UTF-8", AGAIN, e);
    }
    Map<String, String> metadata = metadata(file, json.remove(METADATA));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : json.entrySet()) {
      tensors.put(entry.getKey(), tensor(file, named(entry.getKey()), entry.getValue()));
    }
    requireNoGap(file, tensors, fileBytes - SIZE_BYTES - length);
    return new SafetensorsHeader(
        metadata, Collections.unmodifiableMap(tensors), SIZE_BYTES + length);
  }

  private static ByteBuffer read(Path file, InputFile input, long at, int count)
      throws IOException {
    if (input.size() - at < count) {
      throw new FileException(
          file,
          "this file",
          "has " + input.size() + " bytes",
          "expected at least " + (at + count) + ": it was cut off, copy it again");
    }
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (input.read(bytes, at + bytes.position()) < 0) {
        throw new FileException(
            file, "this file", "was cut off while it was read", "read it again");
      }
    }
    return bytes.flip();
  }

  /** Returns how messages call a tensor. */
  static String named(String tensor) {
    return "tensor " + HeaderText.quoted(tensor);
  }

  private static Map<String, String> metadata(Path file, Object json) throws FileException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (json == null) {
      return metadata;
    }
    if (!(json instanceof Map<?, ?> map)) {
      throw new FileException(file, METADATA, "is no object", "expected names and strings");
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getValue() instanceof String value)) {
        String where = METADATA + " " + HeaderText.quoted((String) entry.getKey());
        throw new FileException(file, where, "is no string", "expected strings only");
      }
      metadata.put((String) entry.getKey(), value);
    }
    return Collections.unmodifiableMap(metadata);
  }

  private static Tensor tensor(Path file, String where, Object json) throws FileException {
    Map<?, ?> map = json instanceof Map<?, ?> object ? object : Map.of();
    if (!(map.get("dtype") instanceof String type)) {
      throw new FileException(file, where, "has no dtype", "expected a string, as \"F32\"");
    }
    List<Long> shape = numbers(file, where, "shape", map.get("shape"));
    List<Long> offsets = numbers(file, where, "data_offsets", map.get("data_offsets"));
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw new FileException(
          file, where, "has data_offsets of " + offsets, "expected a start and an end after it");
    }
    if (!TYPES.containsKey(type)) {
      throw new FileException(
          file,
          where,
          "has the unknown dtype " + HeaderText.quoted(type),
          "expected one of " + TYPES.keySet().stream().sorted().toList());
    }
    long bytes = TYPES.get(type);
    for (long size : shape) {
      long high = Math.multiplyHigh(bytes, size);
      bytes *= size;
      if (high != 0 || bytes < 0) {
        throw new FileException(
            file, where, "has a shape of more than 2^63 bytes", "save the file again");
      }
    }
    if (offsets.get(1) - offsets.get(0) != bytes) {
      throw new FileException(
          file,
          where,
          "lies at " + offsets + ", " + (offsets.get(1) - offsets.get(0)) + " bytes",
          type + " of shape " + shape + " takes " + bytes + ": save the file again");
    }
    return new Tensor(type, shape, offsets.get(0), offsets.get(1));
  }

  private static List<Long> numbers(Path file, String where, String name, Object json)
      throws FileException {
    List<Long> numbers = new ArrayList<>();
    boolean fine = json instanceof List<?>;
    if (json instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Long number) {
          numbers.add(number);
        } else {
          fine = false;
        }
      }
    }
    if (!fine) {
      throw new FileException(
          file, where, "has no " + name, "expected a list of whole numbers from 0");
    }
    return Collections.unmodifiableList(numbers);
  }

  /** Checks that the tensors follow each other and end with the file, as the format demands. */
  private static void requireNoGap(Path file, Map<String, Tensor> tensors, long dataBytes)
      throws FileException {
    List<String> names = new ArrayList<>(tensors.keySet());
    names.sort(
        Comparator.comparingLong((String name) -> tensors.get(name).begin())
            .thenComparingLong(name -> tensors.get(name).end()));
    long at = 0;
    for (String name : names) {
      Tensor tensor = tensors.get(name);
      if (tensor.end() > dataBytes) {
        throw new FileException(
            file,
            named(name),
            "ends at " + tensor.end() + ", but the file has " + dataBytes + " bytes of tensors",
            "it was cut off: copy it again");
      }
      if (tensor.begin() != at) {
        throw new FileException(
            file,
            named(name),
            "starts at " + tensor.begin() + ", but the tensor before it ends at " + at,
            "tensors may neither overlap nor leave a gap: save the file again");
      }
      at = tensor.end();
    }
    if (at != dataBytes) {
      throw new FileException(
          file,
          "the end",
          "has " + (dataBytes - at) + " bytes that belong to no tensor",
          "expected none: save or copy it again");
    }
  }

  /** Returns the header for tensors of floats, one after the other, its size in front. */
  static byte[] bytes(Map<String, String> metadata, Map<String, FloatArray> tensors) {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append(JsonText.quote(METADATA)).append(":{");
      String comma = "";
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.append(comma).append(JsonText.quote(entry.getKey())).append(':');
        json.append(JsonText.quote(entry.getValue()));
        comma = ",";
      }
      json.append('}');
    }
    long at = 0;
    for (Map.Entry<String, FloatArray> entry : tensors.entrySet()) {
      FloatArray tensor = entry.getValue();
      long end = at + (long) Float.BYTES * tensor.values().length;
      json.append(json.length() == 1 ? "" : ",").append(JsonText.quote(entry.getKey()));
      json.append(":{\"dtype\":\"F32\",\"shape\":");
      json.append(tensor.shape().toString().replace(" ", ""));
      json.append(",\"data_offsets\":[").append(at).append(',').append(end).append("]}");
      at = end;
    }
    byte[] utf8 = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    // Blanks bring the tensors to a multiple of 8 bytes, as other writers do.
    int length = (utf8.length + SIZE_BYTES - 1) / SIZE_BYTES * SIZE_BYTES;
    if (length > LONGEST) {
      throw new IllegalArgumentException(
          "names and metadata take " + length + " bytes, but a file holds at most " + LONGEST);
    }
    ByteBuffer bytes = ByteBuffer.allocate(SIZE_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(utf8);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }
}
