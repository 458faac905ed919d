package dev.lanewise.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.BackendInfo;
import dev.lanewise.Network;
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
 * @param trainRows how many samples it was trained on
 * @param score how well it does on the others
 * @param network the network
 * @param epochs how often it saw every sample
 * @param seconds how long the training took
 * @param backend what really ran
 */
record Report(
    String data,
    int trainRows,
    Training.Score score,
    Network network,
    int epochs,
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
            "training       %d epochs of %,d samples in %.2f s: %,.0f samples/s",
            epochs,
            trainRows,
            seconds,
            samplesPerSecond()),
        String.format(
            Locale.ROOT,
            "test accuracy  %.2f %% (%,d of %,d), log loss %.4f",
            100 * score.accuracy(),
            score.correct(),
            score.rows(),
            score.logLoss()),
        "backend        " + backend,
        "weights        CRC32C " + weightsCrc32c());
  }

  String json() throws IOException {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", score.accuracy());
    metrics.put("logLoss", score.logLoss());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", "classification");
    all.put("metrics", metrics);
    all.put("seconds", seconds);
    all.put("samplesPerSecond", samplesPerSecond());
    all.put("backend", backend.toString());
    all.put("weightsCrc32c", weightsCrc32c());
    all.put("epochs", epochs);
    all.put("trainSamples", trainRows);
    all.put("testSamples", score.rows());
    all.put("network", shape());
    all.put("parameters", network.parameterCount());
    return JSON.std.asString(all);
  }

  private double samplesPerSecond() {
    return (double) trainRows * epochs / seconds;
  }

  private String shape() {
    StringBuilder shape = new StringBuilder().append(network.inputs());
    for (Layer layer : network.layers()) {
      shape.append('-').append(layer.out());
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
