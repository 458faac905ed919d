package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of NumPy, as programs in Python save them. */
class NumpyFilesTest {
  private static final int ROWS = 40;

  @TempDir private Path directory;

  // The bytes are the content; nobody compares two of these.
  @SuppressWarnings("ArrayRecordComponent")
  private record Array(String name, byte[] bytes) {}

  private interface Fill {
    void row(ByteBuffer to, int row);
  }

  private static Array array(String name, String descr, String shape, int bytes, Fill fill) {
    return array(name, descr, shape, bytes, ROWS, fill);
  }

  private static Array array(
      String name, String descr, String shape, int bytes, int rows, Fill fill) {
    byte[] file =
        WholeFiles.npy(
            1,
            "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }",
            bytes);
    ByteBuffer to = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    to.position(file.length - bytes);
    for (int r = 0; r < rows; r++) {
      fill.row(to, r);
    }
    return new Array(name, file);
  }

  /** Two inputs: one tells even rows from odd ones, the other counts in small steps. */
  private static Array x(String name) {
    return array(
        name, "<f8", ROWS + ", 2", 16 * ROWS, (to, r) -> to.putDouble(r % 2).putDouble(r % 7));
  }

  private static Array y(String name) {
    return array(name, "|b1", ROWS + ",", ROWS, (to, r) -> to.put((byte) (r % 2)));
  }

  private static Array pickled(String name) {
    return array(name, "|O", "1,", 5, 1, (to, r) -> to.put(new byte[] {1, 2, 3, 4, 5}));
  }

