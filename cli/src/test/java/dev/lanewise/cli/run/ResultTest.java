package dev.lanewise.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.cli.model.Checksum;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.Score;
import dev.lanewise.loop.History;
import dev.lanewise.metric.Classification;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Activation;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {
  private final Network network =
      Network.builder(1).dense(2, Activation.SOFTMAX, false).backend(Backend.SCALAR).build();

  private Result result() {
    network.setWeights(0, new float[] {1, -2});
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    metrics.put(Classification.ACCURACY, 0.75);
    metrics.put(Classification.LOG_LOSS, 0.5);
    metrics.put(Classification.MACRO_F1, 0.7);
    Score score = new Score(true, 8, 1, metrics, 0);
    History history = new History(Collections.nCopies(3, null), 3, History.End.COMPLETED);
    return new Result(
        "numbers",
        List.of(),
        1,
        1_000,
        null,
        score,
        new Model(network, null, Map.of()),
        history,
        3_000,
        1.5,
        null,
        network.backendInfo(),
        null);
  }

  /** The bytes 00 00 80 3f 00 00 00 c0. */
  @Test
  void checksumIsOfLittleEndianFloats() {
    assertEquals("aa36f2c9", Checksum.of(result().network()));
  }

  @Test
  void jsonSaysWhatTheTextSays() throws IOException {
    Map<String, Object> json = JSON.std.mapFrom(result().json());

    assertEquals("classification", json.get("task"));
    assertEquals(Map.of("accuracy", 0.75, "logLoss", 0.5, "macroF1", 0.7), json.get("metrics"));
    assertEquals(1.5, json.get("seconds"));
    assertEquals(2_000.0, json.get("samplesPerSecond"));
    assertEquals("aa36f2c9", json.get("weightsCrc32c"));
    assertEquals(network.backendInfo().toString(), json.get("backend"));
    assertEquals(
        List.of(
            "data           numbers",
            "network        1-2, 2 parameters",
            "training       3 epochs of 1,000 samples in 1.50 s: 2,000 samples/s",
            "test accuracy  75.00 % (6 of 8), log loss 0.5000, macro F1 0.7000",
            "backend        " + network.backendInfo(),
            "weights        CRC32C aa36f2c9"),
        result().text().lines().toList());
  }
}
