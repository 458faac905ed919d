package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.io.FloatArray;
import dev.lanewise.io.Npz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were trained on are known again, and the others can be written out. */
class TrainedRowsTest {
  private static final String OF_40 =
      "note: the model was trained on 32 of these 40 rows: of rows that it has not seen the score"
          + " may be lower; train --test-out FILE writes the rows kept for testing to a file";

  @TempDir private Path directory;

  private Path table;
  private List<String> rows;
  private Path model;
  private Path kept;

  @BeforeEach
  void writeTable() throws IOException {
    model = directory.resolve("m.lanewise");
    kept = directory.resolve("kept.csv");
    rows = new ArrayList<>();
    for (int r = 0; r < 40; r++) {
      // Only one row has the text 'rare', and only one lacks its size.
      String colour = r == 11 ? "rare" : r % 3 == 0 ? "\"red, dark\"" : "blue";
      rows.add(
          (r == 5 ? "" : r % 2 + 0.1 * (r % 3))
              + ","
              + colour
              + ","
              + (r % 2 == 0 ? "oak" : "elm"));
    }
    table = write("trees.csv", "size,colour,kind", rows);
  }

  private Path write(String name, String header, List<String> lines) throws IOException {
    return Files.writeString(
        directory.resolve(name), header + "\n" + String.join("\n", lines) + "\n");
  }

  private Typed train(Path file, String... options) {
    Typed typed =
        Typed.type(options, "train", "" + file, "--quiet", "--epochs", "5", "--save", "" + model);
    assertEquals(0, typed.code(), typed.err()::toString);
    return typed;
  }

  private List<String> notes(Path file, String... options) {
    Typed typed = Typed.type(options, "evaluate", "" + model, "" + file);
    assertEquals(0, typed.code(), typed.err()::toString);
    return typed.err().stream()
        .filter(line -> line.startsWith("note: the model was trained on"))
        .toList();
  }

  @Test
  void theVeryTableIsKnownUnderAnyName() throws IOException {
    // Whatever rows the seed takes: also without the rare text, or without the missing cell.
    for (int seed = 1; seed <= 5; seed++) {
      train(table, "--seed", "" + seed);
      assertEquals(List.of(OF_40), notes(table));
      assertEquals(List.of(OF_40), notes(Files.writeString(kept, Files.readString(table))));
    }
  }

  @Test
  void theOrderOfRowsAndColumnsMakesNoOtherTable() throws IOException {
    train(table);
    Collections.shuffle(rows, new Random(1));
    assertEquals(List.of(OF_40), notes(write("shuffled.csv", "size,colour,kind", rows)));
    List<String> turned = new ArrayList<>();
    for (String row : rows) {
      int last = row.lastIndexOf(',');
      turned.add(row.substring(last + 1) + ",x," + row.substring(0, last));
    }
    assertEquals(List.of(OF_40), notes(write("turned.csv", "kind,more,size,colour", turned)));
  }

  @Test
  void otherRowsAreNotTakenForThem() throws IOException {
    train(table);
    Path one = write("one.csv", "size,colour,kind", rows.subList(0, 39));
    assertEquals(List.of(), notes(one));
    rows.set(3, rows.get(3).replace("elm", "oak"));
    assertEquals(List.of(), notes(write("other.csv", "size,colour,kind", rows)));
    write("trees.csv", "size,colour,kind", rows);
    assertEquals(
        List.of(
            "note: the model was trained on rows of "
                + table
                + ", which has changed since or is read otherwise: of rows that it has not seen the"
                + " score may be lower"),
        notes(table));
  }

  @Test
  void allRowsOfATableMayHaveBeenTrainedOn() throws IOException {
    train(table, "--test-fraction", "0");
    assertEquals(
        List.of(
            "note: the model was trained on these 40 rows: of rows that it has not seen the score"
                + " may be lower"),
        notes(table));
    train(table, "--patience", "5");
    assertTrue(
        notes(table).get(0).contains("trained on 26 of these 40 rows"), notes(table)::toString);
  }

