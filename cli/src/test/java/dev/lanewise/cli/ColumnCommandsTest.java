package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands make of the cells of a table, from training to predictions. */
class ColumnCommandsTest {
  private static final int ROWS = 200;

  @TempDir private Path directory;

  /** Noise that repeats only after all rows. */
  private static double x(int row) {
    return row * 37 % ROWS / 100.0 - 1;
  }

  @Test
  void timesAreLearntAndPredictedToTheSecond() throws IOException {
    Path file = table("x,time", r -> x(r) + "," + (1_700_000_000L + Math.round(3000 * x(r))));
    Map<String, Object> json = train(file);
    assertEquals("regression", json.get("task"));
    assertTrue(metric(json, "r2") > 0.99, json.toString());
    List<String> lines = predict(file).out();
    double error = 0;
    for (int r = 0; r < ROWS; r++) {
      String prediction = lines.get(1 + r).split(",", -1)[1];
      error += Math.abs(Double.parseDouble(prediction) - 1_700_000_000L - 3000 * x(r)) / ROWS;
      assertTrue(prediction.matches("1(69|70)\\d{7}(\\.\\d+)?"), prediction);
    }
    assertTrue(error < 100, "" + error);
  }

  @Test
  void aClassThatFollowsFromTheSecondIsLearnt() throws IOException {
    Path file =
        table("time,y", r -> (1_700_000_000L + r * 37 % 60) + "," + (r * 37 % 60 < 30 ? "a" : "b"));
    assertTrue(metric(train(file), "accuracy") > 0.95);
  }

  @Test
  void classesComeOutAsTheyStandInTheFile() throws IOException {
    Path file = table("x,zip", r -> x(r) + "," + (x(r) < 0 ? "01730" : "1E2"));
    train(file);
    Typed typed = predict(file);
    assertEquals("row,zip,P(1E2),P(01730)", typed.out().get(0));
    assertTrue(typed.out().stream().anyMatch(line -> line.contains(",01730,")));
  }

  @Test
  void anInputThatIsConstantInTrainingHasNoSayLater() throws IOException {
    train(table("k,x,y", r -> "7," + x(r) + "," + (x(r) < 0 ? "p" : "q")));
    List<String> seven = predict(table("k,x", r -> "7," + x(r))).out();
    assertEquals(seven, predict(table("k,x", r -> "900," + x(r))).out());
  }

  @Test
  void aRowWithoutAPredictionIsEmptyToldAndCounted() throws IOException {
    Path file = table("x,y", r -> x(r) + "," + (x(r) < 0 ? "p" : "q"));
    train(file);
    Path far = table("x,y", r -> (r == 3 || r == 8 ? "-3.4e38" : x(r)) + ",p");
    Typed typed = predict(far);
    assertEquals("4,,,", typed.out().get(4));
    assertEquals(1 + ROWS, typed.out().size());
    assertEquals(
        List.of(
            "note: 2 rows have no prediction, as inputs are too far from those of training: row 4"
                + " is the first"),
        typed.err());
    Typed score = Typed.type("evaluate", model(), far.toString());
    assertEquals(0, score.code(), score.err().toString());
    assertTrue(
        score
            .out()
            .get(2)
            .endsWith(
                "; nothing is predicted of 2 more, whose inputs are too far from those of"
                    + " training"),
        score.out().get(2));
    Path numbers = table("x,y", r -> x(r) + "," + (0.5 + 3 * x(r)));
    train(numbers);
    assertEquals("4,", predict(far).out().get(4));
  }

  @Test
  void aTestRowWithoutAPredictionEndsNoTraining() throws IOException {
    Path file = table("x,y", r -> x(r) + "," + (x(r) < 0 ? "p" : "q"));
    Path far = table("x,y", r -> (r == 3 ? "-3.4e38" : x(r)) + "," + (x(r) < 0 ? "p" : "q"));
    Path report = directory.resolve("report.html");
    Typed typed =
        Typed.type(
            "train", "" + file, "--test", "" + far, "--save", model(), "--report", "" + report);
    assertEquals(0, typed.code(), typed.err().toString());
    assertTrue(Files.exists(Path.of(model())) && Files.exists(report));
    assertTrue(typed.out().get(3).contains("; nothing is predicted of 1 more"), typed.out().get(3));
  }

  @Test
  void whatCellsMeanIsSaidByOptionsAndKeptWithTheModel() throws IOException {
    Path file =
        table(
            "id;x;area",
            r ->
                r
                    + ";"
                    + Math.round(1000 * x(r)) / 1000
                    + ","
                    + r * 37 % 1000
                    + ";"
                    + List.of("NA", "EU", "AS").get(r % 3));
    Map<String, Object> json =
        train(file, "--missing-words", "", "--decimal", "comma", "--keep", "id");
    assertEquals("classification", json.get("task"));
    assertEquals("row,area,P(AS),P(EU),P(NA)", predict(file).out().get(0));
    Typed usual = Typed.type("train", "" + file, "--epochs", "1", "--quiet", "--target", "x");
    assertTrue(usual.out().get(0).contains("ignored: id (numbers the rows)"), usual.out().get(0));
    Typed noted = Typed.type("train", "" + file, "--epochs", "1", "--target", "x");
    assertTrue(
        noted.err().contains("note: missing cells: 67 of 'area' ('NA')"), noted.err().toString());
  }

  @Test
  void namesThatASpreadsheetTakesForFormulasCanBeQuoted() throws IOException {
    Path file = table("x,y", r -> x(r) + "," + (x(r) < 0 ? "=1+1" : "-1"));
    train(file);
    String plain = String.join("\n", predict(file).out());
    assertTrue(plain.contains(",=1+1,") && !plain.contains("'"));
    String quoted = String.join("\n", predict(file, "--escape-formulas").out());
    assertTrue(quoted.contains(",'=1+1,") && quoted.contains(",-1,"), quoted);
  }

  private Path table(String header, IntFunction<String> row) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int r = 0; r < ROWS; r++) {
      text.append(row.apply(r)).append('\n');
    }
    return Files.writeString(Files.createTempFile(directory, "table", ".csv"), text);
  }

  private String model() {
    return directory.resolve("model.lanewise").toString();
  }

  private Map<String, Object> train(Path file, String... options) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("train", "" + file, "--save", model(), "--quiet", "--json"));
    words.addAll(List.of(options));
    Typed typed = Typed.type(words.toArray(String[]::new));
    assertEquals(0, typed.code(), typed.err().toString());
    return JSON.std.mapFrom(typed.out().get(typed.out().size() - 1));
  }

  private Typed predict(Path file, String... options) {
    Typed typed = Typed.type(options, "predict", model(), file.toString());
    assertEquals(0, typed.code(), typed.err().toString());
    return typed;
  }

  private static double metric(Map<String, Object> json, String name) {
    return (double) ((Map<?, ?>) json.get("metrics")).get(name);
  }
}
