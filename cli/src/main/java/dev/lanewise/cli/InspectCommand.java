package dev.lanewise.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.ModelFiles;
import dev.lanewise.Network;
import dev.lanewise.cli.data.Column;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.data.SchemaJson;
import dev.lanewise.cli.model.Architecture;
import dev.lanewise.cli.model.Checksum;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.ModelStart;
import dev.lanewise.cli.model.Tensors;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.io.Safetensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what is in a model's file. */
@Command(
    name = "inspect",
    customSynopsis = "lanewise inspect MODEL [OPTIONS]",
    description =
        "Tells what is in a model or any safetensors file: its layers with their checksums, the"
            + " columns that it reads, and where it comes from. Reading it checks every section of"
            + " the file.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise inspect iris.lanewise",
      "  lanewise inspect lanewise-run/best.lanewise --json"
    })
final class InspectCommand implements Callable<Integer> {
  private static final int MOST_CATEGORIES = 8;
  private static final int MOST_COLUMNS = 100;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "A file of lanewise train --save, a checkpoint, or a .safetensors file.")
  private Path file;

  @Option(names = "--json", description = "Print one line of JSON instead.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Terminal.out(spec);
    boolean safetensors = file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors");
    if (safetensors) {
      try (Safetensors opened = Safetensors.open(file)) {
        Tensors tensors = new Tensors(opened);
        if (!tensors.sayLayers()) {
          out.println(json ? tensors.json() : tensors.text());
          return 0;
        }
      }
    } else {
      ModelStart.requireKnown(file);
    }
    Model model =
        safetensors
            ? new Model(ModelFiles.readSafetensors(file), null, Map.of())
            : Model.load(file, null);
    if (json) {
      out.println(JSON.std.asString(fields(model)));
    } else {
      text(out, model);
    }
    return 0;
  }

  private void text(PrintWriter out, Model model) throws IOException {
    Network network = model.network();
    line(out, "model", file.toString());
    line(out, "trained on", model.about().get(Model.DATA));
    line(out, "by", model.about().get(Model.COMMAND));
    line(out, "test score", score(model));
    out.printf(
        "network        %s, %,d parameters%n",
        Architecture.shortForm(network), network.parameterCount());
    out.println("weights        CRC32C " + Checksum.of(network));
    out.printf("%nlayer  %-22s      in     out  %-12s  parameters  CRC32C%n", "", "activation");
    List<Architecture.Row> rows = Architecture.rows(network);
    for (int l = 0; l < rows.size(); l++) {
      Architecture.Row row = rows.get(l);
      out.printf(
          "%5d  %-22s  %6d  %6d  %-12s  %,10d  %s%n",
          l, row.kind(), row.in(), row.out(), row.activation(), row.parameters(), row.crc32c());
    }
    if (model.schema() != null) {
      columns(out, model.schema());
    }
  }

  private static String score(Model model) throws IOException {
    String json = model.about().get(Model.SCORE);
    return json == null
        ? null
        : JSON.std.mapFrom(json).entrySet().stream()
            .map(metric -> metric.getKey() + " " + metric.getValue())
            .collect(Collectors.joining(", "));
  }

  private static void line(PrintWriter out, String name, String text) {
    if (text != null) {
      out.printf("%-15s%s%n", name, Terminal.line(text));
    }
  }

  private static void columns(PrintWriter out, Schema schema) {
    int width = 6;
    for (Column column : schema.columns()) {
      width = Math.max(width, Math.min(30, Terminal.line(column.name()).length()));
    }
    out.printf("%n%-" + width + "s  holds%n", "column");
    int shown = Math.min(MOST_COLUMNS, schema.columns().size());
    for (int c = 0; c < shown; c++) {
      Column column = schema.columns().get(c);
      out.printf(
          "%-" + width + "s  %s%s%n",
          Terminal.line(column.name()),
          Terminal.line(holds(column)),
          schema.isTarget(c) ? "  <- the target" : "");
    }
    if (shown < schema.columns().size()) {
      out.printf("... and %,d more%n", schema.columns().size() - shown);
    }
  }

  private static String holds(Column column) {
    return switch (column.kind()) {
      case NUMBER -> "a number; " + column.fill() + " where it is missing";
      case IGNORED -> "ignored";
      case CATEGORY -> {
        List<String> all = column.categories();
        List<String> first = all.subList(0, Math.min(MOST_CATEGORIES, all.size()));
        yield all.size()
            + " texts: "
            + String.join(", ", first)
            + (first.size() < all.size() ? ", ..." : "");
      }
    };
  }

  private Map<String, Object> fields(Model model) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("model", file.toString());
    all.put("network", Architecture.shortForm(model.network()));
    all.put("parameters", model.network().parameterCount());
    all.put("weightsCrc32c", Checksum.of(model.network()));
    all.put(
        "layers", Architecture.rows(model.network()).stream().map(Architecture.Row::json).toList());
    all.put(
        "schema", model.schema() == null ? null : JSON.std.mapFrom(SchemaJson.of(model.schema())));
    all.put("about", model.about());
    return all;
  }
}
