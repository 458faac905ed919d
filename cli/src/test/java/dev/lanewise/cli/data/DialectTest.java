package dev.lanewise.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the lines of a table are split, and what is no part of it. */
class DialectTest {
  @TempDir private Path directory;

  private final List<String> notes = new ArrayList<>();

  @Test
  void commasInNumbersAreNoSeparatorWhereSemicolonsOrTabsSplitBetter() throws IOException {
    assertCells("4,7;3,5;a\n4,8;2,7;b\n4,1;2,8;a\n", "4,7|3,5|a", "4,8|2,7|b", "4,1|2,8|a");
    assertCells("1,5;2,5\n3,5;4,5\n", "1,5|2,5", "3,5|4,5");
    assertCells("x\ty\n1,5\t2,5\n3,5\t4,5\n", "x=1,5|y=2,5", "x=3,5|y=4,5");
    assertCells("1.234,50;7\n2.000,00;8\n", "1.234,50|7", "2.000,00|8");
    assertCells("1,5 2,5 a\n3,5 4,5 b\n", "1,5|2,5|a", "3,5|4,5|b");
  }

  @Test
  void separatorsWithinTextsAreNone() throws IOException {
    assertCells(
        "what;price;kind\nnice, big, red;1.5;p\nold, small, blue;2.5;q\n",
        "what=nice, big, red|price=1.5|kind=p",
        "what=old, small, blue|price=2.5|kind=q");
    assertCells(
        "\"name, first\",age\nAda,1\nBob,2\n", "name, first=Ada|age=1", "name, first=Bob|age=2");
    assertCells("New York,1\nLos Angeles,2\n", "New York|1", "Los Angeles|2");
    assertCells("12:30,1\n12:45,2\n", "12:30|1", "12:45|2");
  }

  @Test
  void runsOfBlanksSeparateCells() throws IOException {
    String[] rows = {"a=1|b=2.5|c=x", "a=10|b=3.5|c=y z"};
    assertCells("a   b\tc\n 1   2.5  x \n 10  3.5 \"y z\"\n", rows);
    assertEquals(List.of("cells are separated by blanks"), notes);
    assertCells(new CsvOptions(null, ' ', 0, null, null), "a b c\n1  2.5 x\n10 3.5 'y z'\n", rows);
    assertEquals(List.of(), notes);
    assertCells("'OBS' 'GPA'\n1 2.66\n2 2.89\n", "OBS=1|GPA=2.66", "OBS=2|GPA=2.89");
  }

  @Test
  void excelSaysTheSeparatorInTheFirstLine() throws IOException {
    assertCells("sep=;\nx;y\n1;a\n2;b\n", "x=1|y=a", "x=2|y=b");
    assertCells("\ufeffsep=|\r\n1|a\r\n2|b\r\n", "1|a", "2|b");
    DataException e = assertThrows(DataException.class, () -> cells("sep=;\nx;y\n1;a\n2;b;c\n"));
    assertEquals(file() + ": line 4 has 3 cells; expected 2 as in line 2", e.getMessage());
  }

  @Test
  void remarksAboveTheTableAreLeftOut() throws IOException {
    assertCells("# made by sensor 7\n\n# units: mm, s\nx,y\n1,2\n3,4\n", "x=1|y=2", "x=3|y=4");
    assertEquals(List.of(), notes);
    assertCells("#1,2\n3,4\n5,6\n", "3|4", "5|6");
    assertCells("# units\n# x y\n1 2\n3 4\n", "x=1|y=2", "x=3|y=4");
    assertEquals("line 2 (x, y), behind #, names the columns", notes.get(1));
    assertCells("#id,kind\n1,a\n2,b\n", "id=1|kind=a", "id=2|kind=b");
    DataException e = assertThrows(DataException.class, () -> cells("# r\n1,2\n3,4\n\n5,6,7\n"));
    assertEquals(file() + ": line 5 has 3 cells; expected 2 as in line 2", e.getMessage());
  }

