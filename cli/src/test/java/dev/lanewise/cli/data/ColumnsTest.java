package dev.lanewise.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.data.TableOptions.Missing;
import dev.lanewise.cli.data.TableOptions.Reading;
import dev.lanewise.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cells become, column by column. */
class ColumnsTest {
  private static final int ROWS = 40;

  @TempDir private Path directory;

  @Test
  void classesThatAreLargeWholeNumbersKeepTheirDigits() throws IOException {
    int[] codes = {43_211_503, 43_211_504, 43_211_600};
    Rows rows = rows("x;code", r -> r * r + ";" + codes[r % 3]);
    assertEquals(List.of("43211503", "43211504", "43211600"), rows.schema().classes());
    assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, Arrays.copyOf(rows.t(), 9));

    Rows beyondDoubles = rows("x;id", r -> r * r + ";" + (9_007_199_254_740_992L + r % 2));
    assertEquals(List.of("9007199254740992", "9007199254740993"), beyondDoubles.schema().classes());
  }

  @Test
  void largeNumbersKeepWhatTheyDifferBy() throws IOException {
    Rows rows =
        rows("second;y", r -> (1_700_000_000L + 7 * r % 60) + ";" + (1_700_000_000.125 + 30 * r));
    assertEquals("numbers of 'y'", predicted(rows));
    for (int r = 0; r < ROWS; r++) {
      assertEquals(7 * r % 60 - 7 * 0 % 60, rows.x()[r] - rows.x()[0]);
      assertEquals(30 * r, rows.t()[r] - rows.t()[0]);
      assertEquals(
          1_700_000_000.125 + 30 * r,
          Double.parseDouble(rows.schema().targetColumn().text(rows.t()[r])));
    }
    Schema again = SchemaJson.parse("model", SchemaJson.of(rows.schema()));
    assertEquals(again.columns(), List.copyOf(again.columns()));
    assertArrayEquals(rows.x(), Rows.of(new AnyFile(last), again, Missing.ERROR).x());
  }

  @Test
  void usualNumbersStayTheFloatsTheyAre() throws IOException {
    Rows rows =
        rows(
            "year;pressure;y", r -> (1980 + r * r % 7) + ";" + (1013.1 + r % 5) + ";" + r * r % 11);
    for (int r = 0; r < ROWS; r++) {
      assertEquals(1980 + r * r % 7, rows.x()[2 * r]);
      assertEquals(Float.parseFloat("" + (1013.1 + r % 5)), rows.x()[2 * r + 1]);
    }
  }

  @Test
  void numbersBeyondFloatsAreScaledIfMostOfAColumnAreSo() throws IOException {
    Rows rows = rows("x;y", r -> (r * r % 7 + 1) + "e300;" + (r * r % 11 + 1) + "e-200");
    for (int r = 0; r < ROWS; r++) {
      assertEquals(r * r % 7 + 1, rows.x()[r] / rows.x()[0], 1e-5);
      assertEquals(r * r % 11 + 1, rows.t()[r] / rows.t()[0], 1e-5);
    }
    assertEquals(
        5e-200, Double.parseDouble(rows.schema().targetColumn().text(rows.t()[2])), 1e-205);
    assertRefused(
        "line 4, column 1: 1e300 is not a finite number",
        "x;y",
        r -> (r == 2 ? "1e300" : "" + r * r) + ";" + r * r);
  }

  @Test
  void labelsKeepTheTextOfTheFile() throws IOException {
    assertEquals(
        List.of("01730", "02138"),
        rows("x;zip", r -> r * r + ";" + (r % 2 == 0 ? "01730" : "02138")).schema().classes());
    String[] plates = {"1E2", "100", "1F3"};
    assertEquals(
        List.of("100", "1E2", "1F3"),
        rows("x;plate", r -> r * r + ";" + plates[r % 3]).schema().classes());
    String[] same = {"1", "1.0", "2"};
    assertEquals(List.of("1", "2"), rows("x;y", r -> r * r + ";" + same[r % 3]).schema().classes());
    Rows inputs = rows("code;y", r -> (r % 4 == 0 ? "007" : r % 4 == 1 ? "7" : "x") + ";" + r * r);
    assertEquals(List.of("007", "7", "x"), inputs.schema().columns().get(0).categories());
  }

  @Test
  void codesWithLeadingZerosAreClassesHoweverManyThereAre() throws IOException {
    Rows rows = rows("x;zip", r -> r * r + ";0" + (2130 + r % 15));
    assertEquals(15, rows.schema().classes().size());
    assertEquals("02130", rows.schema().classes().get(0));
  }

  @Test
  void modelsOfVersion1KnowCategoriesByTheirFloats() throws IOException {
    String json =
        "{'version':1,'kind':'table','inputs':1,'target':1,'columns':[{'name':'x','kind':'number',"
            + "'fill':0.5},{'name':'y','kind':'category','categories':['4.3211504E7','1'],"
            + "'unknown':'refused','fill':0}]}";
    Schema old = SchemaJson.parse("model", json.replace('\'', '"'));
    Rows rows =
        Rows.of(
            new AnyFile(write("x;y", r -> ";" + (r % 2 == 0 ? "43211503" : "1.0"))),
            old,
            Missing.FILL);
    assertArrayEquals(new float[] {1, 0, 0, 1}, Arrays.copyOf(rows.t(), 4));
    assertEquals(0.5f, rows.x()[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "None", "\\N", "#N/A", "NULL", "null", "<NA>", "n/a", "-nan", "1.#QNAN", "#DIV/0!",
        "#VALUE!", "NaT", "(null)", ".", ".a", "-", "--", "missing", "Unknown", "nd", "..", ":",
        "NAN"
      })
  void aWordForAMissingCellAmongNumbersIsOne(String word) throws IOException {
    Rows rows =
        rows("age;y", r -> (r % 5 == 1 ? word : "" + r * r % 13) + ";" + "ab".charAt(r % 2));
    assertEquals(1, rows.schema().inputs());
    assertEquals(8, rows.tally().filled());
    assertEquals(List.of("missing cells: 8 of 'age' ('" + word + "')"), rows.schema().notes());

    Rows target = rows("x;price", r -> r * r + ";" + (r == 3 ? word : "" + (0.5 + r * r)));
    assertEquals("numbers of 'price'", predicted(target));
    assertEquals(1, target.tally().leftOut());
    assertEquals(
        List.of(
            "1 row is left out, as the target is missing: 1 of 'price' ('"
                + word
                + "'); --missing-words says which words count"),
        target.schema().notes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", ".", "missing", "unknown", "none"})
  void amongTextsItIsACategory(String word) throws IOException {
    Rows rows = rows("size;y", r -> (r % 5 == 1 ? word : r % 2 == 0 ? "S" : "M") + ";" + r * r);
    assertEquals(3, rows.schema().inputs());
    assertEquals(0, rows.tally().filled());
  }

  @Test
  void theWordsForMissingCellsCanBeSaidAndHoldForTheModel() throws IOException {
    String[] regions = {"AS", "EU", "NA"};
    Path file = write("x;region", r -> (r == 4 ? "-999" : "" + r * r) + ";" + regions[r % 3]);
    Rows none = Rows.of(file, reading(List.of(), null));
    assertEquals(List.of("AS", "EU", "NA"), none.schema().classes());
    Rows usual = Rows.of(file, TableOptions.USUAL);
    assertEquals(List.of("AS", "EU"), usual.schema().classes());
    Rows own = Rows.of(file, reading(List.of("-999"), null));
    assertEquals(1, own.tally().filled());
    Schema again = SchemaJson.parse("model", SchemaJson.of(own.schema()));
    Rows like = Rows.of(new AnyFile(file), again, Missing.FILL);
    assertEquals(1, like.tally().filled());
    assertArrayEquals(own.x(), like.x());
    assertArrayEquals(own.t(), like.t());
  }

  @Test
  void aFewTextsAmongTheNumbersOfATargetAreRefused() throws IOException {
    assertRefused(
        "line 5, column 2: 'sold' is not a number, but 39 of the column's 40 cells are; mend the"
            + " cell, or name it by --missing-words if it stands for a missing one",
        "x;price",
        r -> r * r + ";" + (r == 3 ? "sold" : "" + (0.5 + r * r)));
    assertRefused(
        "line 5, column 2: 'O' is not a number, but 39 of the column's 40 cells are",
        "x;y",
        r -> r * r + ";" + (r == 3 ? "O" : "" + r % 2));
  }

  @Test
  void aTargetThatDiffersInMostRowsIsRefused() throws IOException {
    assertRefused(
        ": 'name' differs in most rows (40 different values in 40 rows), so that no classes can be"
            + " learned; name another target by --target",
        "x;name",
        r -> r * r + ";car " + r);
    Path five = Files.writeString(directory.resolve("five.csv"), "x,m\n1,a\n4,b\n9,c\n2,d\n7,e\n");
    DataException e = assertThrows(DataException.class, () -> Rows.of(five, TableOptions.USUAL));
    assertTrue(e.getMessage().contains("'m' differs in most rows (5 "), e.getMessage());
    assertEquals("numbers of 'y'", predicted(rows("x;y", r -> r * r + ";" + (r * r + 0.5))));
  }

  @Test
  void decimalCommasAreSeen() throws IOException {
    Rows rows = rows("l;b;art", r -> "4," + r % 10 + ";1.23" + r % 7 + ";" + "pq".charAt(r % 2));
    assertEquals(2, rows.schema().inputs());
    assertEquals(4.3f, rows.x()[6]);
    assertEquals(1233, rows.x()[7]);
    assertEquals(
        List.of(
            "numbers with a decimal comma: 'l' (4,0 is 4), 'b' (1.230 is 1230); --decimal point"
                + " reads commas as between thousands"),
        rows.schema().notes());
    Schema again = SchemaJson.parse("model", SchemaJson.of(rows.schema()));
    assertArrayEquals(rows.x(), Rows.of(new AnyFile(last), again, Missing.ERROR).x());
    Rows target = rows("x;y", r -> r * r + ";" + r * r + ",5");
    assertEquals("numbers of 'y'", predicted(target));
    assertEquals(9.5f, target.t()[3]);
  }

  @Test
  void commasBetweenThousandsAreSeenAndToldIfTheyMayBeDecimalOnes() throws IOException {
    Path file = write("pay;y", r -> (r + 1) + ",5" + r % 10 + "0;" + "pq".charAt(r % 2));
    Rows rows = Rows.of(file, TableOptions.USUAL);
    assertEquals(1500, rows.x()[0]);
    assertEquals(
        List.of(
            "numbers with commas between thousands: 'pay' (1,500 is 1500); --decimal comma reads"
                + " them as before decimals"),
        rows.schema().notes());
    assertEquals(1.5f, Rows.of(file, reading(null, ',')).x()[0]);
    assertEquals(1500, Rows.of(file, reading(null, '.')).x()[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%d.5\u00a0",
        "\u2212%d.5",
        "$%d.50",
        "%d.5 %%",
        "%d,000.5",
        "(%d.5)",
        "+%d.5",
        "%d.5 USD"
      })
  void numbersAsPeopleWriteThemAreNumbers(String form) throws IOException {
    Rows rows = rows("x;y", r -> String.format(form, 1 + r * r % 7) + ";" + "pq".charAt(r % 2));
    assertEquals(1, rows.schema().inputs());
    assertEquals(Column.Kind.NUMBER, rows.schema().columns().get(0).kind());
    Schema again = SchemaJson.parse("model", SchemaJson.of(rows.schema()));
    assertArrayEquals(rows.x(), Rows.of(new AnyFile(last), again, Missing.ERROR).x());
  }

  @Test
  void aColumnOfTwoReadingsIsRefusedWithACellAndTheOption() throws IOException {
    assertRefused(
        "line 2, column 1: '1,5' is not a number, but 40 of the column's 40 cells are; mend the"
            + " cell, or name it by --missing-words if it stands for a missing one; --decimal comma"
            + " or point says how numbers are written",
        "x;y",
        r -> (r % 2 == 0 ? "1,5" : "2.5") + ";" + r * r);
    assertRefused(
        "line 3, column 1: some of the column's numbers are percent and others are not",
        "x;y",
        r -> (r % 2 == 0 ? "0.5" : "45%") + ";" + r * r);
    Rows other = rows("x;y", r -> "12." + r % 7 + ";" + "pq".charAt(r % 2));
    DataException e =
        assertThrows(
            DataException.class,
            () -> Rows.of(new AnyFile(write("x;y", r -> "12,5;p")), other.schema(), Missing.FILL));
    assertTrue(e.getMessage().endsWith("column 1: '12,5' is not a number; mend the cell"));
  }

  @Test
  void aNumberWithoutAPercentSignIsNoneAmongPercent() throws IOException {
    Rows percent = rows("x;y", r -> (1 + r * r % 7) + " %;" + "pq".charAt(r % 2));
    DataException e =
        assertThrows(
            DataException.class,
            () -> Rows.of(new AnyFile(write("x;y", r -> "5;p")), percent.schema(), Missing.FILL));
    assertTrue(
        e.getMessage().endsWith("'5' has no %, as the column's numbers have; mend the cell"));
  }

  @Test
  void aColumnThatNumbersTheRowsIsNoInput() throws IOException {
    for (String header : List.of(";x;y", "Id;x;y", "t;x;y")) {
      for (int start : new int[] {0, 1, 500}) {
        Rows rows = rows(header, r -> (start + r) + ";" + r * r + ";" + "pq".charAt(r % 2));
        assertTrue(
            rows.schema()
                .description()
                .endsWith(
                    "; ignored: " + rows.schema().columns().get(0).name() + " (numbers the rows)"),
            rows.schema().description());
      }
    }
    Rows shuffled = rows(";x;y", r -> 7 * r % ROWS + ";" + r * r + ";" + "pq".charAt(r % 2));
    assertEquals(List.of("column 1"), shuffled.schema().ignored());
    Rows kept =
        Rows.of(
            write("Id;x;y", r -> r + ";" + r * r + ";" + "pq".charAt(r % 2)),
            TableOptions.USUAL.withReading(new Reading(null, null, List.of("Id"))));
    assertEquals(2, kept.schema().inputs());
    assertEquals(1, rows("t;y", r -> r + ";" + r * r).schema().inputs());
    assertEquals(
        2, rows("rank;x;y", r -> 7 * r % ROWS + ";" + r * r + ";" + r * r).schema().inputs());
  }

  @Test
  void anInputThatIsConstantIsLeftOut() throws IOException {
    for (String[] same :
        new String[][] {
          {"7", "7"}, {"0.3", "0.30000004"}, {"a", "a"}, {"0.3", "0.30000000000000004"}, {"7", ""}
        }) {
      Rows rows = rows("k;x;y", r -> same[r % 2] + ";" + r * r + ";" + "pq".charAt(r % 2));
      assertTrue(
          rows.schema().description().endsWith("; ignored: k (constant)"),
          rows.schema().description());
    }
    assertEquals(
        2,
        rows("k;x;y", r -> (1_700_000_000L + r % 2) + ";" + r * r + ";" + "pq".charAt(r % 2))
            .schema()
            .inputs());
    assertEquals(
        2,
        rows("k;x;y", r -> "0.3000" + r % 2 + ";" + r * r + ";" + "pq".charAt(r % 2))
            .schema()
            .inputs());
  }

  @Test
  void whyColumnsAreLeftOutIsToldOfAFew() throws IOException {
    Rows rows =
        rows(
            "a;b;c;d;e;f;g;h;i;j;x;y",
            r -> "1;1;1;1;1;1;1;1;1;;" + r * r + ";" + "pq".charAt(r % 2));
    assertTrue(rows.schema().description().endsWith("h (constant), and 2 more"));
  }

  @Test
  void aNumberThatComesBeforeTextsIsACategoryLikeThem() throws IOException {
    Rows rows = rows("house;y", r -> (r % 3 == 0 ? "12" : r % 3 == 1 ? "12a" : "7") + ";" + r * r);
    assertEquals(List.of("7", "12", "12a"), rows.schema().columns().get(0).categories());
    assertArrayEquals(new float[] {0, 1, 0, 0, 0, 1, 1, 0, 0}, Arrays.copyOf(rows.x(), 9));
  }

  private Path last;

  private Rows rows(String header, IntFunction<String> row) throws IOException {
    return Rows.of(write(header, row), TableOptions.USUAL);
  }

  private Path write(String header, IntFunction<String> row) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int r = 0; r < ROWS; r++) {
      text.append(row.apply(r)).append('\n');
    }
    last = Files.writeString(Files.createTempFile(directory, "table", ".csv"), text);
    return last;
  }

  private void assertRefused(String message, String header, IntFunction<String> row)
      throws IOException {
    Path file = write(header, row);
    DataException e = assertThrows(DataException.class, () -> Rows.of(file, TableOptions.USUAL));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static TableOptions reading(List<String> missingWords, Character decimal) {
    return TableOptions.USUAL.withReading(new Reading(missingWords, decimal, List.of()));
  }

  private static String predicted(Rows rows) {
    String description = rows.schema().description();
    return description.substring(description.indexOf(", ") + 2);
  }
}
