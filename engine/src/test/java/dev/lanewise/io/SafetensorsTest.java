package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final float[] X = {-1, -0.75f, -0.5f, -0.25f, 0, 0.25f};

  @TempDir private Path directory;

  private static void readAll(Path file) throws IOException {
    try (Safetensors tensors = Safetensors.open(file)) {
      for (String name : tensors.names()) {
        tensors.tensor(name);
      }
    }
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("test.safetensors"), bytes);
  }

  @Test
  void readsWhatTheReferenceImplementationWrote() throws IOException {
    try (Safetensors file = Safetensors.open(TestFiles.made(directory, "state-dict.safetensors"))) {
      assertEquals(Map.of("format", "pt"), file.metadata());
      assertEquals(8, file.names().size());
      assertEquals(List.of(2L, 3L), file.shape("net.0.weight"));
      assertArrayEquals(X, file.tensor("net.0.weight").values());
      assertArrayEquals(new float[] {0.5f, -0.25f}, file.tensor("net.0.bias").values());
      assertArrayEquals(new float[] {1.5f, 2}, file.tensor("net.2.weight").values());
      assertEquals(List.of(), file.shape("net.2.num_batches_tracked"));
    }
  }

  @Test
  void readsEveryKindOfFloat() throws IOException {
    byte[] bytes =
        TestFiles.safetensors(
            """
            {"h": {"dtype":"F16","shape":[4],"data_offsets":[0,8]},
             "b": {"dtype":"BF16","shape":[2],"data_offsets":[8,12]},
             "d": {"dtype":"F64","shape":[2],"data_offsets":[12,28]},
             "none": {"dtype":"F32","shape":[0,1099511627776],"data_offsets":[28,28]},
             "zero": {"dtype":"F32","shape":[0,7],"data_offsets":[28,28]}}
            """,
            28);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    data.position(bytes.length - 28);
    for (int half : new int[] {0x3c00, 0x0001, 0xfc00, 0xc000}) {
      data.putShort((short) half);
    }
    data.putShort((short) 0x3f80).putShort((short) 0xc049);
    data.putDouble(Math.PI).putDouble(1e300);
    try (Safetensors file = Safetensors.open(file(bytes))) {
      assertArrayEquals(
          new float[] {1, 0x1p-24f, Float.NEGATIVE_INFINITY, -2}, file.tensor("h").values());
      assertArrayEquals(new float[] {1, -3.140625f}, file.tensor("b").values());
      assertArrayEquals(
          new float[] {(float) Math.PI, Float.POSITIVE_INFINITY}, file.tensor("d").values());
      assertEquals(List.of(0, 7), file.tensor("zero").shape());
      assertThrows(FileException.class, () -> file.tensor("none"));
    }
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    String strange = "\"\\ \n\u0001 größe \ud83d\ude00";
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    tensors.put(strange, FloatArray.of(X, 3, 2));
    tensors.put("scalar", FloatArray.of(new float[] {7}));
    tensors.put("none", FloatArray.of(new float[0], 0, 5));
    Path path = directory.resolve("a.safetensors");
    Safetensors.write(path, Map.of(strange, strange), tensors);
    try (Safetensors file = Safetensors.open(path)) {
      assertEquals(Map.of(strange, strange), file.metadata());
      assertEquals(tensors.keySet(), file.names());
      assertEquals(List.of(3, 2), file.tensor(strange).shape());
      assertArrayEquals(X, file.tensor(strange).values());
      assertArrayEquals(new float[] {7}, file.tensor("scalar").values());
      assertEquals(List.of(0, 5), file.tensor("none").shape());
    }
  }

  @Test
  void tensorsStartAtAMultipleOf8Bytes() throws IOException {
    Path path = directory.resolve("a.safetensors");
    for (String name : List.of("a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg")) {
      Safetensors.write(path, Map.of(), Map.of(name, FloatArray.of(X, 6)));
      assertEquals(0, (Files.size(path) - 24) % 8);
    }
  }

  @Test
  void refusesToWriteWhatNobodyCouldRead() {
    FloatArray x = FloatArray.of(X, 6);
    Path path = directory.resolve("a.safetensors");
    assertThrows(
        IllegalArgumentException.class,
        () -> Safetensors.write(path, Map.of(), Map.of("__metadata__", x)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Safetensors.write(path, Map.of(), Map.of("half a pair \ud83d", x)));
    assertEquals(false, Files.exists(path));
  }

  @Test
  void refusesFilesCutOffAnywhere() throws IOException {
    byte[] whole = TestFiles.made("state-dict.safetensors");
    for (int length = 0; length < whole.length; length++) {
      Path file = file(Arrays.copyOf(whole, length));
      assertThrows(FileException.class, () -> readAll(file), "cut off at " + length);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 5 | 1 bytes that belong to no",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 0 | ends at 4, but the file has"
            + " 0",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | starts at 4, but",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | 4 | takes 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | 4 | data_offsets of [4, 0]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}} | 4 | data_offsets of [0, 4, 8]",
        "{'a':{'dtype':'F32','shape':[1]}} | 4 | has no data_offsets",
        "{'a':{'dtype':'F32','data_offsets':[0,4]}} | 4 | has no shape",
        "{'a':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]}} | 4 | has no shape",
        "{'a':{'shape':[1],'data_offsets':[0,4]}} | 4 | has no dtype",
        "{'a':[]} | 0 | has no dtype",
        "{'a':{'dtype':'F31','shape':[1],'data_offsets':[0,4]}} | 4 | unknown dtype \"F31\"",
        "{'a':{'dtype':'I32','shape':[1],'data_offsets':[0,4]}} | 4 | expected F32, F16, BF16 or",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | 0 | 2^63",
        "{'a':{'dtype':'F32','shape':[999999999999999999],'data_offsets':[0,4]}} | 4 | takes",
        "{'a':{'dtype':'F32','shape':[9999999999999999999],'data_offsets':[0,4]}} | 4 | digits",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | 4 | whole number",
        "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | 4 | expected ']'",
        "{'a':{'dtype':'F32','shape':[01],'data_offsets':[0,4]}} | 4 | whole number",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},} | 4 | expected '\"'",
        "{'__metadata__':{'k':1}} | 0 | __metadata__ \"k\" is no string",
        "{'__metadata__':'k'} | 0 | __metadata__ is no object",
        "{'a\\x':{}} | 0 | after a backslash",
        "{'a\\u00g0':{}} | 0 | hexadecimal",
        "{'a':[[[[[[[[[[[[[[[[[[[[ | 0 | no more than 16",
        "{'a' | 0 | expected ':'",
        "{'a | 0 | expected more",
        "{} {} | 0 | expected the end",
        "[1,2] | 0 | does not start with '{'",
      })
  void refusesHeadersThatDoNotFit(String header, int dataBytes, String says) throws IOException {
    Path file = file(TestFiles.safetensors(header.replace('\'', '"'), dataBytes));
    TestFiles.assertRefused(file, SafetensorsTest::readAll, says);
  }

  @Test
  void refusesTensorsThatOverlapOrHaveOneName() throws IOException {
    String entry = "\"%s\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}";
    String first = String.format(entry, "a", 0, 8);
    Path overlapping =
        file(TestFiles.safetensors("{" + first + "," + String.format(entry, "b", 4, 12) + "}", 12));
    TestFiles.assertRefused(overlapping, SafetensorsTest::readAll, "tensor \"b\" starts at 4");
    Path same =
        file(TestFiles.safetensors("{" + first + "," + String.format(entry, "a", 8, 16) + "}", 16));
    TestFiles.assertRefused(same, SafetensorsTest::readAll, "\"a\" is twice");
  }

  @Test
  void refusesAHeaderThatIsNotUtf8() throws IOException {
    byte[] bytes = TestFiles.safetensors("{\"a\":{}}", 0);
    bytes[10] = (byte) 0xff;
    TestFiles.assertRefused(file(bytes), SafetensorsTest::readAll, "is not UTF-8");
  }

  @Test
  void lengthsThatAreClaimedTakeNoMemory() throws IOException {
    for (long length : new long[] {-1, Long.MIN_VALUE, 0, 1, 1 << 30, 99_999_999}) {
      byte[] bytes = TestFiles.safetensors("{}", 1000);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Path file = file(bytes);
      Allocation.assertBelow(
          1 << 20,
          () -> TestFiles.assertRefused(file, SafetensorsTest::readAll, "its first 8 bytes say"));
    }
  }

  @Test
  void aTensorThatIsMissingIsNamedWithThoseThatAreThere() throws IOException {
    Path path = TestFiles.made(directory, "state-dict.safetensors");
    TestFiles.assertRefused(
        path,
        file -> {
          try (Safetensors tensors = Safetensors.open(file)) {
            tensors.tensor("net.1.weight");
          }
        },
        "tensor \"net.1.weight\" is not there; the file has");
  }
}
