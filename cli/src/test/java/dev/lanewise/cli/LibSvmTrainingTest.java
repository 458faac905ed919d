package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.data.SchemaJson;
import dev.lanewise.cli.model.Model;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of sparse rows, from training to predictions. */
class LibSvmTrainingTest {
  @TempDir private Path directory;

  @Test
  void indicesMayStartFromZeroWhichIsSaidAndKept() throws IOException {
    String file = file("zero", 60, r -> sign(r) + " 0:" + r % 2 + " 3:0.5");
    Typed typed = train(file);
    assertTrue(
        typed.out().get(0).contains("2 inputs of the indices 0 to 3, 2 classes of 'label'"),
        typed.out().get(0));
    Typed same = Typed.type("predict", model(), file);
    assertEquals(List.of(), same.err());
    assertTrue(same.out().get(1).startsWith("1,-1,0.9"), same.out().get(1));

    String fromOne = file("one", 60, r -> sign(r) + " 1:" + r % 2 + " 4:0.5");
    train(fromOne);
    Typed shifted = Typed.type("predict", model(), file);
    assertEquals(2, shifted.code());
    assertEquals(
        List.of(
            "lanewise predict: "
                + file
                + ": line 1 has the index 0, but the network was trained on indices from 1 on; make"
                + " the indices of both files start alike"),
        shifted.err());
  }

  @Test
  void theOrderOfPairsAndTheirQueriesMeanNothing() throws IOException {
    String sorted = file("sorted", 60, r -> sign(r) + " 1:" + r % 2 + " 4:" + r % 3);
    String unsorted =
        file("unsorted", 60, r -> sign(r) + " qid:1 4:" + r % 3 + " 1:" + r % 2 + " \r");
    Typed expected = train(sorted);
    Typed typed = train(unsorted);
    assertEquals(last(expected, "weights"), last(typed, "weights"));
    assertTrue(typed.out().get(0).contains("60 rows (qid of 60 passed over), "));
  }

  @Test
  void indicesThatNoRowToTrainOnNamesArePassedOverAndCounted() throws IOException {
    String train = file("train", 60, r -> sign(r) + " 1:" + r % 2);
    String test = file("test", 4, r -> sign(r) + " 1:" + r % 2 + (r == 2 ? " 3:1 7:1" : ""));
    Typed typed = train(train, "--test", test);
    assertEquals(0, typed.code());
    assertTrue(
        typed
            .err()
            .contains(
                "note: 2 values of the rows to test with have indices that no row to train on"
                    + " names, and which are passed over: "
                    + test
                    + ": line 3: index 3 is the first"),
        typed.err()::toString);
    assertEquals(
        "note: 2 values have indices that the model was not trained on, and are passed over: "
            + test
            + ": line 3: index 3 is the first",
        Typed.type("evaluate", model(), test).err().getLast());
  }

  @Test
  void onlyIndicesThatAreNamedTakeRoom() throws IOException {
    String file =
        file(
            "huge",
            40,
            r -> sign(r) + " " + (1_000 + r / 2) + ":1 1900000000:" + r % 2 + " 2000000000:1");
    Typed typed = train(file);
    assertEquals(0, typed.code(), typed.err()::toString);
    assertTrue(typed.out().get(0).contains(" of the indices 10"), typed.out().get(0));
    assertTrue(typed.out().get(0).contains(" to 2000000000, 2 classes"), typed.out().get(0));
    assertEquals(41, Typed.type("predict", model(), file).out().size());
  }

  @Test
  void ofManyIndicesFewOfWhichARowNamesTheFirstLayerTakesPairsAsTheyAre() throws IOException {
    String file = sparse("rows");
    Typed typed = train(file, "--seed", "3");
    assertEquals(0, typed.code(), typed.err()::toString);
    assertTrue(typed.out().get(0).contains(", most of them 0, 2 classes"), typed.out().get(0));
    assertTrue(typed.out().get(3).startsWith("test accuracy  100"), typed.out().get(3));
    Model model = Model.load(Path.of(model()), null);
    assertTrue(model.network().layers().get(0) instanceof Dense);
    assertEquals(
        SchemaJson.of(model.schema()), SchemaJson.of(Model.load(Path.of(model()), null).schema()));
    assertTrue(model.network().inputs() > 1_000);

    Typed evaluated = Typed.type("evaluate", model(), file);
    assertTrue(evaluated.out().get(2).startsWith("accuracy       100.00 % (400 of 400)"));
    Typed predicted = Typed.type("predict", model(), file);
    assertEquals(401, predicted.out().size());
    for (int r = 0; r < 400; r++) {
      assertTrue(predicted.out().get(r + 1).startsWith((r + 1) + "," + r % 2 + ","));
    }
    Typed regression = train(sparse("numbers"), "--task", "regression", "--patience", "3");
    assertEquals(0, regression.code(), regression.err()::toString);
    assertEquals(401, Typed.type("predict", model(), file).out().size());
  }

  @Test
  void ofFewIndicesTheNumbersAreStandardised() throws IOException {
    train(file("few", 60, r -> sign(r) + " 1:" + r % 2 + " 2:" + r));
    assertTrue(
        Model.load(Path.of(model()), null).network().layers().get(0) instanceof Normalization);
  }

  @Test
  void wholeNumbersAreClassesOnRequestAndKeepTheirText() throws IOException {
    String file = file("many", 80, r -> (43_211_500 + r % 20) + " 1:" + r % 20);
    assertTrue(train(file).out().get(0).contains("numbers of 'label'"));
    Typed typed = train(file, "--task", "classification");
    assertTrue(typed.out().get(0).contains("20 classes of 'label'"), typed.out().get(0));
    assertTrue(
        Typed.type("predict", model(), file).out().get(0).contains(",P(43211501),P(43211502),"));
    train(file("signs", 40, r -> (r % 4 == 0 ? "+1" : r % 2 == 0 ? "1" : "-1") + " 1:" + r % 2));
    assertEquals("row,label,P(-1),P(1)", Typed.type("predict", model(), file).out().get(0));
  }

  /** Rows of 4 values, of which one tells the class; 2,000 indices or so are named. */
  private String sparse(String name) throws IOException {
    return file(
        name,
        400,
        r ->
            String.format(
                Locale.ROOT,
                "%d %d:1 %d:1 %d:1 %d:1 %d:1",
                r % 2,
                10 + r % 2,
                100 + 7 * r,
                5_000 + 3 * r,
                9_000 + r,
                20_000 + 11 * r));
  }

  private static String sign(int r) {
    return r % 2 == 0 ? "-1" : "+1";
  }

  private Typed train(String file, String... options) {
    String[] usual = {"train", file, "--save", model(), "--epochs", "40", "--quiet"};
    return Typed.type(
        Stream.concat(Arrays.stream(usual), Arrays.stream(options)).toArray(String[]::new));
  }

  private static String last(Typed typed, String start) {
    return typed.out().stream().filter(line -> line.startsWith(start)).toList().getLast();
  }

  private String model() {
    return directory.resolve("model").toString();
  }

  private String file(String name, int rows, IntFunction<String> row) throws IOException {
    return Files.writeString(
            directory.resolve(name + ".libsvm"),
            IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", "", "\n")))
        .toString();
  }
}
