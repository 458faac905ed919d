package dev.lanewise.cli.model;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.io.Safetensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  public String text() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("file           " + Terminal.line(file.file().toString()));
    file.metadata()
        .forEach((name, value) -> lines.add(Terminal.line("%-14s %s".formatted(name, value))));
    lines.add(
        Terminal.format(
            "tensors        %,d of %,d numbers; which layers they belong to is not said%n",
            file.names().size(), numbers()));
    int longest = file.names().stream().mapToInt(String::length).max().orElse(0);
    String row = "%-" + Math.clamp(longest, 6, LONGEST_NAME) + "s  %-7s  %s";
    lines.add(row.formatted("tensor", "type", "shape"));
    for (String name : file.names()) {
      String shape = file.shape(name).stream().map(String::valueOf).collect(joining(" x "));
      lines.add(
          row.formatted(
              Terminal.line(name), file.type(name), shape.isEmpty() ? "one number" : shape));
    }
    return String.join(System.lineSeparator(), lines);
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