  @Test
  void linesAreSkippedAndRemarksLeftOutAsSaid() throws IOException {
    assertCells(skip(2), "Report\n\nx,y\n1,2\n3,4\n", "x=1|y=2", "x=3|y=4");
    assertCells(skip(1), "150,2,setosa\n1,2,0\n3,4,1\n", "1|2|0", "3|4|1");
    CsvOptions remarks = new CsvOptions(null, null, 0, '%', null);
    assertCells(remarks, "% a\nx,y\n1,2\n% b, c, d\n3,4\n", "x=1|y=2", "x=3|y=4");
    DataException e = assertThrows(DataException.class, () -> cells(skip(1), "r\nx,y\n1,2\n\n3\n"));
    assertEquals(file() + ": line 5 has 1 cell; expected 2 as in line 2", e.getMessage());
    for (int lines : new int[] {3, 4, 1000}) {
      e = assertThrows(DataException.class, () -> cells(skip(lines), "x,y\n1,2\n3,4\n"));
      assertEquals(1, e.getMessage().lines().count());
    }
  }

  @Test
  void aRemarkBetweenRowsIsRefusedWithTheOptionThatLeavesItOut() {
    assertRefused(
        ": line 3 has 1 cell; expected 2 as in line 1; if it is a remark, say --comment '#'",
        "x,y\n1,2\n# checked\n3,4\n5,6\n");
  }

  @Test
  void linesThatDoNotBelongToTheTableAreNamedWithTheirCure() {
    assertRefused(
        ": line 1 (|1x3 Cross validator) has 1 cell, but the lines from 2 on have 4; if the table"
            + " begins there, say --skip 1",
        "|1x3 Cross validator\n25, Private, 226, <=50K.\n38, Private, 898, >50K.\n");
    assertRefused(
        ": line 1 (178, 13, c0) has 3 cells, but the lines from 2 on have 4; if the table begins"
            + " there, say --skip 1",
        "178,13,c0\n1,2,3,0\n4,5,6,1\n");
    assertRefused(
        ": line 1 (Report 2020) has 1 cell, but the lines from 3 on have 3; if the table begins"
            + " there, say --skip 2",
        "Report 2020\n\nx,y,z\n1,2,3\n4,5,6\n");
  }

  @Test
  void quotesMayStandBehindBlanksOrBackslashesOrBeSingle() throws IOException {
    assertCells("1, \"a, b\", p\n2, \"c\", q\n", "1|a, b|p", "2|c|q");
    assertCells("a, b, y\n1, \"c, d\" , p\n", "a=1|b=c, d|y=p");
    assertCells(
        "1,\"say \\\"hi, you\\\" ok\",p\n2,\"\\\\\",q\n", "1|say \"hi, you\" ok|p", "2|\\|q");
    assertEquals(List.of("a quote behind a backslash is part of its cell"), notes);
    assertCells("1,\"C:\\dir\\\",p\n2,\"D:\\\",q\n", "1|C:\\dir\\|p", "2|D:\\|q");
    assertCells("'a','b'\n1,'red, dark'\n2,'blue'\n", "a=1|b=red, dark", "a=2|b=blue");
    CsvOptions backslash = new CsvOptions(null, null, 0, null, true);
    assertCells(backslash, "1,\"\\\"\"\n2,\"b\"\n", "1|\"", "2|b");
  }

  @Test
  void anEmptyCellAtTheEndOfEveryLineIsNoColumn() throws IOException {
    assertCells("x,y,z\n1,2,a,\n3,4,b,\n", "x=1|y=2|z=a", "x=3|y=4|z=b");
    assertEquals(List.of("every line ends with an empty cell, which is no column"), notes);
    assertCells("x,y,z,\n1,2,a,\n3,4,b,\n", "x=1|y=2|z=a", "x=3|y=4|z=b");
    assertCells("1,2,a,\n3,4,b,\n", "1|2|a", "3|4|b");
    assertRefused(
        ": line 300, column 4: 'c' ends the line, which other lines end with an empty cell; mend"
            + " it",
        "x,y,z\n" + "1,2,a,\n".repeat(298) + "3,4,b,c\n");
    assertCells("x,y,z\n1,2,\n3,4,\n", "x=1|y=2|z=", "x=3|y=4|z=");
  }

