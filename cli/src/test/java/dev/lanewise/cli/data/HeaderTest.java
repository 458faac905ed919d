package dev.lanewise.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first line of a table is, and how a model finds its columns. */
class HeaderTest {
  @TempDir private Path directory;

  private final List<String> notes = new ArrayList<>();

  @Test
  void numbersThatCountUpNameTheColumnsOfWhatDoesNotLookLikeThem() throws IOException {
    String fractions = "0.5,1.5,a\n1.5,-2.5,b\n2.5,3.5,a\n0.1,0.2,b\n";
    assertNames("0,1,2\n" + fractions, "0, 1, 2");
    assertNames("1,2,3\n" + fractions, "1, 2, 3");
    assertNames("0,1,target\n" + fractions, "0, 1, target");
    assertNames("0,1\n0.5,1\n1.5,0\n2.5,1\n", "0, 1");
    assertNames(",0,1,2\n0,0.5,1.5,a\n1,2.5,3.5,b\n", "column 1, 0, 1, 2");
    assertNames("0,1,2,3,4\n5,16,0,0,1\n7,8,9,3,0\n", "0, 1, 2, 3, 4");
    assertEquals(List.of(), notes);
  }

  @Test
  void yearsNameTheColumnsOfOtherNumbers() throws IOException {
    assertNames("country,2019,2020,grew\nA,1.5,2,no\nB,3,4,yes\n", "country, 2019, 2020, grew");
    assertNames("2019,2020,2021\n1,2,3\n4,5,6\n", "2019, 2020, 2021");
    assertNames("Name,Code,1960,1961\nA,a,,\nB,b,5,\n", "Name, Code, 1960, 1961");
    assertEquals(List.of(), notes);
    assertData("Ada,1985,yes\nBob,1990,no\nEve,1977,yes\n");
    assertData("Ada,1900,1980\nBob,1901,1981\nEve,1877,1950\n");
    assertData("Ada,1900,yes\nBob,20,no\nEve,3000,yes\n");
  }

  @Test
  void wordsThatAreThereTwiceAreData() throws IOException {
    assertData("democrat,n,n,y\nrepublican,y,n,y\ndemocrat,n,y,n\n");
    String told =
        ": line 1 (democrat, n, n, y) is taken for data, for a word is there twice; if it names the"
            + " columns, say --header yes";
    assertEquals(List.of(file() + told), notes);
  }

  @Test
  void wordsThatStandBelowAsWellAreData() throws IOException {
    assertData("yes,red,p\nno,blue,q\nyes,red,q\n");
    assertTrue(notes.get(0).contains("say --header yes"), notes.toString());
  }

  @Test
  void namesThatStandBetweenRowsOfJoinedFilesAreToldWithTheirLine() throws IOException {
    Files.writeString(file(), "x,y\n0.5,a\n1.5,b\nx,y\n2.5,a\n3.5,b\n");
    DataException e = assertThrows(DataException.class, () -> schema(null));
    assertEquals(file() + ": line 4 repeats the names of line 1; remove it", e.getMessage());
  }

  @Test
  void otherWordsAreNamesAndWhatIsInDoubtIsTold() throws IOException {
    assertNames("kind,colour\na,red\nb,red\na,blue\nb,blue\n", "kind, colour");
    assertEquals(List.of(), notes);
    assertNames("kind,colour\na,red\nb,blue\n", "kind, colour");
    assertEquals(
        List.of(
            file()
                + ": line 1 (kind, colour) is taken for names, though all below are texts as well;"
                + " if it is data, say --header no"),
        notes);
    notes.clear();
    assertNames("id,400.5,401.5,403\n7,1,2,3\n8,2,3,4\n9,5,6,7\n", "id, 400.5, 401.5, 403");
    assertNames("1.5,2.5,3.5,class\n1,2,3,4\n2,3,4,5\n5,6,7,8\n", "1.5, 2.5, 3.5, class");
    assertEquals(2, notes.size(), notes.toString());
  }

  @Test
  void countsAboveTheTableAreRefusedWithTheOptionThatHelps() throws IOException {
    Files.writeString(file(), "150,4,setosa\n5.1,3.5,0\n4.9,3,1\n4.7,3.2,0\n");
    DataException e = assertThrows(DataException.class, () -> schema(null));
    assertEquals(
        file()
            + ": line 1 (150, 4, setosa) is neither names nor data: 'setosa' stands above numbers;"
            + " leave the line out by --skip 1, or say --header yes or --header no",
        e.getMessage());
  }

  @Test
  void whatIsSaidOfTheHeaderHolds() throws IOException {
    Files.writeString(file(), "0,1,2\n0.5,1.5,a\n1.5,-2.5,b\n2.5,3.5,a\n0.1,0.2,b\n");
    assertEquals("column 1, column 2, column 3", names(false));
    assertEquals("0, 1, 2", names(true));
    assertEquals(List.of(), notes);
  }

