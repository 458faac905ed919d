package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  private static final int SIDE = 4;

  @TempDir private Path directory;

  private String images;
  private String labels;

  /** Images of 4 x 4 pixels, of which the brighter row is the class. */
  @BeforeEach
  void writeFiles() throws IOException {
    images = writeImages("images", 100, SIDE).toString();
    labels = writeLabels("labels", 100).toString();
  }

  @Test
  void learnsTheSpiralsWithoutAnyFile() throws IOException {
    Typed typed = Typed.type("train", "--json");

    assertEquals(0, typed.code());
    assertTrue(typed.out().get(0).startsWith("data           two spirals"), typed.out().get(0));
    Map<String, Object> json = json(typed);
    assertEquals("classification", json.get("task"));
    Map<?, ?> metrics = (Map<?, ?>) json.get("metrics");
    assertTrue((double) metrics.get("accuracy") >= 0.97, metrics.toString());
    assertTrue((double) metrics.get("logLoss") < 0.1, metrics.toString());
    assertTrue((double) metrics.get("macroF1") >= 0.97, metrics.toString());
    assertEquals("68774b6d", json.get("weightsCrc32c"));
    assertEquals(400, json.get("testSamples"));
  }

  @Test
  void everyBackendAndNumberOfThreadsGivesTheSameWeights() throws IOException {
    // Wide enough for the threads to share the work.
    String[] options = {"--epochs", "2", "--hidden", "160,160", "--batch", "48"};
    String reference = crc("scalar", 1, options);

    assertTrue(reference.matches("[0-9a-f]{8}"), reference);
    for (int threads = 1; threads <= 3; threads++) {
      assertEquals(reference, crc("scalar", threads, options));
      assertEquals(reference, crc("vector", threads, options));
    }
  }

  private static String crc(String backend, int threads, String... options) throws IOException {
    Typed typed =
        Typed.type(
            options, "train", "--json", "--quiet", "--backend", backend, "--threads", "" + threads);
    Map<String, Object> json = json(typed);
    assertTrue(json.get("backend").toString().startsWith(backend), json.toString());
    return json.get("weightsCrc32c").toString();
  }

  @Test
  void seedsDecideTheWeights() throws IOException {
    String first = seeded("1");

    assertEquals(first, seeded("1"));
    assertNotEquals(first, seeded("2"));
  }

  private static String seeded(String seed) throws IOException {
    return json(Typed.type("train", "--json", "--quiet", "--epochs", "1", "--seed", seed))
        .get("weightsCrc32c")
        .toString();
  }

  @Test
  void learnsFromFilesAndTestsWithTheirLastPart() throws IOException {
    Typed typed =
        Typed.type(
            "train",
            "--images",
            images,
            "--labels",
            labels,
            "--epochs",
            "30",
            "--batch",
            "7",
            "--json");

    assertEquals(0, typed.code());
    assertEquals(
        "data           " + images + ": 100 rows, 16 inputs of an image, 4 classes of 'label'",
        typed.out().get(0));
    assertTrue(typed.out().get(1).startsWith("network        16-128-4, "), typed.out().get(1));
    Map<String, Object> json = json(typed);
    assertEquals(80, json.get("trainSamples"));
    assertEquals(20, json.get("testSamples"));
    assertEquals(1.0, ((Map<?, ?>) json.get("metrics")).get("accuracy"));
  }

  @Test
  void testsWithFilesOfTheirOwn() throws IOException {
    Typed typed =
        Typed.type(
            "train",
            "--images",
            images,
            "--labels",
            labels,
            "--epochs",
            "1",
            "--json",
            "--test-images",
            writeImages("t", 12, SIDE).toString(),
            "--test-labels",
            writeLabels("u", 12).toString());

    assertEquals(100, json(typed).get("trainSamples"));
    assertEquals(12, json(typed).get("testSamples"));
  }

  @Test
  void tellsOfEpochsOnTheErrorStreamUnlessQuiet() {
    String[] loud = {"train", "--images", images, "--labels", labels, "--epochs", "2"};
    Typed typed = Typed.type(loud);

    assertEquals(2, typed.err().size());
    assertTrue(typed.err().get(1).matches("epoch 2/2: loss \\d\\.\\d{4}, [0-9,]+ samples/s"));
    assertEquals(6, typed.out().size());
    Typed quiet =
        Typed.type(
            "train", "--images", images, "--labels", labels, "--epochs", "2", "--quiet", "--json");
    assertEquals(List.of(), quiet.err());
    assertEquals(1, quiet.out().size());
  }

  @Test
  void writesAtMost20LinesOfProgress() {
    assertEquals(20, Typed.type("train", "--epochs", "100").err().size());
    assertEquals(11, Typed.type("train", "--epochs", "22").err().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--images a | --images and --labels go together, but only --images was given",
        "--labels a | --images and --labels go together, but only --labels was given",
        "--test-images a"
            + " | --test-images and --test-labels go together, but only --test-images was given",
        "--test-images a --test-labels b | --test-images needs --images to train on",
        "--images a --labels b --test-images a --test-labels b --test-fraction 0.5"
            + " | give --test-images or --test-fraction, not both",
        "--test-fraction -1 | --test-fraction must be at least 0 and below 1, but was -1.0",
        "--test-fraction 1 | --test-fraction must be at least 0 and below 1, but was 1.0",
        "--test-fraction NaN | --test-fraction must be at least 0 and below 1, but was NaN",
        "--batch 0 | --batch must be at least 1, but was 0",
        "--epochs -1 | --epochs must be at least 1, but was -1",
        "--threads 0 | --threads must be 1 to 9999, but was 0",
        "--learning-rate NaN"
            + " | --learning-rate must be a finite number of at least 0, but was NaN",
        "--learning-rate -0.1"
            + " | --learning-rate must be a finite number of at least 0, but was -0.1",
        "--learning-rate fast | Invalid value for option '--learning-rate': 'fast' is not a float",
        "--learning-rate 1e30"
            + " | the loss of step 1 is NaN: layer 1 is the first whose outputs are not finite;"
            + " the learning rate is 1.0E30 (lower it, clip gradients, or scale the inputs)",
        "--seeds 0 | --seeds must be at least 1, but was 0",
        "--hidden 0"
            + " | --hidden must be numbers of at least 1, such as 128 or 300,100, but was [0]",
        "--backend gpu | --backend must be auto, scalar or vector, but was 'gpu'",
        "--epoch 3 | there is no option '--epoch'; did you mean --epochs? lanewise train --help"
            + " lists all",
      })
  void saysInOneLineWhichOptionCannotBeUsed(String options, String message) {
    assertRefused(message, Typed.type(("train --quiet " + options).split(" ")));
  }

  @Test
  void misspeltCommandsAreToldWithTheNearest() {
    Typed typed = Typed.type("trian", "iris.csv");

    assertEquals(2, typed.code());
    assertEquals(
        List.of(
            "lanewise: there is no command 'trian'; did you mean train? lanewise --help lists all"),
        typed.err());
    assertRefused("'more.csv' is one argument too many", Typed.type("train", "a.csv", "more.csv"));
  }

  @Test
  void saysInOneLineWhichFileCannotBeUsed() throws IOException {
    String missing = directory.resolve("missing").toString();
    assertRefused(missing + ": no such file", train(missing, labels));
    assertRefused(
        labels + ": starts with 0x00000801, but IDX images of unsigned bytes start with 0x00000803",
        train(labels, labels));
    String short99 = writeLabels("short", 99).toString();
    assertRefused(short99 + ": 99 labels for the 100 images of " + images, train(images, short99));
    Path zeros = directory.resolve("zeros");
    byte[] content = Files.readAllBytes(Path.of(labels));
    Arrays.fill(content, 8, content.length, (byte) 0);
    Files.write(zeros, content);
    assertRefused(
        zeros + ": every label is 0; expected at least 2 classes", train(images, zeros.toString()));
  }

  @Test
  void saysInOneLineWhichTestFileDoesNotFit() throws IOException {
    String large = writeImages("large", 12, SIDE + 1).toString();
    String labels12 = writeLabels("labels12", 12).toString();
    assertRefused(
        large + ": images of 25 pixels; expected 16 as the network was trained on",
        train(images, labels, "--test-images", large, "--test-labels", labels12));
    String one = writeImages("one", 1, SIDE).toString();
    Path nine = directory.resolve("nine");
    Files.write(nine, new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 9});
    assertRefused(
        nine + ": has the label 9; expected 0 to 3 as the network was trained on",
        train(images, labels, "--test-images", one, "--test-labels", nine.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "train", "article", "article no-hidden", "article collapse"})
  void helpFitsATerminal(String command) {
    Typed typed = Typed.type((command + " --help").strip().split(" "));

    assertEquals(0, typed.code());
    assertTrue(typed.out().get(0).startsWith("Usage: lanewise"), typed.out().get(0));
    assertTrue(typed.out().stream().allMatch(line -> line.length() <= 80));
  }

  @Test
  void tellsItsVersion() {
    assertTrue(Typed.type("--version").out().get(0).startsWith("lanewise "));
  }

  @Test
  void needsACommand() {
    Typed typed = Typed.type();

    assertEquals(2, typed.code());
    assertTrue(typed.err().get(0).startsWith("lanewise: expected a command: train, evaluate, "));
    assertEquals(1, typed.err().size());
  }

  private static Typed train(String images, String labels, String... more) {
    return Typed.type(more, "train", "--images", images, "--labels", labels);
  }

  private static void assertRefused(String message, Typed typed) {
    assertEquals(List.of("lanewise train: " + message), typed.err());
    assertEquals(List.of(), typed.out());
    assertEquals(2, typed.code());
  }

  private static Map<String, Object> json(Typed typed) throws IOException {
    return JSON.std.mapFrom(typed.out().get(typed.out().size() - 1));
  }

  private Path writeImages(String name, int count, int side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x803);
    out.writeInt(count);
    out.writeInt(side);
    out.writeInt(side);
    for (int i = 0; i < count * side * side; i++) {
      int image = i / (side * side);
      int row = i / side % side;
      out.writeByte((row == image % SIDE ? 150 : 0) + i * 37 % 100);
    }
    return Files.write(directory.resolve(name), bytes.toByteArray());
  }

  private Path writeLabels(String name, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x801);
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeByte(i % SIDE);
    }
    return Files.write(directory.resolve(name), bytes.toByteArray());
  }
}