  @Test
  void namesOfRowsAreAColumnOfTheirOwn() throws IOException {
    assertCells(
        "\"x\",\"y\"\n\"r1\",1,a\n\"r2\",2,b\n", "row names=r1|x=1|y=a", "row names=r2|x=2|y=b");
    assertEquals(
        List.of("the first cell of each line has no name; it is called 'row names'"), notes);
    assertRefused(
        ": line 1 (x, y) has 2 cells, but the lines from 2 on have 3; if the table begins there,"
            + " say --skip 1",
        "x,y\n1,1,a\n1,2,b\n");
  }

  @Test
  void aTableOfVeryManyColumnsIsSplitAsAnyOther() throws IOException {
    int columns = 100_000;
    StringBuilder text = new StringBuilder();
    for (String row : List.of("name;%d", "0,%d;1", "1,%d;2")) {
      for (int c = 0; c < columns; c++) {
        text.append(c == 0 ? "" : ";").append(row.split(";", -1)[0].replace("%d", "5"));
        text.append(row.startsWith("name") ? c : "");
      }
      text.append('\n');
    }
    Path path = Files.writeString(file(), text);
    List<String> first = new ArrayList<>();
    new CsvTable(new Source(path), Content.of(new byte[0]), CsvOptions.SEEN, notes::add)
        .read(
            WANTED,
            new Seen(
                (names, cells) -> {
                  first.add(names.get(columns - 1) + cells.text(columns - 1) + cells.count());
                }));
    assertEquals(List.of("name999990,5100000", "name999991,5100000"), first);
  }

  private static CsvOptions skip(int lines) {
    return new CsvOptions(null, null, lines, null, null);
  }

  private Path file() {
    return directory.resolve("table.csv");
  }

  private void assertRefused(String message, String text) {
    DataException e = assertThrows(DataException.class, () -> cells(text));
    assertEquals(file() + message, e.getMessage());
  }

  private void assertCells(String text, String... rows) throws IOException {
    assertCells(CsvOptions.SEEN, text, rows);
  }

  private void assertCells(CsvOptions options, String text, String... rows) throws IOException {
    assertEquals(List.of(rows), cells(options, text), text);
  }

  private List<String> cells(String text) throws IOException {
    return cells(CsvOptions.SEEN, text);
  }

  /** Returns for each row its cells, with the names of columns if these are in the file. */
  private List<String> cells(CsvOptions options, String text) throws IOException {
    notes.clear();
    Path path = Files.writeString(file(), text);
    List<String> rows = new ArrayList<>();
    new CsvTable(new Source(path), Content.of(Files.readAllBytes(path)), options, notes::add)
        .read(
            WANTED,
            new Seen(
                (names, cells) -> {
                  List<String> row = new ArrayList<>();
                  for (int c = 0; c < cells.count(); c++) {
                    String name = names.get(c);
                    row.add((name.startsWith("column ") ? "" : name + "=") + cells.text(c));
                  }
                  rows.add(String.join("|", row));
                }));
    return rows;
  }

  private static final TableFile.Wanted WANTED = new TableFile.Wanted(false, false, Set.of());

  private interface Taker {
    void take(List<String> names, Cells cells);
  }

  private static final class Seen implements TableFile.Visitor {
    private final Taker taker;
    private List<String> names;

    Seen(Taker taker) {
      this.taker = taker;
    }

    @Override
    public void columns(TableFile.Columns columns) {
      names = columns.names();
    }

    @Override
    public void row(Cells cells) {
      taker.take(names, cells);
    }
  }
}
