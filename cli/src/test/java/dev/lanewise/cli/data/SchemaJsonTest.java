package dev.lanewise.cli.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What models of all versions say of their columns is read for ever. */
class SchemaJsonTest {
  @Test
  void aTableOfVersion1KnowsItsTextsByTheirFloats() throws IOException {
    Schema schema = SchemaJson.parse("model", stored("table-1"));
    assertEquals(
        List.of("id text", "height", "color", "code", "all one", "grade"),
        schema.columns().stream().map(Column::name).toList());
    assertEquals(List.of("id text", "code"), schema.ignored());
    assertEquals(List.of("a", "b", "c"), schema.classes());
    assertEquals(5, schema.inputs());
    assertEquals(Column.Spelling.FLOAT, schema.columns().get(2).spelling());
    assertEquals(Numbers.PLAIN, schema.columns().get(1).numbers());
    assertEquals(1.5297436f, schema.columns().get(1).fill());
    assertEquals(MissingWords.USUAL, schema.missing());
  }

  @Test
  void aTableOfVersion2KnowsHowItsNumbersAreWritten() throws IOException {
    Schema schema = SchemaJson.parse("model", stored("table-2"));
    assertEquals(5, schema.inputs());
    assertEquals(1_700_000_028, schema.columns().get(0).numbers().shift());
    assertEquals(
        new Numbers(Numbers.Decimal.COMMA, "\u20ac", 0, 1), schema.columns().get(1).numbers());
    assertEquals("%", schema.columns().get(2).numbers().unit());
    assertEquals("numbers the rows", schema.columns().get(4).reason());
    assertEquals(MissingWords.of(List.of("-")), schema.missing());
    assertEquals(List.of("y"), schema.targetNames());
  }

  @Test
  void sparseRowsOfVersion1HaveAllIndicesFrom1() throws IOException {
    Schema schema = SchemaJson.parse("model", stored("sparse-1"));
    assertEquals("1-13", schema.indices().text());
    assertFalse(schema.sparse());
    assertEquals(List.of("-1", "1"), schema.classes());
  }

  @Test
  void sparseRowsOfVersion2NameTheirIndices() throws IOException {
    Schema schema = SchemaJson.parse("model", stored("sparse-2"));
    assertEquals("1-3,5,8,13", schema.indices().text());
    assertEquals(6, schema.inputs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table-2", "sparse-2"})
  void version2IsWrittenAsItWasRead(String name) throws IOException {
    String json = stored(name);
    assertEquals(json, SchemaJson.of(SchemaJson.parse("model", json)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"table-1", "sparse-1"})
  void version1IsWrittenAsVersion2AndMeansTheSame(String name) throws IOException {
    Schema old = SchemaJson.parse("model", stored(name));
    String json = SchemaJson.of(old);
    assertEquals("{\"version\":2,", json.substring(0, 13));
    assertEquals(json, SchemaJson.of(SchemaJson.parse("model", json)));
  }

  private static String stored(String name) throws IOException {
    try (InputStream in = SchemaJsonTest.class.getResourceAsStream(name + ".json")) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }
}
