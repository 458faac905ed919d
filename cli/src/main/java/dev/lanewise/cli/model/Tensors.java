package dev.lanewise.cli.model;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.io.Safetensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is in a safetensors file that does not say its layers.
 *
 * @param file the file, open
 */
public record Tensors(Safetensors file) {
  /** What {@code lanewise export} and {@code ModelFiles} write of the layers. */
  private static final String LAYERS = "lanewise.layers";

  private static final int LONGEST_NAME = 60;

  /** Whether the layers are said, so that a network can be made. */
  public boolean sayLayers() {
    return file.metadata().containsKey(LAYERS);
  }

  public void text(PrintWriter out) throws IOException {
    out.println("file           " + Terminal.line(file.file().toString()));
    for (Map.Entry<String, String> entry : file.metadata().entrySet()) {
      out.println(Terminal.line(String.format("%-14s %s", entry.getKey(), entry.getValue())));
    }
    out.printf(
        Locale.ROOT,
        "tensors        %,d of %,d numbers; which layers they belong to is not said%n",
        file.names().size(),
        numbers());
    int width = 6;
    for (String name : file.names()) {
      width = Math.max(width, Math.min(LONGEST_NAME, name.length()));
    }
    out.printf("%n%-" + width + "s  type     shape%n", "tensor");
    for (String name : file.names()) {
      String shape =
          file.shape(name).isEmpty()
              ? "one number"
              : file.shape(name).stream().map(String::valueOf).collect(Collectors.joining(" x "));
      out.printf("%-" + width + "s  %-7s  %s%n", Terminal.line(name), file.type(name), shape);
    }
  }

  private long numbers() throws IOException {
    long numbers = 0;
    for (String name : file.names()) {
      numbers += file.shape(name).stream().reduce(1L, (a, b) -> a * b);
    }
    return numbers;
  }

  public String json() throws IOException {
    List<Map<String, Object>> tensors = new ArrayList<>();
    for (String name : file.names()) {
      Map<String, Object> tensor = new LinkedHashMap<>();
      tensor.put("name", name);
      tensor.put("type", file.type(name));
      tensor.put("shape", file.shape(name));
      tensors.add(tensor);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("file", file.file().toString());
    all.put("numbers", numbers());
    all.put("tensors", tensors);
    all.put("metadata", file.metadata());
    return JSON.std.asString(all);
  }
}
