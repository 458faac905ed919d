package dev.lanewise.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.data.TableOptions.Missing;
import dev.lanewise.cli.data.TableOptions.Task;
import dev.lanewise.data.DataException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  @TempDir private Path directory;

  @Test
  void readsNumbersAndCategoriesBelowAHeader() throws Exception {
    Rows table = Rows.of(resource("shells.csv"), usual().withTarget("rings"));

    assertEquals(
        List.of("sex", "length", "weight, dry", "rings"),
        table.schema().columns().stream().map(Column::name).toList());
    assertEquals(List.of("F", "I", "M"), table.schema().columns().get(0).categories());
    assertArrayEquals(
        new float[] {
          0, 0, 1, 0.455f, 0.5f,
          1, 0, 0, 0.53f, 0.1f,
          0, 1, 0, 3, -2,
          1, 0, 0, 0.25f, 0.75f
        },
        table.x());
    assertArrayEquals(new float[] {15, 7, 9, 7}, table.t());
    assertFalse(table.schema().classification());
    assertEquals(List.of(), table.schema().classes());
    assertEquals("5 inputs of 3 columns, numbers of 'rings'", table.schema().description());
  }

  @Test
  void readsClassesWithoutAHeader() throws Exception {
    Rows table = Rows.of(resource("flowers.csv"), TableOptions.USUAL);

    assertTrue(table.schema().classification());
    assertEquals(List.of("setosa", "versicolor", "virginica"), table.schema().classes());
    assertArrayEquals(new float[] {5.1f, 3.5f, 4.9f, 3, 6.3f, 2.5f, 5, 2}, table.x());
    assertArrayEquals(new float[] {1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0}, table.t());
    assertEquals("2 inputs of 2 columns, 3 classes of 'column 3'", table.schema().description());
  }

  @Test
  void takesTheTargetByNameNumberOrTheLast() throws IOException {
    Path file = write("a,2,last\n1,5,9\n2,6,10\n3,7,11\n");

    assertEquals(0, withHeader(file).scan(usual().withTarget("a")).target());
    assertEquals(1, withHeader(file).scan(usual().withTarget("2")).target());
    assertEquals(2, withHeader(file).scan(usual().withTarget("last")).target());
    assertEquals(2, Rows.of(write("a,b,c\n1,5,9\n"), usual().withTarget("3")).schema().target());
    DataException e =
        assertThrows(DataException.class, () -> withHeader(file).scan(usual().withTarget("d")));
    assertEquals(
        file + ": has no column 'd'; expected last, 1 to 3, or a name: a, 2, last", e.getMessage());
    assertRefused(
        ": has no column '4'; expected last, 1 to 3, or a name: a, b, c",
        "a,b,c\n1,5,9\n",
        usual().withTarget("4"));
  }

  /** A few whole numbers, each twice or more on average. */
  @Test
  void whatIsPredictedFollowsFromTheTargetUnlessSaid() throws IOException {
    assertEquals(List.of("1", "2", "10"), classes("1,10\n2,2\n3,1.0\n4,10\n5,2.0\n6,1\n"));
    assertEquals(List.of(), classes("1,10\n2,2\n3,1\n4,10\n5,2\n"));
    assertEquals(List.of(), classes("1,0.5\n2,2\n3,0.5\n4,2\n"));
    StringBuilder eleven = new StringBuilder();
    for (int r = 0; r < 22; r++) {
      eleven.append(r % 2).append(',').append(r % 11).append('\n');
    }
    assertEquals(List.of(), classes(eleven.toString()));

    Rows asClasses = Rows.of(write("1,0.5\n2,2\n"), usual().withTask(Task.CLASSIFICATION));
    assertEquals(List.of("0.5", "2"), asClasses.schema().classes());
    Rows asNumbers = Rows.of(write("1,1\n2,1\n3,2\n4,2\n"), usual().withTask(Task.REGRESSION));
    assertArrayEquals(new float[] {1, 1, 2, 2}, asNumbers.t());
    assertRefused(
        ": 'column 2' holds texts, which are classes; leave out --task regression, or name a column"
            + " of numbers by --target",
        "1,1\n2,x\n",
        usual().withTask(Task.REGRESSION));
    assertRefused(
        ": 'column 2' is a in every row; expected at least 2 classes", "1,a\n2,a\n", usual());
  }

  @Test
  void aHeaderIsWhatItIsSaidToBe() throws IOException {
    String text = "1,a\n2,b\n3,a\n";
    assertEquals(3, Rows.of(write(text), usual()).rows());
    assertEquals(2, Rows.of(withHeader(write(text)), usual()).rows());
    Path names = write("x,a\ny,b\nz,c\n");
    assertEquals(2, Rows.of(names, usual()).rows());
    assertEquals(3, Rows.of(Rows.file(names, false, null), usual()).rows());
    Path twice = write("a,a\n1,2\n");
    DataException e = assertThrows(DataException.class, () -> withHeader(twice).scan(usual()));
    assertEquals(
        twice + ": line 1 names two columns 'a'; rename one, or say --header no if it is data",
        e.getMessage());
  }

  @Test
  void missingValuesAreFilledOrRefusedOrTheirRowsLeftOut() throws IOException {
    for (String missing : List.of("", "?", "NA", "NaN", " ")) {
      String text = "1,2,0.5\n3," + missing + ",1.5\n4,5,2.5\n";
      assertRefused(
          ": line 2, column 2: the value is missing ('"
              + missing.strip()
              + "'); mend the cell, or have it filled or the row left out by --missing",
          text,
          usual().withMissing(Missing.ERROR));

      Rows skipped = Rows.of(write(text), usual().withMissing(Missing.SKIP));
      assertArrayEquals(new float[] {1, 2, 4, 5}, skipped.x());
      assertArrayEquals(new float[] {0.5f, 2.5f}, skipped.t());
      assertEquals(new Tally(3, 1, 0, 0, null, 0), skipped.tally());

      Rows filled = Rows.of(write(text), usual().withMissing(Missing.FILL));
      assertArrayEquals(new float[] {1, 2, 3, 3.5f, 4, 5}, filled.x());
      assertArrayEquals(new float[] {0.5f, 1.5f, 2.5f}, filled.t());
      assertEquals(new Tally(3, 0, 1, 0, null, 0), filled.tally());
    }
    assertRefused(
        ": has no row without a missing value; mend some, or have them filled",
        "1,?\n?,2\n",
        usual().withMissing(Missing.SKIP));
  }

  @Test
  void theMostFrequentTextStandsForAMissingOne() throws IOException {
    Rows rows = Rows.of(write("b,1\na,2\n?,3\nb,4\n"), usual().withTask(Task.REGRESSION));

    assertArrayEquals(new float[] {0, 1, 1, 0, 0, 1, 0, 1}, rows.x());
  }

  /** Also where the others of its cells would be filled. */
  @Test
  void aRowWithoutItsTargetIsLeftOut() throws IOException {
    Rows rows = Rows.of(write("1,2\n100,?\n?,4\n"), usual().withTask(Task.REGRESSION));

    assertArrayEquals(new float[] {1, 1}, rows.x());
    assertArrayEquals(new float[] {2, 4}, rows.t());
    assertEquals(new Tally(3, 1, 1, 0, null, 0), rows.tally());
    assertRefused(": 'column 2', the target, is missing in every row", "1,?\n2,\n", usual());
  }

  @Test
  void columnsAreLeftOutIfSaidSoOrIfNothingCanBeLearnedFromThem() throws IOException {
    StringBuilder text = new StringBuilder("name,empty,age,town,y\n");
    for (int r = 0; r < 24; r++) {
      text.append("n").append(r).append(",,").append(r * r).append(r % 2 == 0 ? ",A," : ",B,");
      text.append(r % 3).append('\n');
    }
    Schema schema = Rows.of(write(text.toString()), usual()).schema();
    assertEquals(List.of("name", "empty"), schema.ignored());
    assertEquals(3, schema.inputs());
    assertEquals(
        "3 inputs of 2 columns, 3 classes of 'y'; ignored: name (texts that differ in most rows),"
            + " empty (empty)",
        schema.description());

    Schema less =
        Rows.of(write(text.toString()), usual().withIgnored(List.of("town", "1"))).schema();
    assertEquals(List.of("name", "empty", "town"), less.ignored());
    assertRefused(
        ": has no column 'x' to leave out; expected last, 1 to 5, or a name: name, empty, age,"
            + " town, y",
        text.toString(),
        usual().withIgnored(List.of("x")));
    assertRefused(
        ": 'y' is the target and cannot be left out",
        text.toString(),
        usual().withIgnored(List.of("y")));
    assertRefused(
        ": has no column to learn from: every one but the target is left out, empty, or a text"
            + " that is different in most rows",
        "1,2\n3,4\n",
        usual().withIgnored(List.of("1")));
  }

  @Test
  void saysInOneLineWhichCellCannotBeUsed() throws IOException {
    assertRefused(": line 3 has 3 cells; expected 2 as in line 1", "1,2\n3,4\n5,6,7\n", usual());
    assertRefused(": line 3 has 1 cell; expected 2 as in line 1", "a,b\n3,4\n5\n", usual());
    assertRefused(
        ": line 2, column 1: -inf is not a finite number; mend the cell or leave the row out",
        "1,2\n-inf,4\n",
        usual());
    assertRefused(
        ": line 2, column 1: 1e99 is not a finite number; mend the cell or leave the row out",
        "1,2\n1e99,4\n",
        usual());
    assertRefused(
        ": line 11, column 1: '1O' is not a number, but 10 of the column's 11 cells are; mend the"
            + " cell, or name it by --missing-words if it stands for a missing one",
        "1,2\n".repeat(10) + "1O,3\n",
        usual());
    StringBuilder names = new StringBuilder();
    for (int r = 0; r <= Values.MOST; r++) {
      names.append("1,name").append(r).append('\n');
    }
    assertRefused(
        ": 'column 2' has more than 1000 different values, of which no classes can be made; name"
            + " another target",
        names.toString(),
        usual());
  }

  @Test
  void saysInOneLineWhichFileCannotBeUsed() throws IOException {
    assertRefused(": is empty; expected a table", "", usual());
    assertRefused(": has no row below its header; expected at least 1", "a,b\n", usual());
    assertRefused(
        ": has 1 column; expected at least 2, of which one is the target: what stands between"
            + " cells? say it by --separator",
        "1:2\n3:4\n",
        usual());
    Path missing = directory.resolve("missing");
    DataException e = assertThrows(DataException.class, () -> Rows.of(missing, TableOptions.USUAL));
    assertEquals(missing + ": no such file", e.getMessage());
    Path quoted = write("1,2\n\"3,4\n");
    e = assertThrows(DataException.class, () -> Rows.of(quoted, TableOptions.USUAL));
    assertTrue(e.getMessage().startsWith(quoted + ": line 2: a quote is opened"), e.getMessage());
    Path latin1 = Files.write(directory.resolve("latin1"), new byte[] {'1', ',', (byte) 0xe4});
    e = assertThrows(DataException.class, () -> Rows.of(latin1, TableOptions.USUAL));
    assertTrue(e.getMessage().startsWith(latin1 + ": line 1 is not in UTF-8; "), e.getMessage());
  }

  @Test
  void knowsOtherSeparatorsAndAMarkOfUtf8() throws IOException {
    Path file = write("\uFEFFgröße;b\n1;2\n3;4\n");
    for (Character separator : new Character[] {';', null}) {
      Rows table = Rows.of(Rows.file(file, null, separator), usual());
      assertEquals("größe", table.schema().columns().get(0).name());
      assertArrayEquals(new float[] {1, 3}, table.x());
    }
    assertArrayEquals(new float[] {1, 2}, Rows.of(write("\n1\t2\t3\n"), usual()).x());
    assertArrayEquals(
        new float[] {1, 2}, Rows.of(write("'a,b'|c|d\n1|2|3\n".replace('\'', '"')), usual()).x());
  }

  @Test
  void anotherTableGetsTheSameColumns() throws Exception {
    Schema flowers = Rows.of(resource("flowers.csv"), usual()).schema();
    assertArrayEquals(new float[] {0, 0, 1}, like(flowers, "1,2,virginica\n").t());

    assertRefusedLike(
        flowers,
        ": line 1, column 3: 'rose' is unknown; expected one of setosa, versicolor, virginica",
        "1,2,rose\n");
    assertRefusedLike(flowers, ": has 4 columns; expected 3", "1,2,3,setosa\n");
    assertRefusedLike(
        flowers, ": line 1, column 2: 'x' is not a number; mend the cell", "1,x,setosa\n");
  }

  @Test
  void aHeaderMayNameTheColumnsInAnotherOrderWithOthersBetween() throws Exception {
    Schema shells = Rows.of(resource("shells.csv"), usual()).schema();
    Rows same = like(shells, "rings,x,length,sex,\"weight, dry\"\n3,9,1,M,2\n");
    assertArrayEquals(new float[] {0, 0, 1, 1, 2}, same.x());
    assertArrayEquals(new float[] {3}, same.t());
    assertRefusedLike(
        shells,
        ": has no column 'length', 'rings'; expected sex, length, weight, dry, rings, but there are"
            + " sex, weight, dry",
        "sex,\"weight, dry\"\nM,1\n");

    Rows other = like(shells, "SEX,length,\"weight, dry\",rings\nX,1,2,3\n");
    assertArrayEquals(new float[] {0, 0, 0, 1, 2}, other.x());
    assertEquals(1, other.tally().unknown());
    assertTrue(
        other.tally().firstUnknown().endsWith(": line 2, column 1: 'X'"),
        other.tally().firstUnknown());
  }

  @Test
  void targetsMayBeMissingWhereTheyAreNotAskedFor() throws Exception {
    Schema shells = Rows.of(resource("shells.csv"), usual()).schema();
    for (String text :
        List.of(
            "sex,length,\"weight, dry\"\nM,1,2\n",
            "M,1,2\n",
            "M,1,2,?\n",
            "sex,length,\"weight, dry\",rings\nM,1,2,\n")) {
      StringBuilder seen = new StringBuilder();
      new AnyFile(write(text))
          .read(
              shells,
              Missing.ERROR,
              false,
              (number, codes) ->
                  seen.append(number)
                      .append(Arrays.toString(codes.values))
                      .append(codes.targets[0]));
      assertEquals("1[2.0, 1.0, 2.0]NaN", seen.toString());
    }
  }

  @Test
  void aSchemaIsTheSameAfterItsJson() throws Exception {
    for (String name : List.of("shells.csv", "flowers.csv")) {
      Schema schema = Rows.of(resource(name), usual()).schema();
      Schema again = SchemaJson.parse("model", SchemaJson.of(schema));
      assertEquals(SchemaJson.of(schema), SchemaJson.of(again));
      assertEquals(schema.description(), again.description());
      assertArrayEquals(
          Rows.of(resource(name), usual()).x(),
          Rows.of(new AnyFile(resource(name)), again, Missing.ERROR).x());
    }
  }

  @Test
  void whatIsNoSchemaIsRefused() throws Exception {
    String good = SchemaJson.of(Rows.of(resource("shells.csv"), usual()).schema());
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            good.replace("\"target\":3", "\"target\":4"),
            good.replace("\"inputs\":5", "\"inputs\":6"),
            good.replace("\"number\"", "\"words\""),
            good.replace("\"M\"", "\"F\""),
            good.replace("\"M\"", "1"))) {
      DataException e = assertThrows(DataException.class, () -> SchemaJson.parse("model", bad));
      assertEquals("model: what it says of its columns cannot be read", e.getMessage(), bad);
    }
    DataException e =
        assertThrows(
            DataException.class,
            () -> SchemaJson.parse("model", good.replace("\"version\":2", "\"version\":3")));
    assertEquals(
        "model: its columns are described in a newer version; update lanewise", e.getMessage());
  }

  private static DataFile withHeader(Path file) {
    return Rows.file(file, true, null);
  }

  private Rows like(Schema schema, String text) throws IOException {
    return Rows.of(new AnyFile(write(text)), schema, Missing.ERROR);
  }

  private void assertRefusedLike(Schema schema, String message, String text) throws IOException {
    Path file = write(text);
    DataException e =
        assertThrows(DataException.class, () -> Rows.of(new AnyFile(file), schema, Missing.ERROR));
    assertEquals(file + message, e.getMessage());
  }

  private List<String> classes(String text) throws IOException {
    return Rows.of(write(text), TableOptions.USUAL).schema().classes();
  }

  private void assertRefused(String message, String text, TableOptions options) throws IOException {
    Path file = write(text);
    DataException e = assertThrows(DataException.class, () -> Rows.of(file, options));
    assertEquals(file + message, e.getMessage());
  }

  private Path write(String text) throws IOException {
    return Files.write(
        Files.createTempFile(directory, "table", ".csv"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static TableOptions usual() {
    return TableOptions.USUAL;
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(TableTest.class.getResource(name).toURI());
  }
}
