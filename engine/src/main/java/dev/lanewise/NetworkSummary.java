package dev.lanewise;

import dev.lanewise.model.Layer;
import java.util.List;
import java.util.Locale;

/**
 * A network as a table: its layers, the shape of their outputs, and how many numbers they learn.
 */
final class NetworkSummary {
  private NetworkSummary() {}

  static String of(List<Layer> layers) {
    StringBuilder table = new StringBuilder();
    long total = 0;
    long buffers = 0;
    row(table, "", "layer", "output shape", "parameters");
    row(table, "", "inputs", shape(layers.get(0).in()), "");
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      String activation = layer.activation().toString();
      String kind = layer.describe() + (activation.equals("identity") ? "" : ", " + activation);
      row(table, l, kind, shape(layer.out()), count(layer.parameterCount()));
      total += layer.parameterCount();
      buffers += layer.bufferLength();
    }
    row(table, "", "total", "", count(total));
    return table
        + (buffers == 0 ? "" : "and " + count(buffers) + " numbers that are not learned\n");
  }

  private static void row(
      StringBuilder table, Object number, String kind, String shape, String parameters) {
    String columns =
        String.format(Locale.ROOT, "%-3s %-30s %-16s %14s", number, kind, shape, parameters);
    table.append(columns.stripTrailing()).append('\n');
  }

  private static String shape(int columns) {
    return "rows x " + columns;
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
