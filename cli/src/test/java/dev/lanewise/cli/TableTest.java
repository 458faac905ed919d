package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.TableOptions.Header;
import dev.lanewise.cli.TableOptions.Missing;
import dev.lanewise.cli.TableOptions.Task;
import dev.lanewise.data.DataException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  @TempDir private Path directory;

  @Test
  void readsNumbersAndCategoriesBelowAHeader() throws Exception {
    Table table = Table.read(resource("shells.csv"), usual().withTarget("rings"));

    assertEquals(
        List.of("sex", "length", "weight, dry", "rings"),
        table.columns().stream().map(Column::name).toList());
    assertEquals(List.of("F", "I", "M"), table.columns().get(0).categories());
    assertArrayEquals(
        new float[] {
          0, 0, 1, 0.455f, 0.5f,
          1, 0, 0, 0.53f, 0.1f,
          0, 1, 0, 3, -2,
          1, 0, 0, 0.25f, 0.75f
        },
        table.data().x());
    assertArrayEquals(new float[] {15, 7, 9, 7}, table.data().t());
    assertFalse(table.classification());
    assertEquals(List.of(), table.classes());
    assertEquals("4 rows, 5 inputs of 3 columns, numbers of 'rings'", table.description());
  }

  @Test
  void readsClassesWithoutAHeader() throws Exception {
    Table table = Table.read(resource("flowers.csv"), TableOptions.USUAL);

    assertTrue(table.classification());
    assertEquals(List.of("setosa", "versicolor", "virginica"), table.classes());
    assertArrayEquals(new float[] {5.1f, 3.5f, 4.9f, 3, 6.3f, 2.5f, 5, 2}, table.data().x());
    assertArrayEquals(new float[] {1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0}, table.data().t());
    assertEquals("4 rows, 2 inputs of 2 columns, 3 classes of 'column 3'", table.description());
  }

  @Test
  void takesTheTargetByNameNumberOrTheLast() throws IOException {
    Path file = write("a,2,last\n1,5,9\n2,6,10\n3,7,11\n");

    TableOptions header = usual().withHeader(Header.YES);
    assertEquals(0, Table.read(file, header.withTarget("a")).target());
    assertEquals(1, Table.read(file, header.withTarget("2")).target());
    assertEquals(2, Table.read(file, header.withTarget("last")).target());
    assertEquals(2, Table.read(write("a,b,c\n1,5,9\n"), usual().withTarget("3")).target());
    assertRefused(
        ": has no column 'd'; expected last, 1 to 3, or a name: a, 2, last",
        "a,2,last\n1,5,9\n",
        header.withTarget("d"));
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
      eleven.append("1,").append(r % 11).append('\n');
    }
    assertEquals(List.of(), classes(eleven.toString()));

    Table asClasses = Table.read(write("1,0.5\n2,2\n"), usual().withTask(Task.CLASSIFICATION));
    assertEquals(List.of("0.5", "2"), asClasses.classes());
    Table asNumbers = Table.read(write("1,1\n2,1\n3,2\n4,2\n"), usual().withTask(Task.REGRESSION));
    assertArrayEquals(new float[] {1, 1, 2, 2}, asNumbers.data().t());
    assertRefused(
        ": line 2, column 2: 'x' is not a number; mend the cell",
        "1,1\n2,x\n",
        usual().withTask(Task.REGRESSION));
    assertRefused(
        ": 'column 2' is a in every row; expected at least 2 classes", "1,a\n2,a\n", usual());
  }

  @Test
  void aHeaderIsWhatItIsSaidToBe() throws IOException {
    String text = "1,a\n2,b\n3,a\n";
    assertEquals(3, Table.read(write(text), usual()).data().rows());
    assertEquals(2, Table.read(write(text), usual().withHeader(Header.YES)).data().rows());
    assertEquals(
        3, Table.read(write("x,a\ny,b\nx,a\n"), usual().withHeader(Header.NO)).data().rows());
    assertRefused(
        ": line 1 names two columns 'a'; rename one", "a,a\n1,2\n", usual().withHeader(Header.YES));
  }

  @Test
  void missingValuesAreRefusedOrTheirRowsLeftOut() throws IOException {
    for (String missing : List.of("", "?", "NA", "NaN", " ")) {
      String text = "1,2,0.5\n3," + missing + ",1.5\n4,5,2.5\n";
      assertRefused(
          ": line 2, column 2: the value is missing ('"
              + missing.strip()
              + "'); mend the cell, or have such rows left out",
          text,
          usual());
      Table table = Table.read(write(text), usual().withMissing(Missing.LEFT_OUT));
      assertArrayEquals(new float[] {1, 2, 4, 5}, table.data().x());
      assertArrayEquals(new float[] {0.5f, 2.5f}, table.data().t());
      assertEquals(
          "2 rows (1 left out), 2 inputs of 2 columns, numbers of 'column 3'", table.description());
    }
    assertRefused(
        ": has no row without a missing value; mend some",
        "1,?\n?,2\n",
        usual().withMissing(Missing.LEFT_OUT));
  }

  @Test
  void saysInOneLineWhichCellCannotBeUsed() throws IOException {
    assertRefused(": line 3 has 3 cells; expected 2 as in line 1", "1,2\n3,4\n5,6,7\n", usual());
    assertRefused(": line 3 has 1 cells; expected 2 as in line 1", "a,b\n3,4\n5\n", usual());
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
            + " cell",
        "1,2\n".repeat(10) + "1O,3\n",
        usual());
    StringBuilder names = new StringBuilder();
    for (int r = 0; r <= ColumnScan.MOST_CATEGORIES; r++) {
      names.append("name").append(r).append(",1\n");
    }
    assertRefused(
        ": 'column 1' has more than 1000 different values, of which no categories can be made;"
            + " leave the column out",
        names.toString(),
        usual().withHeader(Header.NO));
  }

  @Test
  void saysInOneLineWhichFileCannotBeUsed() throws IOException {
    assertRefused(": is empty; expected a table", "", usual());
    assertRefused(": has no row below its header; expected at least 1", "a,b\n", usual());
    assertRefused(
        ": has 1 column; expected at least 2, of which one is the target: is ',' what stands"
            + " between cells?",
        "1;2\n3;4\n",
        usual());
    Path missing = directory.resolve("missing");
    DataException e =
        assertThrows(DataException.class, () -> Table.read(missing, TableOptions.USUAL));
    assertEquals(missing + ": no such file", e.getMessage());
    Path quoted = write("1,2\n\"3,4\n");
    e = assertThrows(DataException.class, () -> Table.read(quoted, TableOptions.USUAL));
    assertTrue(e.getMessage().startsWith(quoted + ": is no CSV file in UTF-8: "), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    Path latin1 = Files.write(directory.resolve("latin1"), new byte[] {'1', ',', (byte) 0xe4});
    e = assertThrows(DataException.class, () -> Table.read(latin1, TableOptions.USUAL));
    assertTrue(e.getMessage().startsWith(latin1 + ": is no CSV file in UTF-8: "), e.getMessage());
  }

  @Test
  void knowsOtherSeparatorsAndAMarkOfUtf8() throws IOException {
    Path file = write("\uFEFFgröße;b\n1;2\n3;4\n");
    Table table = Table.read(file, usual().withSeparator(';'));

    assertEquals("größe", table.columns().get(0).name());
    assertArrayEquals(new float[] {1, 3}, table.data().x());
  }

  @Test
  void anotherTableGetsTheSameColumns() throws Exception {
    Table train = Table.read(resource("flowers.csv"), TableOptions.USUAL);
    Table test = train.readLike(write("1,2,virginica\n"), TableOptions.USUAL);
    assertArrayEquals(new float[] {0, 0, 1}, test.data().t());

    Path unknown = write("1,2,rose\n");
    DataException e =
        assertThrows(DataException.class, () -> train.readLike(unknown, TableOptions.USUAL));
    assertEquals(
        unknown
            + ": line 1, column 3: 'rose' is unknown; expected one of setosa, versicolor,"
            + " virginica",
        e.getMessage());
    Path wider = write("1,2,3,setosa\n");
    e = assertThrows(DataException.class, () -> train.readLike(wider, TableOptions.USUAL));
    assertEquals(wider + ": has 4 columns; expected 3", e.getMessage());
    Path text = write("1,x,setosa\n");
    e = assertThrows(DataException.class, () -> train.readLike(text, TableOptions.USUAL));
    assertEquals(text + ": line 1, column 2: 'x' is not a number; mend the cell", e.getMessage());

    Table shells = Table.read(resource("shells.csv"), TableOptions.USUAL);
    Table more = shells.readLike(write("s,l,w,r\nX,1,2,3\n"), TableOptions.USUAL);
    assertArrayEquals(new float[] {0, 0, 0, 1, 2}, more.data().x());
  }

  private List<String> classes(String text) throws IOException {
    return Table.read(write(text), TableOptions.USUAL).classes();
  }

  private void assertRefused(String message, String text, TableOptions options) throws IOException {
    Path file = write(text);
    DataException e = assertThrows(DataException.class, () -> Table.read(file, options));
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
