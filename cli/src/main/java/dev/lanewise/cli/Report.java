package dev.lanewise.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.BackendInfo;
import dev.lanewise.History;
import dev.lanewise.Network;
import dev.lanewise.model.Dense;
import dev.lanewise.model.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What came out of training.
 *
 * @param data what it was trained on, in words
 * @param seed what decided everything that is drawn
 * @param trainRows how many samples it was trained on
 * @param score how well it does on the others
 * @param network the network
 * @param history how the training went
 * @param seconds how long it took
 * @param backend what really ran
 */
record Report(
    String data,
    long seed,
    int trainRows,
    Score score,
    Network network,
    History history,
    double seconds,
    BackendInfo backend) {

  String text() {
    return String.join(
        System.lineSeparator(),
        "data           " + data,
        String.format(
            Locale.ROOT, "network        %s, %,d parameters", shape(), network.parameterCount()),
        String.format(
            Locale.ROOT,
            "training       %d epochs of %,d samples in %.2f s: %,.0f samples/s%s",
            epochs(),
            trainRows,
            seconds,
            samplesPerSecond(),
            history.best() < epochs() ? "; best epoch " + history.best() : ""),
        String.format(Locale.ROOT, "%-15s%s", "test " + score.mainName(), score.text()),
        "backend        " + backend,
        "weights        CRC32C " + weightsCrc32c());
  }

  /** Returns one line, for one of several seeds. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-15s%s %s; %.2f s, CRC32C %s",
        "seed " + seed,
        score.mainName(),
        score.text(),
        seconds,
        weightsCrc32c());
  }

  String json() throws IOException {
    return JSON.std.asString(fields());
  }

  Map<String, Object> fields() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", score.task());
    all.put("metrics", score.json());
    all.put("seconds", seconds);
    all.put("samplesPerSecond", samplesPerSecond());
    all.put("backend", backend.toString());
    all.put("weightsCrc32c", weightsCrc32c());
    all.put("epochs", epochs());
    all.put("bestEpoch", history.best());
    all.put("trainSamples", trainRows);
    all.put("testSamples", score.rows());
    all.put("network", shape());
    all.put("parameters", network.parameterCount());
    all.put("seed", seed);
    return all;
  }

  private int epochs() {
    return history.epochs().size();
  }

  private double samplesPerSecond() {
    return (double) trainRows * epochs() / seconds;
  }

  private String shape() {
    StringBuilder shape = new StringBuilder().append(network.inputs());
    for (Layer layer : network.layers()) {
      if (layer instanceof Dense) {
        shape.append('-').append(layer.out());
      }
    }
    return shape.toString();
  }

  /** The checksum of all parameters in public order, as little-endian floats. */
  String weightsCrc32c() {
    float[] parameters = network.parameters();
    ByteBuffer one = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = new CRC32C();
    for (float parameter : parameters) {
      crc.update(one.putFloat(0, parameter).rewind());
    }
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
