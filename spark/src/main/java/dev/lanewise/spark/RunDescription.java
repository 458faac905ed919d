package dev.lanewise.spark;

import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What the bits of a training follow from, in words: settings, rows, and the model it began with.
 */
final class RunDescription {
  /** What differs from one virtual machine to the next in the name of a lambda or an object. */
  private static final Pattern IDENTITY = Pattern.compile("\\$\\$Lambda[^,\\])@ ]*|@[0-9a-f]+\\b");

  private RunDescription() {}

  static Map<String, String> of(LocalSgd sgd, ShardedRows rows, LocalModel start) {
    Map<String, String> words = new LinkedHashMap<>();
    put(words, "number of layers", sgd.layers().size());
    for (int l = 0; l < sgd.layers().size(); l++) {
      put(words, "layer " + l, sgd.layers().get(l));
    }
    put(words, "loss and optimizer", sgd.options());
    put(words, "number of shards", sgd.shards());
    put(words, "batch size", sgd.batchSize());
    put(words, "number of steps in a round", sgd.roundSteps());
    put(words, "seed", sgd.seed());
    put(words, "schedule", sgd.schedule());
    put(words, "unit of the schedule", sgd.unit());
    put(words, "outer momentum", sgd.outerMomentum());
    put(words, "number of rows", rows.rows());
    put(words, "fingerprint of the rows", Long.toHexString(rows.fingerprint()));
    put(words, "checksum of the first model", checksum(start));
    return words;
  }

  private static void put(Map<String, String> words, String name, Object value) {
    words.put(name, IDENTITY.matcher(Objects.toString(value)).replaceAll(""));
  }

  private static String checksum(LocalModel model) {
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES);
    for (float[] numbers : new float[][] {model.parameters(), model.buffers()}) {
      for (float number : numbers) {
        crc.update(bytes.putFloat(0, number).rewind());
      }
    }
    return String.format("%08x", crc.getValue());
  }

  /** Returns the first name under which two differ; null if there is none. */
  static String difference(Map<String, String> before, Map<String, String> now) {
    for (String name : now.keySet()) {
      if (!now.get(name).equals(before.get(name))) {
        return name;
      }
    }
    return before.size() > now.size() ? "number of settings" : null;
  }
}
