package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTrainingTest {
  @TempDir private Path directory;

  private String trees;
  private String houses;

  @BeforeEach
  void findFiles() throws URISyntaxException {
    trees = resource("trees.csv");
    houses = resource("houses.csv");
  }

  @Test
  void learnsClassesThatAreTexts() throws IOException {
    Typed typed = Typed.type("train", trees, "--json");

    assertEquals(0, typed.code(), typed.err().toString());
    assertEquals(
        List.of(
            "data           " + trees + ": 90 rows, 5 inputs of 3 columns, 3 classes of 'kind'",
            "network        5-64-64-3, 4,739 parameters"),
        typed.out().subList(0, 2));
    Map<String, Object> json = json(typed);
    assertEquals("classification", json.get("task"));
    assertEquals(72, json.get("trainSamples"));
    assertEquals(18, json.get("testSamples"));
    assertEquals(Set.of("accuracy", "logLoss", "macroF1"), metrics(json).keySet());
    assertTrue(metrics(json).get("accuracy") >= 0.9, json.toString());
    assertTrue(metrics(json).get("macroF1") >= 0.9, json.toString());
  }

  @Test
  void learnsNumbersInTheirOwnUnit() throws IOException {
    Typed typed = Typed.type("train", houses, "--json");

    assertEquals(0, typed.code(), typed.err().toString());
    assertTrue(
        typed
            .out()
            .get(3)
            .matches("test R\\^2       0\\.9\\d{3} of 24 rows, RMSE \\d+(\\.\\d+)?, MAE .*"),
        typed.out().get(3));
    Map<String, Object> json = json(typed);
    assertEquals("regression", json.get("task"));
    assertEquals(Set.of("r2", "rmse", "mae"), metrics(json).keySet());
    assertTrue(metrics(json).get("r2") > 0.9, json.toString());
    double rmse = metrics(json).get("rmse");
    assertTrue(rmse > 2_000 && rmse < 20_000, json.toString());
    assertTrue(metrics(json).get("mae") < rmse, json.toString());
  }

  @Test
  void learnsTheColumnThatIsAskedFor() throws IOException {
    Typed colours = Typed.type("train", trees, "--epochs", "1", "--target", "colour");
    Typed rooms = Typed.type("train", houses, "--epochs", "1", "--target", "1");

    assertTrue(colours.out().get(0).endsWith("3 classes of 'colour'"), colours.out().get(0));
    assertTrue(rooms.out().get(0).endsWith("6 classes of 'rooms'"), rooms.out().get(0));
    Typed numbers =
        Typed.type(
            "train", houses, "--epochs", "1", "--target", "1", "--task", "regression", "--json");
    assertTrue(numbers.out().get(0).endsWith("numbers of 'rooms'"), numbers.out().get(0));
    assertEquals("regression", json(numbers).get("task"));
  }

  @Test
  void aSeedGivesTheSameBitsOnBothBackendsAndEveryNumberOfThreads() throws IOException {
    for (String file : List.of(trees, houses)) {
      String[] options = {
        "--epochs", "5", "--dropout", "0.2", "--norm", "layer", "--residual", "--patience", "2"
      };
      String first = crc(file, options, "--backend", "scalar");

      assertEquals(first, crc(file, options, "--backend", "scalar"));
      assertEquals(first, crc(file, options, "--backend", "vector"));
      assertEquals(first, crc(file, options, "--backend", "vector", "--threads", "2"));
      assertNotEquals(first, crc(file, options, "--backend", "vector", "--seed", "2"));
    }
  }

  private static String crc(String file, String[] options, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("train", file, "--json", "--quiet"));
    words.addAll(List.of(options));
    words.addAll(List.of(more));
    Typed typed = Typed.type(words.toArray(String[]::new));
    assertEquals(0, typed.code(), typed.err().toString());
    return json(typed).get("weightsCrc32c").toString();
  }

  @Test
  void seedsAreRunOneAfterAnotherAndSummedUp() throws IOException {
    Typed typed =
        Typed.type("train", trees, "--seeds", "3", "--seed", "5", "--epochs", "3", "--json");

    assertEquals(0, typed.code(), typed.err().toString());
    assertEquals(6, typed.out().size(), typed.out().toString());
    for (int i = 0; i < 3; i++) {
      assertTrue(
          typed.out().get(1 + i).startsWith("seed " + (5 + i) + "         accuracy "),
          typed.out().get(1 + i));
    }
    Map<String, Object> json = json(typed);
    List<?> runs = (List<?>) json.get("runs");
    double sum = 0;
    double squares = 0;
    Set<Object> weights = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Map<?, ?> run = (Map<?, ?>) runs.get(i);
      assertEquals(5 + i, run.get("seed"));
      double accuracy = (double) ((Map<?, ?>) run.get("metrics")).get("accuracy");
      sum += accuracy;
      squares += accuracy * accuracy;
      weights.add(run.get("weightsCrc32c"));
    }
    assertEquals(3, runs.size());
    assertEquals(3, weights.size());
    assertEquals("accuracy", json.get("score"));
    assertEquals(sum / 3, (double) json.get("mean"), 1e-12);
    assertEquals(Math.sqrt((squares - sum * sum / 3) / 2), (double) json.get("sd"), 1e-9);
    Map<String, Object> alone =
        json(Typed.type("train", trees, "--seed", "6", "--epochs", "3", "--json"));
    assertEquals(alone.get("weightsCrc32c"), ((Map<?, ?>) runs.get(1)).get("weightsCrc32c"));
    assertEquals(alone.get("metrics"), ((Map<?, ?>) runs.get(1)).get("metrics"));
  }

  @Test
  void testsWithATableOfItsOwn() throws IOException {
    Path test = directory.resolve("test.csv");
    Files.writeString(test, "width,height,colour,kind\n10,300,green,oak\n14,360,black,ash\n");

    Map<String, Object> json =
        json(Typed.type("train", trees, "--test", test.toString(), "--json", "--quiet"));

    assertEquals(90, json.get("trainSamples"));
    assertEquals(2, json.get("testSamples"));
    assertEquals(1.0, metrics(json).get("accuracy"));
  }

  @Test
  void stopsEarlyAndKeepsTheBest() throws IOException {
    Typed typed =
        Typed.type(
            "train",
            trees,
            "--patience",
            "2",
            "--epochs",
            "1000",
            "--learning-rate",
            "0.03",
            "--json",
            "--quiet");

    Map<String, Object> json = json(typed);
    assertTrue((int) json.get("epochs") < 1000, json.toString());
    assertEquals((int) json.get("epochs") - 2, json.get("bestEpoch"));
    assertEquals(58, json.get("trainSamples"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--optimizer sgd",
        "--optimizer momentum",
        "--optimizer nesterov",
        "--optimizer adam",
        "--optimizer adamw --weight-decay 0.1",
        "--optimizer rmsprop",
        "--optimizer adagrad",
        "--optimizer lion",
        "--norm layer",
        "--norm batch",
        "--norm batch --batch 71",
        "--norm batch --dropout 0.1 --residual --hidden 32,32,32",
        "--activation tanh",
        "--activation leaky-relu",
        "--activation gelu",
        "--activation sigmoid --learning-rate 0.02",
        "--schedule constant",
        "--schedule one-cycle",
        "--schedule exponential --warm-up 10",
        "--warm-up 1 --clip-norm 1",
        "--warm-up 1000000 --learning-rate 10",
        "--label-smoothing 0.1",
        "--loss cross-entropy --class-weights balanced",
      })
  void everyOptionForClassesLearnsThem(String options) throws IOException {
    Typed typed =
        Typed.type(options.split(" "), "train", trees, "--epochs", "60", "--json", "--quiet");

    assertEquals(0, typed.code(), typed.err().toString());
    assertTrue(metrics(json(typed)).get("accuracy") >= 0.75, json(typed).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--loss squared",
        "--loss absolute",
        "--loss huber",
        "--optimizer sgd --loss huber"
      })
  void everyLossForNumbersLearnsThem(String options) throws IOException {
    Typed typed = Typed.type(options.split(" "), "train", houses, "--json", "--quiet");

    assertEquals(0, typed.code(), typed.err().toString());
    assertTrue(metrics(json(typed)).get("r2") > 0.85, json(typed).toString());
  }

  /** Three of four rows are of one class, and no input tells them apart. */
  @Test
  void balancedWeightsMakeARareClassCount() throws IOException {
    StringBuilder rows = new StringBuilder("same,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i / 4 % 2).append(',').append(i % 4 == 0 ? "rare" : "frequent").append('\n');
    }
    Path file = Files.writeString(directory.resolve("rare.csv"), rows);
    String[] usual = {
      "train",
      file.toString(),
      "--learning-rate",
      "0.05",
      "--label-smoothing",
      "0",
      "--json",
      "--quiet"
    };

    double plain = metrics(json(Typed.type(usual))).get("logLoss");
    double balanced =
        metrics(json(Typed.type(new String[] {"--class-weights", "balanced"}, usual)))
            .get("logLoss");

    assertEquals(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), plain, 0.02);
    assertEquals(Math.log(2), balanced, 0.02);
  }

  @Test
  void readsOtherSeparatorsAndMissingValues() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      rows.append(3 * i)
          .append(";")
          .append(i == 7 ? "?" : i * i)
          .append(";")
          .append(2 * i + 0.5)
          .append('\n');
    }
    String file = Files.writeString(directory.resolve("semicolons"), rows).toString();

    assertRefused(
        file
            + ": line 8, column 2: the value is missing ('?'); mend the cell, or have it filled or"
            + " the row left out by --missing",
        Typed.type("train", file, "--separator", ";", "--missing", "error"));
    Typed skipped =
        Typed.type("train", file, "--missing", "skip", "--header", "no", "--epochs", "1");
    assertTrue(
        skipped.out().get(0).contains(": 39 rows (1 left out), 2 inputs"), skipped.out().get(0));
    Typed filled = Typed.type("train", file, "--epochs", "1");
    assertTrue(
        filled.out().get(0).contains(": 40 rows (1 missing cell filled), 2 inputs"),
        filled.out().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--target kind | --target is for a table: name its file behind lanewise train",
        "--task regression | --task is for a table: name its file behind lanewise train",
        "--header yes | --header is for a table: name its file behind lanewise train",
        "--separator ; | --separator is for a table: name its file behind lanewise train",
        "--missing skip | --missing is for a table: name its file behind lanewise train",
        "--ignore a | --ignore is for a table: name its file behind lanewise train",
        "TREES --missing no | --missing must be fill, skip or error, but was 'no'",
        "TREES --checkpoints a --seeds 2 | --checkpoints and --resume are for a single"
            + " run: leave out --seeds",
        "TREES --every 5 | --every needs --checkpoints DIR",
        "TREES --checkpoints a --every 0 | --every must be at least 1, but was 0",
        "TREES --resume none | --resume: there is no directory or checkpoint none",
        "--test a | --test needs a table to train on",
        "TREES --images a --labels b | give a table or --images, not both",
        "TREES --test a --test-fraction 0.5 | give --test or --test-fraction, not both",
        "TREES --task both"
            + " | --task must be auto, classification or regression, but was 'both'",
        "TREES --header 1 | --header must be auto, yes or no, but was '1'",
        "TREES --separator ab | --separator must be tab, space or one character that no number or"
            + " quoted text has, but was 'ab'",
        "TREES --norm group | --norm must be none, layer or batch, but was 'group'",
        "TREES --activation step"
            + " | --activation must be relu, leaky-relu, elu, selu, gelu, silu, softplus, tanh or"
            + " sigmoid, but was 'step'",
        "TREES --dropout 1 | --dropout must be at least 0 and below 1, but was 1.0",
        "TREES --dropout NaN | --dropout must be at least 0 and below 1, but was NaN",
        "TREES --residual --hidden 8,9"
            + " | --residual needs two equal numbers in a row in --hidden, but it is [8, 9]",
        "TREES --norm batch --batch 1" + " | --norm batch needs a --batch of at least 2, but was 1",
        "TREES --optimizer best"
            + " | --optimizer must be sgd, momentum, nesterov, adam, adamw, rmsprop, adagrad or"
            + " lion, but was 'best'",
        "TREES --weight-decay -1"
            + " | --weight-decay must be a finite number of at least 0, but was -1.0",
        "TREES --schedule step"
            + " | --schedule must be constant, cosine, one-cycle or exponential, but was 'step'",
        "TREES --schedule one-cycle --warm-up 5"
            + " | --warm-up does not go with --schedule one-cycle, which rises by itself",
        "TREES --warm-up -1 | --warm-up must be at least 0, but was -1",
        "TREES --clip-norm 0 | --clip-norm must be above 0, but was 0.0",
        "TREES --loss hinge"
            + " | --loss must be cross-entropy, squared, absolute or huber, but was 'hinge'",
        "TREES --loss huber"
            + " | --loss huber does not fit: the target is a class, which needs cross-entropy",
        "HOUSES --loss cross-entropy"
            + " | --loss cross-entropy does not fit: the target is a number, which needs squared,"
            + " absolute or huber",
        "TREES --label-smoothing 1"
            + " | --label-smoothing must be at least 0 and below 1, but was 1.0",
        "HOUSES --label-smoothing 0.1"
            + " | --label-smoothing is for classes, but the target is a number",
        "HOUSES --class-weights balanced"
            + " | --class-weights is for classes, but the target is a number",
        "TREES --class-weights fair"
            + " | --class-weights must be none or balanced, but was 'fair'",
        "TREES --patience 0 | --patience must be at least 1, but was 0",
        "missing.csv | missing.csv: no such file",
      })
  void saysInOneLineWhatCannotBeUsed(String options, String message) {
    String[] words = ("train --quiet " + options).split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("TREES") ? trees : words[i].equals("HOUSES") ? houses : words[i];
    }
    assertRefused(message, Typed.type(words));
  }

  private static void assertRefused(String message, Typed typed) {
    assertEquals(List.of("lanewise train: " + message), typed.err());
    assertEquals(List.of(), typed.out());
    assertEquals(2, typed.code());
  }

  private static Map<String, Object> json(Typed typed) throws IOException {
    return JSON.std.mapFrom(typed.out().get(typed.out().size() - 1));
  }

  private static Map<String, Double> metrics(Map<String, Object> json) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    ((Map<?, ?>) json.get("metrics"))
        .forEach((name, value) -> metrics.put((String) name, (Double) value));
    return metrics;
  }

  private static String resource(String name) throws URISyntaxException {
    return Path.of(TableTrainingTest.class.getResource(name).toURI()).toString();
  }
}
