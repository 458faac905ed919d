package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.io.FloatArray;
import dev.lanewise.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type at first, and what they are told. */
class NewcomersTest {
  @TempDir private Path directory;

  private String table;
  private String model;

  @BeforeEach
  void writeTable() throws IOException {
    StringBuilder lines = new StringBuilder("Size,Weight,Kind\n");
    for (int r = 0; r < 40; r++) {
      lines.append(r % 2 + 0.1 * (r % 3)).append(',').append(r % 5).append(',');
      lines.append(r % 2 == 0 ? "oak" : "elm").append('\n');
    }
    table = Files.writeString(directory.resolve("trees.csv"), lines).toString();
    model = directory.resolve("m.lanewise").toString();
  }

  private Typed train(String... options) {
    return Typed.type(options, "train", table, "--quiet", "--epochs", "5");
  }

  private static void assertRefused(String says, Typed typed) {
    assertEquals(2, typed.code());
    assertEquals(1, typed.err().size(), typed.err().toString());
    assertTrue(typed.err().get(0).contains(says), typed.err().get(0));
  }

  private static Map<String, Object> json(Typed typed) throws IOException {
    assertEquals(0, typed.code(), typed.err().toString());
    return JSON.std.mapFrom(typed.out().get(typed.out().size() - 1));
  }

  @Test
  void withoutRowsToTestWithAllAreTrainedOn() throws IOException {
    Typed typed = train("--test-fraction", "0", "--save", model);

    assertEquals(0, typed.code(), typed.err().toString());
    assertTrue(typed.out().get(2).contains("of 40 samples"), typed.out().get(2));
    assertEquals("test           no rows were kept for testing", typed.out().get(3));
    Map<String, Object> json = json(train("--test-fraction", "0", "--json"));
    assertEquals(40, json.get("trainSamples"));
    assertEquals(0, json.get("testSamples"));
    assertEquals(
        32, json(train("--test-fraction", "0", "--patience", "2", "--json")).get("trainSamples"));
    List<String> inspected = Typed.type("inspect", model).out();
    assertTrue(inspected.stream().noneMatch(line -> line.startsWith("test score")));
    assertRefused(
        "--report needs rows to test with",
        train("--test-fraction", "0", "--report", directory.resolve("r.html").toString()));
    assertRefused("--seeds needs rows to test with", train("--test-fraction", "0", "--seeds", "2"));
    assertRefused("--test-fraction must be at least 0", train("--test-fraction", "-0.1"));
  }

  @Test
  void ofSeveralSeedsTheBestIsKept() throws IOException {
    String report = directory.resolve("r.html").toString();
    Typed typed = train("--seeds", "3", "--save", model, "--report", report, "--json");

    Map<String, Object> json = json(typed);
    double best = -1;
    Object weights = null;
    Object seed = null;
    for (Object run : (List<?>) json.get("runs")) {
      Map<?, ?> one = (Map<?, ?>) run;
      double accuracy = (double) ((Map<?, ?>) one.get("metrics")).get("accuracy");
      if (accuracy > best) {
        best = accuracy;
        weights = one.get("weightsCrc32c");
        seed = one.get("seed");
      }
    }
    assertEquals(weights, json(Typed.type("inspect", model, "--json")).get("weightsCrc32c"));
    assertTrue(Files.exists(Path.of(report)));
    List<String> told = train("--seeds", "3", "--save", model).out();
    assertEquals(
        "model          " + model + "; seed " + seed + ", the best of 3",
        told.get(told.size() - 1));
  }

  @Test
  void theCaseOfWordsAndColumnsDoesNotCountWhereItLeavesNoDoubt() {
    assertEquals(
        0, train("--optimizer", "Adam", "--activation", "ReLU", "--schedule", "One_Cycle").code());
    Typed typed = train("--target", "kind");
    assertEquals(0, typed.code());
    assertTrue(
        typed.err().get(0).endsWith("'kind' is taken for the column 'Kind'"),
        typed.err().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--optimizer  | adm     | did you mean 'adam'?",
        "--activation | leaky   | --activation must be relu",
        "--activation | sigmiod | did you mean 'sigmoid'?",
        "--target     | Kinds   | did you mean 'Kind'?",
        "--ignore     | Wieght  | did you mean 'Weight'?",
        "--task       | regresion | did you mean 'regression'?"
      })
  void whatIsMisspeltIsToldWithTheNearest(String option, String word, String says) {
    assertRefused(says, train(option, word));
  }

  @Test
  void aTextUnderRegressionIsToldWhatItIs() {
    assertRefused(
        "'Kind' holds texts, which are classes; leave out --task regression",
        train("--task", "regression"));
  }

  @Test
  void swappedArgumentsAreToldTheRightOrder() throws IOException {
    assertEquals(0, train("--save", model).code());

    for (String command : List.of("predict", "evaluate")) {
      assertRefused(
          "the model goes first: lanewise " + command + " " + model + " " + table,
          Typed.type(command, table, model));
    }
    assertRefused(table + ": is no model but a table", Typed.type("inspect", table));
    Path onnx = directory.resolve("m.onnx");
    assertEquals(0, Typed.type("export", model, onnx.toString()).code());
    assertRefused("is no model but a model of ONNX", Typed.type("inspect", onnx.toString()));
    Path npy = Files.write(directory.resolve("a.npy"), WholeFiles.npy(1, "", 0));
    assertRefused("is no model but arrays of NumPy", Typed.type("inspect", npy.toString()));
  }

  @Test
  void patienceThatLeavesNothingSaysSo() throws IOException {
    table = Files.writeString(directory.resolve("t.csv"), "x,y\n1,a\n2,b\n3,a\n").toString();
    assertRefused("--patience keeps a fifth of the rows to train on", train("--patience", "3"));
  }

  @Test
  void inspectShowsTensorsOfAnyProgram() throws IOException {
    Path file = directory.resolve("t.safetensors");
    Safetensors.write(
        file, Map.of("format", "pt"), Map.of("fc.weight", FloatArray.of(new float[6], 2, 3)));
    Typed typed = Typed.type("inspect", file.toString());

    assertEquals(0, typed.code(), typed.err().toString());
    assertEquals(
        List.of(
            "file           " + file,
            "format         pt",
            "tensors        1 of 6 numbers; which layers they belong to is not said",
            "",
            "tensor     type     shape",
            "fc.weight  F32      2 x 3"),
        typed.out());
    Map<String, Object> json = json(Typed.type("inspect", file.toString(), "--json"));
    assertEquals(
        List.of(Map.of("name", "fc.weight", "type", "F32", "shape", List.of(2, 3))),
        json.get("tensors"));
    for (String type : List.of("BF16", "I16", "F8_E4M3", "F8_E8M0", "BOOL", "U64")) {
      int bytes = type.endsWith("16") ? 2 : type.equals("U64") ? 8 : 1;
      Files.write(
          file,
          WholeFiles.safetensors(
              "{\"a\":{\"dtype\":\""
                  + type
                  + "\",\"shape\":[],\"data_offsets\":[0,"
                  + bytes
                  + "]}}",
              bytes));
      List<String> out = Typed.type("inspect", file.toString()).out();
      assertTrue(out.get(out.size() - 1).matches("a +" + type + " +one number"), out.toString());
    }
  }
}
