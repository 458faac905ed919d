package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever goes on with a run need not say again what its checkpoint knows. */
class ResumeTest {
  private static final List<String> BEGUN =
      List.of(
          "--hidden",
          "5,5",
          "--epochs",
          "6",
          "--target",
          "a kind",
          "--test-fraction",
          "0.25",
          "--batch",
          "64");

  @TempDir private Path directory;

  private Path table;
  private Path checkpoints;

  @BeforeEach
  void writeTable() throws IOException {
    checkpoints = directory.resolve("the run");
    StringBuilder lines = new StringBuilder("a kind,row,x,y\n");
    for (int r = 0; r < 40; r++) {
      lines.append(r % 2 == 0 ? "oak" : "elm").append(',').append(r * r).append(',');
      lines.append(r % 2 + 0.1 * (r % 3)).append(',').append(r % 5).append('\n');
    }
    table = Files.writeString(directory.resolve("trees.csv"), lines);
  }

  /** Trains with checkpoints, and goes back to one on the way. Returns the weights at the end. */
  private String begin(String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("train", "" + table, "--quiet"));
    words.addAll(BEGUN);
    words.addAll(List.of("--checkpoints", "" + checkpoints, "--every", "1"));
    words.addAll(List.of(options));
    Typed typed = Typed.type(words.toArray(String[]::new));
    assertEquals(0, typed.code(), typed.err()::toString);
    for (int step = 5; step <= 6; step++) {
      Files.delete(checkpoints.resolve(String.format("step-%09d.lanewise", step)));
    }
    return weights(typed);
  }

  private Typed resume(String... options) {
    return Typed.type(options, "train", "--resume", "" + checkpoints, "--quiet");
  }

  private static String weights(Typed typed) {
    return typed.out().stream()
        .filter(line -> line.startsWith("weights"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsNotSaidIsTakenFromTheCheckpointAndTold() throws IOException {
    String weights = begin("--seed", "3");

    Typed typed = resume("" + table);
    assertEquals(0, typed.code(), typed.err()::toString);
    assertEquals(weights, weights(typed));
    assertEquals(
        List.of(
            "note: taken from the checkpoint: --hidden 5,5 --epochs 6 --target 'a kind'"
                + " --test-fraction 0.25 --batch 64 --seed 3"),
        taken(typed));
  }

  private static List<String> taken(Typed typed) {
    return typed.err().stream().filter(line -> line.startsWith("note: taken")).toList();
  }

  @Test
  void theTableIsTakenTooAndARunThatWentOnGoesOnAgain() throws IOException {
    String weights = begin();

    assertEquals(weights, weights(resume("--checkpoints", "" + checkpoints, "--every", "1")));
    Files.delete(checkpoints.resolve("step-000000006.lanewise"));
    assertEquals(weights, weights(resume()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a report", "no report"})
  void aReportIsNeededNeitherThenNorNow(String then) throws IOException {
    Path report = directory.resolve("r.html");
    boolean begun = then.equals("a report");
    String weights = begun ? begin("--report", "" + report) : begin();
    Files.deleteIfExists(report);

    Typed typed = begun ? resume("" + table) : resume("" + table, "--report", "" + report);
    assertEquals(0, typed.code(), typed.err()::toString);
    assertEquals(weights, weights(typed));
    assertEquals(!begun, Files.exists(report));
    assertEquals(weights, weights(resume()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hidden=64,64     | with --hidden 5,5  | --hidden 64,64",
        "--batch=7          | with --batch 64    | --batch 7",
        "--target=x         | with --target 'a kind' | --target x",
        "--seed=7           | without --seed     | --seed 7",
        "--learning-rate=1  | without --learning-rate | --learning-rate 1",
        "--norm=layer       | without --norm     | --norm layer",
        "--optimizer=sgd    | without --optimizer | --optimizer sgd",
        "--ignore=row       | without --ignore   | --ignore row",
        "--residual         | without --residual | --residual"
      })
  void whatDiffersIsToldInTheCommandLinesWords(String option, String made, String now)
      throws IOException {
    begin("--dropout", "0.1");
    Typed typed = resume("" + table, option);

    assertEquals(2, typed.code());
    assertEquals(
        "lanewise train: --resume: "
            + checkpoints.resolve("step-000000004.lanewise")
            + " was made "
            + made
            + ", but this is "
            + now
            + ": leave it out to go on, or start anew without --resume",
        typed.err().getLast());
  }

  @Test
  void theNumberOfEpochsMayChangeWhereNoScheduleEndsWithIt() throws IOException {
    begin();
    Typed refused = resume("--epochs", "9");
    assertEquals(2, refused.code());
    assertTrue(
        refused.err().getLast().endsWith("; the schedule ends with the epochs"),
        refused.err()::toString);

    checkpoints = directory.resolve("other");
    begin("--schedule", "constant");
    Typed typed = resume("--epochs", "9");
    assertEquals(0, typed.code(), typed.err()::toString);
    assertTrue(typed.out().get(2).contains(" 9 epochs"), typed.out().get(2));
  }

  @Test
  void whatMeansTheSameOrChangesNoResultMayBeSaid() throws IOException {
    String weights = begin("--optimizer", "adamw");
    Typed typed =
        resume(
            "" + table,
            "--optimizer",
            "AdamW",
            "--seed",
            "1",
            "--threads",
            "2",
            "--backend",
            "scalar");
    assertEquals(0, typed.code(), typed.err()::toString);
    assertEquals(weights, weights(typed));
    Path model = directory.resolve("m.lanewise");
    assertEquals(0, resume("--save", "" + model).code());
    assertTrue(Files.exists(model));
  }

  @Test
  void wordsAreSplitAsTheyWereJoined() {
    List<String> words = List.of("lanewise", "", "it's", "a b", "\\", "--x=1", "'", "ä\"");
    assertEquals(words, Words.split(Words.join(words)));
    assertFalse(Words.split("").contains(""));
  }
}
