package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.io.FileException;
import dev.lanewise.model.Activation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not as they were written are refused, with file, section, offset and advice. */
class BrokenFilesTest {
  @TempDir private Path directory;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void saveANetwork() throws IOException {
    file = directory.resolve("network.lanewise");
    Network network =
        Network.builder(2)
            .dense(3, Activation.RELU)
            .batchNorm(Activation.elu(1))
            .dropout(0.5f)
            .dense(1, Activation.SIGMOID)
            .build();
    new SavedNetwork(network, Map.of("columns", "a,b")).save(file);
    whole = Files.readAllBytes(file);
  }

  private interface Content {
    void write(SectionWriter out) throws IOException;
  }

  private FileException refused(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return assertThrows(FileException.class, () -> Network.load(file));
  }

  private void refused(byte[] bytes, String section, long offset, String problem)
      throws IOException {
    assertSays(refused(bytes), section, offset, problem);
  }

  private void assertSays(FileException e, String section, long offset, String problem) {
    String where = section.isEmpty() ? "" : ", section \"" + section + '"';
    assertEquals(file + where + ", at byte " + offset + ": " + problem, e.getMessage());
  }

  /** Writes a network's file of which one section has other content, its checksums right. */
  private void refusedAs(String section, String problem, Content content) throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      for (String name : new String[] {"layers", "parameters", "statistics", "metadata"}) {
        if (name.equals(section)) {
          out.section(name);
          content.write(out);
        } else if (name.equals("layers")) {
          out.section(name).putInt(1);
          dense(out, 2, 1, "TANH");
        } else if (name.equals("parameters")) {
          out.section(name).putFloats(new float[3]);
        } else if (name.equals("metadata")) {
          out.section(name).putInt(0);
        } else {
          out.section(name);
        }
      }
      out.finish();
    }
    FileException e = assertThrows(FileException.class, () -> Network.load(file));
    assertTrue(e.getMessage().contains(", section \"" + section + "\", "), e::getMessage);
    assertTrue(e.getMessage().contains(problem), e::getMessage);
  }

  private static void dense(SectionWriter out, int in, int outputs, String activation)
      throws IOException {
    out.putText("dense").putInt(in).putInt(outputs).putText(activation).putFloat(0).putInt(1);
  }

  private byte[] with(int at, int value) {
    byte[] bytes = whole.clone();
    bytes[at] = (byte) value;
    return bytes;
  }

  private int find(String text) {
    return new String(whole, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  @Test
  void anyFlippedByteIsRefused() throws IOException {
    for (int at = 0; at < whole.length; at++) {
      for (int flip : new int[] {1, 0x80, 0xff}) {
        refused(with(at, whole[at] ^ flip));
      }
    }
  }

  @Test
  void anyTruncationIsRefused() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    String other = "does not start with LANEWISE, so it is of another kind, or damaged";
    refused(new byte[0], "", 0, other);
    refused("PK\3\4 some archive".getBytes(StandardCharsets.US_ASCII), "", 0, other);
    FileException e = assertThrows(FileException.class, () -> Network.load(directory));
    assertTrue(e.getMessage().endsWith("is not a regular file; name one"), e::getMessage);
  }

  @Test
  void newerVersionsAreRefusedByName() throws IOException {
    refused(
        with(8, 2),
        "",
        12,
        "its version is 2, but this Lanewise reads versions up to 1: use a newer Lanewise");
    refused(with(8, 0), "", 12, "its version is 0, but versions start at 1: it is damaged");
  }

  @Test
  void damageIsLocated() throws IOException {
    int parameters = find("parameters") + "parameters".length() + 16;
    refused(
        with(parameters + 5, whole[parameters + 5] ^ 4),
        "parameters",
        parameters,
        "its bytes do not fit their checksum: it is damaged; use another copy, or save it again");
    int columns = find("columns");
    refused(
        Arrays.copyOf(whole, columns + 2),
        "metadata",
        columns - 8,
        "has 10 bytes of 22: it is cut off; use another copy, or save it again");
    int end = whole.length - 4 - 3 - 16;
    refused(
        Arrays.copyOf(whole, end),
        "",
        end,
        "is cut off: its end marker is missing; use another copy, or save it again");
    refused(
        Arrays.copyOf(whole, whole.length + 3),
        "",
        whole.length,
        "3 bytes follow its end; expected none; use another copy, or save it again");
    refused(
        with(13, 7),
        "",
        16,
        "a section's name is 1798 bytes long, but 1 to 255 were expected: it is damaged; use"
            + " another copy, or save it again");
  }

  @Test
  void missingSectionsAreNamed() throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      out.section("metadata").putInt(0).finish();
    }
    assertSays(
        assertThrows(FileException.class, () -> Network.load(file)),
        "layers",
        12,
        "is missing: it was written for another purpose, or by another program");
  }

  @Test
  void countsThatDoNotFitAreRefusedBeforeAnythingIsAllocated() throws IOException {
    int huge = Integer.MAX_VALUE;
    refusedAs("parameters", "too few for the layers", out -> out.putFloats(new float[2]));
    refusedAs(
        "parameters",
        "holds 16 bytes, but 3 numbers of 4 bytes were expected",
        out -> out.putFloats(new float[4]));
    refusedAs(
        "statistics",
        "holds 4 bytes, but 0 numbers of 4 bytes were expected",
        out -> out.putFloats(new float[1]));
    refusedAs("metadata", "ends 0 bytes on, but 4 were expected", out -> out.putInt(huge));
    refusedAs(
        "metadata",
        "a text of 2147483647 bytes is announced, but 4 are left",
        out -> out.putInt(1).putInt(huge).putInt(0));
    refusedAs("metadata", "4 bytes are left, but none", out -> out.putInt(-1).putInt(0));
    refusedAs("layers", "ends 0 bytes on", out -> out.putInt(huge));
    refusedAs("layers", "at least 1 layer, but 0", out -> out.putInt(0));
  }

  @Test
  void hugeLayersWithoutParametersInTheFileAreRefused() throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      out.section("layers").putInt(3);
      for (int l = 0; l < 3; l++) {
        dense(out, Integer.MAX_VALUE, Integer.MAX_VALUE, "TANH");
      }
      out.section("parameters").section("metadata").putInt(0).finish();
    }
    FileException e = assertThrows(FileException.class, () -> Network.load(file));
    assertTrue(e.getMessage().contains(", section \"parameters\", "), e::getMessage);
  }

  @Test
  void layersThatMakeNoNetworkAreRefused() throws IOException {
    refusedAs(
        "layers",
        "there is no layer of type \"convolution\" in this Lanewise: use a newer one",
        out -> out.putInt(1).putText("convolution").putLong(0).putText("TANH").putFloat(0));
    refusedAs(
        "layers",
        "a layer of type \"dense\" is damaged, or newer",
        out -> dense(out.putInt(1), 2, 1, "SWIGLU"));
    refusedAs("layers", "in = 0, out = 1", out -> dense(out.putInt(1), 0, 1, "TANH"));
    refusedAs(
        "layers",
        "cannot have 3 outputs",
        out -> out.putInt(1).putText("rescale").putInt(2).putInt(3).putText("TANH").putFloat(0));
    refusedAs(
        "layers",
        "layer 1 must have 1 inputs",
        out -> {
          out.putInt(2).putText("rescale").putInt(1).putInt(1).putText("IDENTITY").putFloat(0);
          dense(out, 2, 1, "TANH");
        });
  }

  @Test
  void aWriterIsUsedInOrderOnly() throws IOException {
    try (SectionWriter out = new SectionWriter(directory.resolve("other"))) {
      assertThrows(IllegalStateException.class, () -> out.putInt(1));
      out.section("a");
      for (String name : new String[] {"a", "", "end", "n".repeat(256)}) {
        assertThrows(IllegalArgumentException.class, () -> out.section(name), name);
      }
      out.section("n".repeat(255)).finish();
      assertThrows(IllegalStateException.class, out::finish);
      assertThrows(IllegalStateException.class, () -> out.putInt(1));
    }
  }

  @Test
  void whatWasNotFinishedLeavesTheOldFile() throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      out.section("layers").putFloats(new float[100_000]);
    }
    assertEquals(-1, Arrays.mismatch(whole, Files.readAllBytes(file)));
    assertEquals(1, directory.toFile().list().length);
  }

  /** Writes a network's file of one layer of a width and nothing else, its checksums right. */
  private void writeWide(String type, int width, Content more) throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      out.section("layers").putInt(1).putText(type).putInt(width).putInt(width);
      out.putText("IDENTITY").putFloat(0);
      more.write(out);
      out.section("parameters").section("statistics").section("metadata").putInt(0).finish();
    }
  }

  @Test
  void aSmallFileOfAWideLayerAsksForNoMoreMemoryThanItHas() throws IOException {
    int width = 1_000_000_000;
    Map<String, Content> layers =
        Map.of(
            "rescale", out -> {},
            "dense", out -> out.putInt(0),
            "layer norm", out -> out.putFloat(1),
            "batch norm", out -> out.putFloat(1).putFloat(0));
    for (Map.Entry<String, Content> layer : layers.entrySet()) {
      writeWide(layer.getKey(), width, layer.getValue());
      FileException e = assertThrows(FileException.class, () -> Network.load(file), layer.getKey());
      assertTrue(e.getMessage().contains("too few for the layers"), e::getMessage);
    }
    // These have no numbers: only who predicts brings some.
    writeWide("dropout", width, out -> out.putFloat(0));
    assertEquals(width, Network.load(file).inputs());
    writeWide("residual", width, out -> out.putInt(-1));
    assertThrows(FileException.class, () -> Network.load(file));
  }
}