  @Test
  void columnsAreFoundWhateverTheCaseOfTheirNames() throws IOException {
    Schema schema = trained("x1,x2,y\n1,2,p\n3,4,q\n5,6,p\n");
    assertEquals("1.0 2.0", inputs(schema, "X2, X1 \n2,1\n"));
    assertEquals(
        List.of(
            file()
                + ": columns are taken whatever the case of their names: X1 for x1, X2 for"
                + " x2"),
        notes);
    Schema both = trained("a,A,y\n1,2,p\n3,4,q\n5,6,p\n");
    assertEquals("1.0 2.0", inputs(both, "A,a\n2,1\n"));
    assertEquals(
        ": has no column 'a' (did you mean 'Aa'?); expected a, A, y", refusal(both, "Aa,A\n1,2\n"));
  }

  @Test
  void aHeaderThatAModelDoesNotKnowIsRefusedWithBothLists() throws IOException {
    Schema schema = trained("width,height,y\n1,2,p\n3,4,q\n5,6,p\n");
    assertEquals(
        ": its header names a, b, none of which the model knows; expected width, height, y; rename"
            + " them, or say --header no if the first line is data",
        refusal(schema, "a,b\n1,2\n"));
    assertEquals(
        ": has no column 'height' (did you mean 'heigth'?); expected width, height, y",
        refusal(schema, "width,heigth\n1,2\n"));
    assertEquals(
        ": has no column 'height'; expected width, height, y, but there are width, z",
        refusal(schema, "width,z\n1,2\n"));
  }

  @Test
  void aTableWithoutAHeaderIsTakenByOrderAndThisIsTold() throws IOException {
    Schema schema = trained("x1,x2,y\n1,2,p\n3,4,q\n5,6,p\n");
    assertEquals("1.0 2.0", inputs(schema, "1,2\n"));
    assertEquals(
        List.of(file() + ": has no header; the columns are taken by their order: x1, x2"), notes);
    assertEquals(
        ": has 4 columns; expected 3, or 2 without the target", refusal(schema, "1,2,3,4\n"));
    Schema unnamed = trained("1,2,p\n3,4,q\n5,6,p\n");
    assertEquals("1.0 2.0", inputs(unnamed, "a,b\n1,2\n"));
    assertEquals(
        List.of(file() + ": the model knows no names; the columns a, b are taken by their order"),
        notes);
    assertEquals("1.0 2.0", inputs(unnamed, "1,2\n"));
    assertEquals(List.of(), notes);
  }

  @Test
  void namesThatAModelKnowsMakeAHeaderOfAnyLine() throws IOException {
    Schema schema = trained("0,1,2,3,4\n0.5,1.5,3,4,a\n1.5,-2.5,1,2,b\n0.1,0.2,3,4,b\n");
    assertEquals("7.0 8.0 9.0 10.0", inputs(schema, "0,1,2,3\n7,8,9,10\n"));
    Schema words = trained("kind,colour,y\na,red,p\nb,red,q\na,blue,p\nb,blue,q\n");
    assertEquals("0.0 1.0", inputs(words, "kind,colour\na,red\n"));
  }

  private void assertNames(String text, String names) throws IOException {
    Files.writeString(file(), text);
    assertEquals(names, names(null), text);
  }

  private void assertData(String text) throws IOException {
    Files.writeString(file(), text);
    assertTrue(names(null).startsWith("column 1, column 2"), text);
  }

  private String names(Boolean header) throws IOException {
    return String.join(", ", schema(header).columns().stream().map(Column::name).toList());
  }

  private Schema schema(Boolean header) throws IOException {
    try (DataFile file = data(header)) {
      // Any column will do as the target.
      return file.scan(TableOptions.USUAL.withTarget("2").withTask(TableOptions.Task.AUTO));
    }
  }

  private Schema trained(String text) throws IOException {
    Files.writeString(file(), text);
    try (DataFile file = data(null)) {
      return file.scan(TableOptions.USUAL);
    }
  }

  private DataFile data(Boolean header) {
    return new AnyFile(
        file(), new CsvOptions(header, null, 0, null, null), NumpyNames.FOUND, notes::add);
  }

  private String refusal(Schema schema, String text) {
    DataException e = assertThrows(DataException.class, () -> inputs(schema, text));
    assertTrue(e.getMessage().startsWith(file().toString()), e.getMessage());
    return e.getMessage().substring(file().toString().length());
  }

  private String inputs(Schema schema, String text) throws IOException {
    notes.clear();
    Files.writeString(file(), text);
    List<String> all = new ArrayList<>();
    try (DataFile file = data(null)) {
      file.read(
          schema,
          TableOptions.Missing.ERROR,
          false,
          (number, codes) -> {
            for (float value : codes.values) {
              all.add(Float.toString(value));
            }
          });
    }
    return String.join(" ", all);
  }

  private Path file() {
    return directory.resolve("table.csv");
  }
}
