package dev.lanewise.cli.model;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.SavedNetwork;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.data.SchemaJson;
import dev.lanewise.cli.data.Tally;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.cli.text.Words;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Scaling;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network and what the columns of its files mean, as {@code lanewise train} keeps them.
 *
 * @param network the network
 * @param schema what columns mean; null in a file that something else wrote
 * @param about other texts by their names
 */
public record Model(Network network, Schema schema, Map<String, String> about) {
  public static final String DATA = "lanewise.data";
  public static final String COMMAND = "lanewise.command";
  public static final String SCORE = "lanewise.score";

  private static final String SCHEMA = "lanewise.schema";

  /** In checkpoints only: the targets that the network learns are standardised by it. */
  private static final String TARGET_SCALING = "lanewise.targetScaling";

  /**
   * Reads a model or a checkpoint.
   *
   * @param backend what computes; null for the preferred one
   */
  public static Model load(Path file, Backend backend) throws IOException {
    SavedNetwork saved;
    try {
      saved = SavedNetwork.load(file, backend);
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": no such file", e);
    }
    Map<String, String> about = new LinkedHashMap<>(saved.metadata());
    String schema = about.remove(SCHEMA);
    String scaling = about.remove(TARGET_SCALING);
    Network network = saved.network();
    if (scaling != null) {
      network = new OutputScaling(scaling(file, scaling)).append(network, backend);
    }
    return new Model(
        network, schema == null ? null : checked(file, network, schema), Map.copyOf(about));
  }

  private static Schema checked(Path file, Network network, String json) throws DataException {
    Schema schema = SchemaJson.parse(file.toString(), json);
    if (schema.inputs() != network.inputs() || schema.targets() != network.outputs()) {
      throw new DataException(
          "%s: its columns make %s inputs and %s outputs, but its network has %s and %s"
              .formatted(
                  file, schema.inputs(), schema.targets(), network.inputs(), network.outputs()));
    }
    return schema;
  }

  /** Reads a model of which it is known what its columns mean. */
  public static Model loadWithSchema(Path file, Backend backend) throws IOException {
    Model model = load(file, backend);
    if (model.schema == null) {
      throw new DataException(
          file
              + ": does not say what its inputs are; expected a file that lanewise train --save"
              + " wrote");
    }
    return model;
  }

  /** Says that there are categories or indices which the model does not know. */
  public String unknown(Tally tally) {
    boolean one = tally.unknown() == 1;
    return Terminal.format(
        "note: %,d %s: %s%s",
        tally.unknown(),
        schema.kind() == Schema.Kind.LIBSVM
            ? one
                ? "value has an index that the model was not trained on, and is passed over"
                : "values have indices that the model was not trained on, and are passed over"
            : (one ? "cell holds" : "cells hold")
                + " a text that the model was not trained on, and which counts as none",
        tally.firstUnknown(),
        one ? "" : " is the first");
  }

  /** Writes it. */
  public void save(Path file) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(about);
    metadata.put(SCHEMA, SchemaJson.of(schema));
    new SavedNetwork(network, metadata).save(file);
  }

  /** Returns what checkpoints hold beside the network that is trained. */
  public static Map<String, String> checkpointTexts(
      Schema schema, OutputScaling outputs, Map<String, String> about) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(about);
    metadata.put(SCHEMA, SchemaJson.of(schema));
    if (outputs != null) {
      Scaling scaling = outputs.scaling();
      metadata.put(
          TARGET_SCALING,
          JSON.std.asString(
              Map.of("shift", json(scaling.shift()), "factor", json(scaling.factor()))));
    }
    return metadata;
  }

  /** One number stands alone, as it did when there were no several targets. */
  private static Object json(float[] numbers) {
    return numbers.length == 1 ? numbers[0] : numbers;
  }

  private static float[] numbers(Object json) {
    List<?> numbers = json instanceof List<?> list ? list : List.of(json);
    float[] all = new float[numbers.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = ((Number) numbers.get(i)).floatValue();
    }
    return all;
  }

  private static Scaling scaling(Path file, String json) throws DataException {
    try {
      Map<String, Object> both = JSON.std.mapFrom(json);
      return new Scaling(numbers(both.get("shift")), numbers(both.get("factor")));
    } catch (IOException | RuntimeException e) {
      throw new DataException(file + ": what it says of its targets cannot be read", e);
    }
  }

  /** Returns the texts that tell where a model comes from. */
  public static Map<String, String> about(String data, List<String> command) {
    return Map.of(DATA, data, COMMAND, Words.join(command));
  }
}
