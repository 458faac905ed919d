package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.Network;
import dev.lanewise.model.Activation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model is trained, kept, and used again. */
class ModelCommandsTest {
  @TempDir private Path directory;

  private String trees;
  private String houses;

  @BeforeEach
  void findFiles() throws URISyntaxException {
    trees = resource("trees.csv");
    houses = resource("houses.csv");
  }

  private static String resource(String name) throws URISyntaxException {
    return Path.of(ModelCommandsTest.class.getResource(name).toURI()).toString();
  }

  private String saved(String data, String... options) {
    Path model = directory.resolve("model.lanewise");
    Typed typed =
        Typed.type(options, "train", data, "--quiet", "--epochs", "30", "--save", model.toString());
    assertEquals(0, typed.code(), typed.err().toString());
    assertTrue(typed.out().contains("model          " + model), typed.out().toString());
    return model.toString();
  }

  private static Map<String, Object> json(Typed typed) throws IOException {
    assertEquals(0, typed.code(), typed.err().toString());
    return JSON.std.mapFrom(typed.out().get(typed.out().size() - 1));
  }

  private static void assertRefused(String message, Typed typed) {
    assertEquals(List.of(message), typed.err());
    assertEquals(List.of(), typed.out());
    assertEquals(2, typed.code());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void evaluatingGivesTheScoreThatTrainingGave() throws IOException {
    for (String data : List.of(trees, houses)) {
      String model = directory.resolve("same.lanewise").toString();
      Map<String, Object> trained =
          json(Typed.type("train", data, "--test", data, "--save", model, "--json", "--quiet"));
      Map<String, Object> evaluated = json(Typed.type("evaluate", model, data, "--json"));

      assertEquals(trained.get("metrics"), evaluated.get("metrics"));
      assertEquals(trained.get("weightsCrc32c"), evaluated.get("weightsCrc32c"));
      assertEquals(trained.get("task"), evaluated.get("task"));
      assertTrue(
          evaluated.keySet().containsAll(Set.of("seconds", "samplesPerSecond", "backend")),
          evaluated.toString());
    }
  }

  @Test
  void evaluatingCountsWhatIsTakenForWhat() throws IOException {
    String model = saved(trees, "--epochs", "100");
    Typed typed = Typed.type("evaluate", model, trees);

    assertEquals("data           " + trees + ": 90 rows", typed.out().get(1));
    List<String> lines = typed.out();
    int matrix = lines.indexOf("true     ash    fir    oak  <- predicted");
    int counted = 0;
    for (String line : lines) {
      if (line.matches("(ash|fir|oak) +\\d+ +\\d+ +\\d+")) {
        for (String word : line.trim().split(" +", -1)) {
          counted += word.matches("\\d+") ? Integer.parseInt(word) : 0;
        }
      }
    }
    assertEquals(90, counted, () -> matrix + " in " + lines);
  }

  @Test
  void predictsTheClassWithTheLargestProbability() throws IOException {
    String model = saved(trees);
    Typed typed = Typed.type("predict", model, trees);

    assertEquals(91, typed.out().size());
    String[] header = typed.out().get(0).split(",", -1);
    assertEquals(List.of("row", "kind"), List.of(header).subList(0, 2));
    for (int r = 1; r <= 90; r++) {
      String[] cells = typed.out().get(r).split(",", -1);
      assertEquals(Integer.toString(r), cells[0]);
      int best = 2;
      float sum = 0;
      for (int c = 2; c < cells.length; c++) {
        best = Float.parseFloat(cells[c]) > Float.parseFloat(cells[best]) ? c : best;
        sum += Float.parseFloat(cells[c]);
      }
      assertEquals(header[best], "P(" + cells[1] + ")");
      assertEquals(1, sum, 1e-5);
    }
  }

  @Test
  void predictsNumbersInTheirOwnUnit() throws IOException {
    String model = saved(houses, "--epochs", "100");
    Typed typed = Typed.type("predict", model, houses);

    List<String> rows = Files.readAllLines(Path.of(houses));
    double error = 0;
    for (int r = 1; r < rows.size(); r++) {
      double price = Double.parseDouble(rows.get(r).substring(rows.get(r).lastIndexOf(',') + 1));
      error += Math.abs(Double.parseDouble(typed.out().get(r).split(",", -1)[1]) - price) / price;
    }
    assertTrue(error / (rows.size() - 1) < 0.1, () -> "mean relative error too large");
  }

  @Test
  void aTargetIsNotNeededAndColumnsAreFoundByTheirNames() throws IOException {
    String model = saved(trees);
    String whole = write("a.csv", "width,height,colour,kind\n10,300,green,oak\n");
    String without = write("b.csv", "colour,height,width\ngreen,300,10\n");
    String unknown = write("c.csv", "width,height,colour,kind\n10,300,green,?\n");
    String bare = write("d.csv", "10,300,green\n");

    List<String> expected = Typed.type("predict", model, whole).out();
    assertEquals(2, expected.size());
    for (String file : List.of(without, unknown, bare)) {
      assertEquals(expected, Typed.type("predict", model, file).out(), file);
    }
  }

  @Test
  void textsThatTheModelDoesNotKnowAreTold() throws IOException {
    String model = saved(trees);
    String file = write("new.csv", "width,height,colour\n10,300,violet\n10,300,green\n");
    Typed typed = Typed.type("predict", model, file);

    assertEquals(0, typed.code());
    assertEquals(
        List.of(
            "note: 1 cell holds a text that the model was not trained on, and which counts as none:"
                + " "
                + file
                + ": line 2, column 3: 'violet'"),
        typed.err());
    assertRefused(
        "lanewise evaluate: "
            + write("class.csv", "width,height,colour,kind\n10,300,green,elm\n")
            + ": line 2, column 4: 'elm' is unknown; expected one of "
            + "ash, fir, oak",
        Typed.type("evaluate", model, directory.resolve("class.csv").toString()));
  }

  @Test
  void missingCellsAreFilledSkippedOrRefused() throws IOException {
    String model = saved(trees);
    String file = write("new.csv", "width,height,colour\n10,,green\n10,300,green\n");

    assertEquals(3, Typed.type("predict", model, file).out().size());
    List<String> skipped = Typed.type("predict", model, file, "--missing", "skip").out();
    assertEquals(2, skipped.size());
    assertTrue(skipped.get(1).startsWith("2,"), skipped.get(1));
    assertRefused(
        "lanewise predict: "
            + file
            + ": line 2, column 2: the value is missing (''); mend the cell, or have it filled or"
            + " the row left out by --missing",
        Typed.type("predict", model, file, "--missing", "error", "--out", directory + "/out.csv"));
  }

  @Test
  void predictionsAreWrittenWholeOrNotAtAll() throws IOException {
    String model = saved(trees);
    Path out = directory.resolve("out.csv");
    Typed good = Typed.type("predict", model, trees, "--out", out.toString(), "--json");
    Map<String, Object> json = json(good);
    assertEquals(90, json.get("predictions"));
    assertEquals(1, good.out().size());
    assertEquals(Typed.type("predict", model, trees).out(), Files.readAllLines(out));

    String broken =
        write("broken.csv", "width,height,colour\n" + "10,300,green\n".repeat(1_000) + "1,x,red\n");
    List<String> before = Files.readAllLines(out);
    List<String> files = files();
    assertRefused(
        "lanewise predict: " + broken + ": line 1002, column 2: 'x' is not a number; mend the cell",
        Typed.type("predict", model, broken, "--out", out.toString()));
    assertEquals(before, Files.readAllLines(out));
    assertEquals(files, files());
  }

  @Test
  void classesMayHoldCommasAndQuotes() throws IOException {
    StringBuilder rows = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i).append(i < 20 ? ",\"a, \"\"b\"\"\"\n" : ",c\n");
    }
    String model = saved(write("quotes.csv", rows.toString()));
    Typed typed = Typed.type("predict", model, directory.resolve("quotes.csv").toString());