  private String npz(Array... arrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Array array : arrays) {
        zip.putNextEntry(new ZipEntry(array.name() + ".npy"));
        zip.write(array.bytes());
      }
    }
    return Files.write(directory.resolve("data.npz"), bytes.toByteArray()).toString();
  }

  private Typed train(String file, String... options) {
    return trainFor(30, file, options);
  }

  private Typed trainFor(int epochs, String file, String... options) {
    return Typed.type(
        options, "train", file, "--quiet", "--epochs", "" + epochs, "--save", model().toString());
  }

  private Path model() {
    return directory.resolve("m.lanewise");
  }

  private static void assertLearned(Typed typed) {
    assertEquals(0, typed.code(), typed.err().toString());
    assertTrue(typed.out().get(3).startsWith("test accuracy  100.00 %"), typed.out().toString());
  }

  private static void assertRefused(String says, Typed typed) {
    assertEquals(2, typed.code());
    assertEquals(1, typed.err().size(), typed.err().toString());
    assertTrue(typed.err().get(0).contains(says), typed.err().get(0));
    assertEquals(List.of(), typed.out());
  }

  @ParameterizedTest
  @CsvSource({
    "x, y",
    "X, y",
    "X, Y",
    "arr_0, arr_1",
    "data, target",
    "features, labels",
    "x_train, y_train",
    "X_train, y_train",
    "train_images, train_labels"
  })
  void inputsAndTargetsAreFoundByTheNamesThatAreUsual(String x, String y) throws IOException {
    assertLearned(train(npz(pickled("about"), y(y), x(x))));
  }

  @Test
  void otherArraysAreNamedByOptions() throws IOException {
    String file = npz(x("inside"), y("outside"), pickled("y"));

    assertRefused(
        "has no array 'x'; expected x and y, but there are [inside, outside, y]", train(file));
    assertRefused("name one by --x", train(file));
    assertRefused("name one by --y", train(npz(x("x"), y("wanted"))));
    file = npz(x("inside"), y("outside"), pickled("y"));
    assertLearned(train(file, "--x", "inside", "--y", "outside"));
    assertRefused(
        "has no array 'inzide'; there are [inside, outside, y]; did you mean 'inside'?",
        train(file, "--x", "inzide", "--y", "outside"));
    Typed predicted = Typed.type("predict", model().toString(), file, "--x", "inside");
    assertEquals(0, predicted.code(), predicted.err().toString());
    assertEquals(ROWS + 1, predicted.out().size());
    assertRefused("--y is for an .npz file", Typed.type("train", "a.csv", "--y", "target"));
  }

  @Test
  void arraysToTestWithAreTheTestSet() throws IOException {
    Array xTest = array("x_test", "<f4", "4, 2", 32, 4, (to, r) -> to.putFloat(r % 2).putFloat(1));
    Array yTest = array("y_test", "<i2", "4,", 8, 4, (to, r) -> to.putShort((short) (r % 2)));
    String file = npz(x("x_train"), y("y_train"), xTest, yTest);
    assertEquals(
        List.of(
            "note: " + file + ": the inputs are x_train, the targets y_train",
            "note: " + file + ": the inputs are x_test, the targets y_test"),
        train(file).err());
    assertEquals(ROWS, json(train(file, "--json")).get("trainSamples"));
    assertEquals(4, json(train(file, "--json")).get("testSamples"));
    assertEquals(8, json(train(file, "--json", "--test-fraction", "0.2")).get("testSamples"));
    Typed evaluated = Typed.type("evaluate", model().toString(), file, "--json");
    assertEquals(4, json(evaluated).get("samples"));
    assertEquals(5, Typed.type("predict", model().toString(), file).out().size());
    assertEquals(
        ROWS, json(train(file, "--json", "--test", npz(x("x"), y("y")))).get("testSamples"));
  }

  private static Map<String, Object> json(Typed typed) throws IOException {
    assertEquals(0, typed.code(), typed.err().toString());
    return JSON.std.mapFrom(typed.out().get(typed.out().size() - 1));
  }

  @Test
  void predictionsNeedNoTargets() throws IOException {
    assertLearned(train(npz(x("x"), y("y"))));
    List<String> expected = Typed.type("predict", model().toString(), npz(x("x"), y("y"))).out();

    assertEquals(expected, Typed.type("predict", model().toString(), npz(x("X_test"))).out());
    assertEquals(
        expected, Typed.type("predict", model().toString(), npz(x("x"), pickled("y"))).out());
    Path npy = Files.write(directory.resolve("x.npy"), x("x").bytes());
    assertEquals(expected, Typed.type("predict", model().toString(), npy.toString()).out());
    Array none = array("x", "<f8", "0, 2", 0, 0, (to, r) -> {});
    assertEquals(
        expected.subList(0, 1), Typed.type("predict", model().toString(), npz(none)).out());
  }

  @Test
  void textsAreClassesAndInputs() throws IOException {
    Array wide =
        array(
            "y",
            "<U2",
            ROWS + ",",
            8 * ROWS,
            (to, r) -> to.putInt(r % 2 == 0 ? 'ä' : 'b').putInt(0));
    Array bytes =
        array(
            "x",
            "|S2",
            ROWS + ", 1",
            2 * ROWS,
            (to, r) -> to.put((byte) ('p' + r % 2)).put((byte) 0));
    Typed typed = train(npz(bytes, wide));

    assertLearned(typed);
    List<String> predicted = Typed.type("predict", model().toString(), npz(bytes, wide)).out();
    assertEquals("row,column 2,P(b),P(ä)", predicted.get(0));
    assertTrue(predicted.get(1).startsWith("1,ä,"), predicted.get(1));
    assertTrue(predicted.get(2).startsWith("2,b,"), predicted.get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<i8", "<u8"})
  void wholeNumbersBeyondADoubleAreClassesOfTheirOwn(String descr) throws IOException {
    long first = (1L << 60) + 1;
    Array y = array("y", descr, ROWS + ",", 8 * ROWS, (to, r) -> to.putLong(first + r % 2));
    assertLearned(train(npz(x("x"), y)));

    String header = Typed.type("predict", model().toString(), npz(x("x"))).out().get(0);
    assertEquals("row,column 3,P(" + first + "),P(" + (first + 1) + ")", header);
  }

  @Test
  void inputsOfMoreAxesAreRowsAndSaidToBe() throws IOException {
    Array images =
        array(
            "x",
            "|u1",
            ROWS + ", 3, 2",
            6 * ROWS,
            (to, r) -> {
              for (int i = 0; i < 6; i++) {
                to.put((byte) (r % 2 == i % 2 ? 200 : 10 + r));
              }
            });
    Typed typed = train(npz(images, y("y")));

    assertLearned(typed);
    assertTrue(typed.out().get(0).contains("40 rows, 6 inputs"), typed.out().get(0));
    assertTrue(
        typed.err().get(0).endsWith("the inputs are x of 40 x 3 x 2, a row each, the targets y"),
        typed.err().toString());
  }

  @Test
  void oneHotTargetsAreClasses() throws IOException {
    Array y =
        array(
            "y", "<f4", ROWS + ", 2", 8 * ROWS, (to, r) -> to.putFloat(1 - r % 2).putFloat(r % 2));
    Typed typed = train(npz(x("x"), y));

    assertLearned(typed);
    assertTrue(
        typed.err().get(0).endsWith("the inputs are x, the targets y, one-hot"),
        typed.err().toString());
    assertTrue(typed.out().get(0).contains("2 classes of 'column 3'"), typed.out().get(0));
    assertEquals(0, Typed.type("evaluate", model().toString(), npz(x("x"), y("y"))).code());
    assertTrue(
        train(npz(x("x"), y), "--task", "regression")
            .out()
            .get(0)
            .endsWith("numbers of 'y1', 'y2'"));
  }

  private static Array threeTargets(String name) {
    return array(
        name,
        "<f8",
        ROWS + ", 3",
        24 * ROWS,
        (to, r) -> to.putDouble(r % 2).putDouble(1000 + 50 * (r % 7)).putDouble(-(r % 7)));
  }

  @Test
  void severalColumnsOfTargetsAreSeveralNumbers() throws IOException {
    String file = npz(x("x"), threeTargets("y"));
    Typed typed = trainFor(200, file, "--report", directory.resolve("r.html") + "");

    assertEquals(0, typed.code(), typed.err().toString());
    assertTrue(
        typed.out().get(0).endsWith("2 inputs of 2 columns, numbers of 'y1', 'y2', 'y3'"),
        typed.out().get(0));
    assertTrue(typed.out().get(1).contains("2-64-64-3"), typed.out().get(1));
    assertTrue(typed.out().get(3).endsWith(", means of 3 targets"), typed.out().get(3));
    String page = Files.readString(directory.resolve("r.html"), StandardCharsets.UTF_8);
    assertTrue(page.contains("Predicted against true y3"));

    List<String> predicted = Typed.type("predict", model().toString(), npz(x("x"))).out();
    assertEquals("row,y1,y2,y3", predicted.get(0));
    String[] third = predicted.get(3).split(",", -1);
    assertEquals(1100, Double.parseDouble(third[2]), 30);
    assertEquals(-2, Double.parseDouble(third[3]), 0.5);

    npz(x("x"), threeTargets("y"));
    List<String> evaluated = Typed.type("evaluate", model().toString(), file).out();
    assertTrue(evaluated.get(2).endsWith(", means of 3 targets"), evaluated.toString());
    assertTrue(evaluated.get(evaluated.size() - 1).startsWith("y3 "), evaluated.toString());
    List<String> inspected = Typed.type("inspect", model().toString()).out();
    assertTrue(
        inspected.get(inspected.size() - 1).matches("y3 .*<- the target"), inspected.toString());
    assertRefused("y has 3 columns, which are no classes", train(file, "--task", "classification"));
  }

  @Test
  void aTrainingWithSeveralTargetsGoesOnFromItsCheckpoint() throws IOException {
    String file = npz(x("x"), threeTargets("y"));
    String all = weights(trainFor(4, file, "--json"));
    Path run = directory.resolve("run");
    trainFor(4, file, "--checkpoints", run.toString(), "--every", "3");
    try (var steps = Files.list(run)) {
      for (Path step : steps.sorted().skip(1).toList()) {
        Files.delete(step);
      }
    }

    Typed resumed = trainFor(4, file, "--json", "--resume", run.toString());
    assertEquals(all, weights(resumed));
  }

  private static String weights(Typed typed) throws IOException {
    return json(typed).get("weightsCrc32c").toString();
  }

  @Test
  void targetsThatDoNotFitTheInputsAreRefused() throws IOException {
    Array few = array("y", "<i4", "3,", 12, 3, (to, r) -> to.putInt(r));
    assertRefused(
        "y is of shape [3]; expected one target, or one row of targets, for each of the 40 rows",
        train(npz(x("x"), few)));
    assertRefused("has Python objects, kept by pickle", train(npz(x("x"), pickled("y"))));
  }
}
