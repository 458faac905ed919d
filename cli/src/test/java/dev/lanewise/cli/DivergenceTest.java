package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose only step diverges is told as that, whatever was looked at after it. */
class DivergenceTest {
  private static final String RATE =
      "--epochs 1 --batch 1000 --optimizer sgd --learning-rate 1e38 --schedule constant";

  @TempDir private Path directory;

  @Test
  void ofTheOnlyStepIsTold() throws IOException {
    StringBuilder rows = new StringBuilder("a,y\n");
    for (int r = 0; r < 60; r++) {
      rows.append(r).append(".5,").append(3 * r).append(".25\n");
    }
    Path table = Files.writeString(directory.resolve("table.csv"), rows);
    Path model = directory.resolve("model");
    for (List<String> more : List.of(List.<String>of(), List.of("--patience", "3"))) {
      List<String> words = new ArrayList<>(List.of("train", "" + table, "--save", "" + model));
      words.addAll(Arrays.asList(RATE.split(" ")));
      words.addAll(more);
      Typed typed = Typed.type(words.toArray(String[]::new));
      String last = typed.err().get(typed.err().size() - 1);
      assertTrue(last.startsWith("lanewise train: training has diverged: after 1 step"), last);
      assertTrue(last.contains("the learning rate is 1.0E38 (lower it"), last);
      assertEquals(2, typed.code());
      assertFalse(Files.exists(model));
    }
  }
}
