package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.Evaluation;
import dev.lanewise.cli.data.AnyFile;
import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.Loaded;
import dev.lanewise.cli.data.TableOptions;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.PredictionWriter;
import dev.lanewise.cli.model.Score;
import dev.lanewise.data.RowSelection;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands take rows some at a time, and any number of rows is right. */
class RowCountsTest {
  private static final int MOST = 1_025;

  /** Those at which a batch begins or ends, and their neighbours. */
  private static final int[] COUNTS = {0, 1, 255, 256, 257, 511, 512, 513, 768, 1_024, MOST};

  @TempDir private Path directory;

  private String model;
  private List<String> all;

  @BeforeEach
  void trainAndPredictAll() throws IOException {
    Path rows = rows(MOST);
    model = directory.resolve("model").toString();
    succeeded(Typed.type("train", "" + rows, "--epochs", "1", "--hidden", "2", "--save", model));
    all = succeeded(Typed.type("predict", model, "" + rows)).out();
    assertEquals(MOST + 1, all.size());
  }

  @Test
  void everyNumberOfRowsIsPredicted() throws IOException {
    Model loaded = Model.load(Path.of(model), null);
    DataFile file = new AnyFile(rows(MOST));
    try (Loaded rows = Loaded.of(file, loaded.schema(), TableOptions.Missing.FILL)) {
      for (int n = 0; n <= MOST; n++) {
        StringWriter out = new StringWriter();
        PredictionWriter writer = new PredictionWriter(loaded, out, false);
        int most = n;
        file.read(
            loaded.schema(),
            TableOptions.Missing.FILL,
            false,
            (number, codes) -> {
              if (number <= most) {
                writer.row(number, codes);
              }
            });
        writer.finish();
        assertEquals(all.subList(0, n + 1), out.toString().lines().toList());
      }
      for (int n = 1; n <= MOST; n++) {
        Evaluation some =
            loaded
                .network()
                .evaluate(new RowSelection(rows.rows(), IntStream.range(0, n).toArray()));
        assertEquals(n, some.rows());
        assertEquals(accuracy(n), Score.of(some, loaded.schema()).main(), 1e-12);
      }
    }
  }

  @Test
  void predictWritesALineForEachRow() throws IOException {
    Path out = directory.resolve("out.csv");
    for (int n : COUNTS) {
      String rows = rows(n).toString();
      Typed typed = succeeded(Typed.type("predict", model, rows));
      assertEquals(all.subList(0, n + 1), typed.out());
      assertEquals(List.of(), typed.err());
      Typed toFile = Typed.type("predict", model, rows, "--out", "" + out, "--json");
      assertEquals(n, json(toFile).get("predictions"));
      assertEquals(all.subList(0, n + 1), Files.readAllLines(out));
    }
  }

  @Test
  void evaluateAndTrainTestWithEveryRow() throws IOException {
    Path few = Files.writeString(directory.resolve("few.csv"), "a,b,y\n1,2,p\n2,1,q\n");
    String[] quickly = {"--epochs", "1", "--hidden", "2", "--json", "--quiet"};
    for (int n : COUNTS) {
      if (n > 0) {
        String rows = rows(n).toString();
        Typed evaluated = Typed.type("evaluate", model, rows, "--json", "--quiet");
        assertEquals(n, json(evaluated).get("samples"));
        assertEquals(accuracy(n), accuracy(evaluated), 1e-12);
        Typed trained = Typed.type(quickly, "train", "" + few, "--test", rows);
        assertEquals(n, json(trained).get("testSamples"));
      }
    }
  }

  @Test
  void evaluateSaysThatThereIsNoRow() throws IOException {
    Path none = rows(0);
    Typed typed = Typed.type("evaluate", model, "" + none);

    assertEquals(2, typed.code());
    assertEquals(
        List.of(
            "lanewise evaluate: " + none + ": has no row below its header; expected at least 1"),
        typed.err());
  }

  @Test
  void libsvmFilesAreNoOther() throws IOException {
    String trained = directory.resolve("libsvm").toString();
    Path file = directory.resolve("rows.libsvm");
    Files.writeString(file, libsvm(MOST));
    succeeded(Typed.type("train", "" + file, "--epochs", "1", "--save", trained));
    List<String> whole = succeeded(Typed.type("predict", trained, "" + file)).out();
    for (int n : COUNTS) {
      if (n == 0) {
        continue;
      }
      Files.writeString(file, libsvm(n));
      assertEquals(
          whole.subList(0, n + 1), succeeded(Typed.type("predict", trained, "" + file)).out());
      assertEquals(n, json(Typed.type("evaluate", trained, "" + file, "--json")).get("samples"));
    }
  }

  @Test
  void imagesAreNoOther() throws IOException {
    String trained = directory.resolve("images-model").toString();
    Path images = directory.resolve("images");
    Path labels = directory.resolve("labels");
    writeImages(images, labels, MOST);
    succeeded(
        Typed.type(
            "train",
            "--images",
            "" + images,
            "--labels",
            "" + labels,
            "--epochs",
            "1",
            "--save",
            trained));
    List<String> whole = succeeded(Typed.type("predict", trained, "--images", "" + images)).out();
    for (int n : COUNTS) {
      if (n == 0) {
        continue;
      }
      writeImages(images, labels, n);
      assertEquals(
          whole.subList(0, n + 1),
          succeeded(Typed.type("predict", trained, "--images", "" + images)).out());
    }
  }

  private Path rows(int count) throws IOException {
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int r = 0; r < count; r++) {
      text.append(a(r)).append(',').append(b(r)).append(a(r) > b(r) ? ",p\n" : ",q\n");
    }
    return Files.writeString(directory.resolve("rows.csv"), text);
  }

  private static int a(int row) {
    return row * 37 % 101;
  }

  private static int b(int row) {
    return row * 53 % 97;
  }

  /** Returns how many of the first rows are told right, as the predictions of all rows say. */
  private double accuracy(int rows) {
    int right = 0;
    for (int r = 0; r < rows; r++) {
      right += all.get(r + 1).split(",", -1)[1].equals(a(r) > b(r) ? "p" : "q") ? 1 : 0;
    }
    return (double) right / rows;
  }

  private static String libsvm(int count) {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < count; r++) {
      text.append(a(r) > b(r) ? "1" : "2").append(" 1:" + (a(r) + 1) + " 2:" + (b(r) + 1) + "\n");
    }
    return text.toString();
  }

  private static void writeImages(Path images, Path labels, int count) throws IOException {
    byte[] x = WholeFiles.idx(new int[] {count, 2, 2});
    byte[] y = WholeFiles.idx(new int[] {count});
    for (int r = 0; r < count; r++) {
      x[x.length - 4 * count + 4 * r] = (byte) a(r);
      y[y.length - count + r] = (byte) (a(r) > b(r) ? 1 : 0);
    }
    Files.write(images, x);
    Files.write(labels, y);
  }

  private static Typed succeeded(Typed typed) {
    assertEquals(0, typed.code(), typed.err().toString());
    return typed;
  }

  private static Map<String, Object> json(Typed typed) throws IOException {
    return JSON.std.mapFrom(succeeded(typed).out().getLast());
  }

  private static double accuracy(Typed typed) throws IOException {
    return (double) ((Map<?, ?>) json(typed).get("metrics")).get("accuracy");
  }
}