    assertEquals("row,y,\"P(a, \"\"b\"\")\",P(c)", typed.out().get(0));
    assertTrue(typed.out().get(1).startsWith("1,\"a, \"\"b\"\"\","), typed.out().get(1));
  }

  @Test
  void inspectTellsLayersColumnsAndOrigin() throws IOException {
    String model = saved(trees, "--norm", "layer", "--hidden", "8");
    Typed typed = Typed.type("inspect", model);
    String text = String.join("\n", typed.out());

    assertEquals(0, typed.code());
    assertTrue(text.contains("network        5-8-3, "), text);
    for (String part :
        List.of(
            "test score     accuracy ",
            "normalization",
            "dense, no bias",
            "layer norm",
            "softmax",
            "<- the target",
            "colour")) {
      assertTrue(text.contains(part), part);
    }
    assertTrue(text.contains("by             lanewise train " + trees), text);
    Map<String, Object> json = json(Typed.type("inspect", model, "--json"));
    assertEquals(4, ((List<?>) json.get("layers")).size());
    assertEquals("table", ((Map<?, ?>) json.get("schema")).get("kind"));
    String crc =
        json(Typed.type("evaluate", model, trees, "--json")).get("weightsCrc32c").toString();
    assertEquals(crc, json.get("weightsCrc32c"));
  }

  @Test
  void inspectTellsWhereAResidualStartsFrom() throws IOException {
    Path file = directory.resolve("residual.lanewise");
    Network.builder(3)
        .dense(3, Activation.RELU)
        .residual(1, Activation.RELU)
        .dense(3, Activation.RELU)
        .residual(1, Activation.IDENTITY)
        .build()
        .save(file);
    List<String> lines = Typed.type("inspect", file.toString()).out();

    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("    1  residual from the inputs ")));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("    3  residual from layer 1 ")));
  }

  @Test
  void exportedNetworksAreTheSame() throws IOException {
    String model = saved(trees);
    Path safetensors = directory.resolve("model.safetensors");
    Path onnx = directory.resolve("model.onnx");

    assertEquals(0, Typed.type("export", model, safetensors.toString()).code());
    assertEquals(0, Typed.type("export", model, onnx.toString()).code());
    assertTrue(Files.size(onnx) > 1_000);
    float[] kept = Network.load(Path.of(model)).parameters();
    assertArrayEquals(kept, dev.lanewise.ModelFiles.readSafetensors(safetensors).parameters());
    assertEquals(0, Typed.type("inspect", safetensors.toString()).code());
    assertRefused(
        "lanewise export: the file to write must end in .onnx or .safetensors, but is a.txt",
        Typed.type("export", model, "a.txt"));
  }

  @Test
  void aReportIsWrittenBesideTheModel() throws IOException {
    Path report = directory.resolve("report.html");
    saved(trees, "--report", report.toString());

    String page = Files.readString(report);
    assertTrue(page.contains("<h1>Predicting kind of trees.csv</h1>"));
    assertTrue(page.contains("Curve of accuracy"));
    assertTrue(page.contains("lanewise train " + trees));
    saved(houses, "--report", report.toString());
    assertTrue(Files.readString(report).contains("Predicted against true"));
  }

  @Test
  void aReportOfOneTestRowClaimsNothing() throws IOException {
    String four = write("four.csv", "a,b\n1,2\n3,4\n5,9\n7,1.5\n");
    Path report = directory.resolve("report.html");
    saved(four, "--report", report.toString());

    String page = Files.readString(report);
    assertFalse(page.contains("accounts for"), page);
    assertTrue(page.contains("<strong>not defined:</strong> R²"), page);
    assertTrue(page.contains("does not differ in the 1 test row,"), page);
  }

  @Test
  void otherFormatsAreTrainedOnAndPredicted() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      rows.append(i % 2 == 0 ? "-1" : "+1").append(" 1:").append(i % 2).append(" 4:0.5\n");
    }
    String file = write("rows.libsvm", rows.toString());
    String model = saved(file, "--label-smoothing", "0");
    Typed typed = Typed.type("predict", model, file);
    assertEquals("row,label,P(-1),P(1)", typed.out().get(0));
    assertTrue(typed.out().get(1).startsWith("1,-1,"), typed.out().get(1));
    assertTrue(typed.out().get(2).startsWith("2,1,"), typed.out().get(2));
    assertRefused(
        "lanewise predict: "
            + trees
            + ": is a table, but the model was trained on a libsvm file: give it one whose name"
            + " ends in .libsvm",
        Typed.type("predict", model, trees));
    String wide = write("wide.libsvm", "1 4:0.5 5:1\n");
    typed = Typed.type("predict", model, wide);
    assertEquals(0, typed.code());
    assertEquals(
        List.of(
            "note: 1 value has an index that the model was not trained on, and is passed over: "
                + wide
                + ": line 1: index 5"),
        typed.err());
  }

  @Test
  void onlyFilesOfTrainSayWhatTheirInputsAre() throws IOException {
    Path bare = directory.resolve("bare.lanewise");
    Network.builder(2).dense(1, Activation.IDENTITY).build().save(bare);

    assertEquals(0, Typed.type("inspect", bare.toString()).code());
    assertRefused(
        "lanewise predict: "
            + bare
            + ": does not say what its inputs are; expected a file that lanewise train --save"
            + " wrote",
        Typed.type("predict", bare.toString(), trees));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluate none.lanewise TREES | none.lanewise: no such file",
        "evaluate TREES TREES | TREES",
        "evaluate MODEL | name one file behind the model, or give --images",
        "evaluate MODEL none.csv | none.csv: no such file",
        "evaluate MODEL TREES --labels a | --images and --labels go together; give both, or a"
            + " table",
        "predict MODEL | name one file behind the model, or give --images",
        "predict MODEL TREES --images a | name one file behind the model, or give --images",
        "predict MODEL --images a --header no | --header is for a table",
        "predict MODEL TREES --json | --json needs --out, as both go to standard output",
        "predict MODEL TREES --out no/such/place | --out: there is no directory ",
        "predict MODEL TREES --backend best | --backend must be auto, scalar or vector, but was",
        "export MODEL no/such/a.onnx | FILE: there is no directory ",
        "inspect TREES | TREES",
        "train TREES --save no/such/place | --save: there is no directory ",
        "train TREES --report no/such/place | --report: there is no directory ",
      })
  void saysInOneLineWhatCannotBeUsed(String words, String message) throws IOException {
    String model = saved(trees, "--epochs", "1");
    List<String> before = files();
    List<String> args = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      args.add(word.replace("MODEL", model).replace("TREES", trees));
    }
    Typed typed = Typed.type(args.toArray(String[]::new));

    assertEquals(2, typed.code());
    assertEquals(1, typed.err().size(), typed.err().toString());
    String start = "lanewise " + args.get(0) + ": " + message.replace("TREES", trees);
    assertTrue(typed.err().get(0).startsWith(start), typed.err().get(0));
    assertEquals(List.of(), typed.out());
    assertEquals(before, files());
  }

  @Test
  void completionIsAScriptThatKnowsTheOptions() throws IOException, InterruptedException {
    Typed typed = Typed.type("completion");
    assertEquals(0, typed.code());
    Path script = Files.write(directory.resolve("completion"), typed.out());
    assertTrue(typed.out().stream().anyMatch(line -> line.contains("--target")));
    assertFalse(typed.out().isEmpty());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertEquals(0, bash.waitFor());
  }

  @ParameterizedTest
  @CsvSource({
    "train --norm l, layer",
    "train --loss h, huber",
    "train --schedule one, one-cycle",
    "predict --missing s, skip",
    "article --activation s, sigmoid"
  })
  void aShellCompletesTheWordsOfEachOption(String typed, String word) throws Exception {
    Path script = Files.write(directory.resolve("completion"), Typed.type("completion").out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                ". %s; COMP_WORDS=(lanewise %s); COMP_CWORD=3; _complete_lanewise;"
                        .formatted(script, typed)
                    + " echo \"${COMPREPLY[@]}\"")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(word, new String(bash.getInputStream().readAllBytes(), UTF_8).strip());
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
