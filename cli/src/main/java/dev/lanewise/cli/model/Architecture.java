package dev.lanewise.cli.model;

import dev.lanewise.Network;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.Dense;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a network is made of, in words. */
public final class Architecture {
  /**
   * One layer.
   *
   * @param kind what it is
   * @param in how many inputs it has
   * @param out how many outputs
   * @param activation what is applied to them
   * @param parameters how many numbers it learns
   * @param crc32c the checksum of all numbers that it has
   */
  public record Row(
      String kind, int in, int out, String activation, long parameters, String crc32c) {
    public Map<String, Object> json() {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("kind", kind);
      all.put("in", in);
      all.put("out", out);
      all.put("activation", activation);
      all.put("parameters", parameters);
      all.put("crc32c", crc32c);
      return all;
    }
  }

  private Architecture() {}

  /** Returns the usual short form of a network, such as {@code 784-128-10}. */
  public static String shortForm(Network network) {
    StringBuilder shape = new StringBuilder().append(network.inputs());
    for (Layer layer : network.layers()) {
      if (layer instanceof Dense) {
        shape.append('-').append(layer.out());
      }
    }
    return shape.toString();
  }

  public static List<Row> rows(Network network) {
    List<Row> rows = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      Layer layer = network.layers().get(l);
      rows.add(
          new Row(
              layer.describe(),
              layer.in(),
              layer.out(),
              layer.activation().equals(Activation.IDENTITY) ? "" : layer.activation().toString(),
              layer.parameterCount(),
              Checksum.of(network.weights(l), network.bias(l), network.buffers(l))));
    }
    return rows;
  }
}