  @Test
  void sparseRowsAreKnownToo() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < 40; r++) {
      lines.add(r % 2 + " " + (r % 7 + 1) + ":" + r + " " + (r % 5 + 9) + ":0.5");
    }
    Path file = Files.write(directory.resolve("rows.libsvm"), lines);
    train(file);
    assertEquals(List.of(OF_40), notes(Files.copy(file, directory.resolve("copy.libsvm"))));
  }

  @Test
  void rowsKeptForTestingAreWrittenAndScoreAsInTraining() throws IOException {
    Typed typed = train(table, "--test-out", "" + kept);

    List<String> lines = Files.readAllLines(kept);
    assertEquals("test rows      " + kept, typed.out().get(typed.out().size() - 1));
    assertEquals("size,colour,kind", lines.get(0));
    assertEquals(8, lines.size() - 1);
    assertTrue(rows.containsAll(lines.subList(1, 9)), lines::toString);
    assertEquals(List.of(), notes(kept));
    assertSameScore(typed);
    assertFalse(Files.readString(kept).contains("\r"));
  }

  @Test
  void tablesOfAnyDialectAreWrittenOut() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < 60; r++) {
      lines.add(
          r % 2
              + ","
              + r
              + ";"
              + (r % 9 == 0 ? "" : r % 4 + ",5")
              + ";"
              + (r % 2 == 0 ? "ä" : "b"));
    }
    Path file = directory.resolve("t.csv");
    Files.write(file, lines, StandardCharsets.UTF_16);
    for (String missing : List.of("fill", "skip")) {
      Typed typed = train(file, "--test-out", "" + kept, "--missing", missing);
      assertFalse(Files.readString(kept).contains("column"), Files.readString(kept));
      assertTrue(Files.readString(kept).contains("ä"), Files.readString(kept));
      assertSameScore(typed);
    }
  }

  private void assertSameScore(Typed trained) {
    String score =
        trained.out().stream().filter(line -> line.startsWith("test ")).findFirst().orElseThrow();
    Typed typed = Typed.type("evaluate", "" + model, "" + kept);
    assertEquals(0, typed.code(), typed.err()::toString);
    assertEquals(score.substring(15), typed.out().get(2).substring(15));
  }

  @Test
  void rowsAreWrittenOutOfTablesWithRowsToTestOnly() throws IOException {
    byte[] before = Files.readAllBytes(table);
    assertRefused("which is read", "" + table, "--test-out", "" + table);
    assertRefused("is written too", "" + table, "--save", "" + kept, "--test-out", "" + kept);
    assertRefused("there is no directory", "" + table, "--test-out", "" + kept.resolve("no/x.csv"));
    assertRefused("a single seed", "" + table, "--seeds", "2", "--test-out", "" + kept);
    assertRefused("kept for testing", "" + table, "--test-fraction", "0", "--test-out", "" + kept);
    assertRefused("kept for testing", "" + table, "--test", "" + table, "--test-out", "" + kept);
    assertRefused("kept for testing", "--test-out", "" + kept);
    Path arrays = directory.resolve("t.npz");
    FloatArray y = FloatArray.of(new float[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 10);
    Npz.write(
        arrays,
        Map.of("x", FloatArray.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 9}, 10, 1), "y", y));
    assertRefused(
        arrays + ": is no table of comma-separated values", "" + arrays, "--test-out", "" + kept);
    assertFalse(Files.exists(kept));
    assertArrayEquals(before, Files.readAllBytes(table));
  }

  private static void assertRefused(String says, String... options) {
    Typed typed = Typed.type(options, "train", "--epochs", "1");
    assertEquals(2, typed.code());
    assertEquals(1, typed.err().size(), typed.err()::toString);
    assertTrue(typed.err().get(0).contains(says), typed.err().get(0));
  }
}
