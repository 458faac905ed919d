package dev.lanewise.cli.run;

import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.model.Architecture;
import dev.lanewise.cli.model.Checksum;
import dev.lanewise.cli.report.Contents;
import dev.lanewise.cli.report.Page;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.cli.text.Version;
import dev.lanewise.cli.text.Words;
import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page about a run.
 *
 * @param training what was asked for
 * @param result what came out
 */
public record RunReport(Training training, Result result) {
  public void write(Path file) throws IOException {
    String html = Page.html(contents());
    AtomicFile.write(file, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  private Contents contents() throws IOException {
    Schema schema = training.samples().schema();
    List<String> targets = new ArrayList<>();
    for (int j = 0; j < schema.targetColumns(); j++) {
      targets.add(schema.targetColumn(j).nameOfFloats());
    }
    return new Contents(
        "Predicting " + String.join(", ", targets) + " of " + training.samples().name(),
        Words.join(training.command()),
        ZonedDateTime.now(ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.MINUTES)
            .format(DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH)),
        "Trained on " + result.data() + ".",
        targets,
        training.samples().schema().classes(),
        result.test().rows(),
        result.test().predictions(),
        result.test().targets(),
        metrics(),
        result.history(),
        training.watched(),
        layers(),
        settings(),
        environment());
  }

  private Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    result
        .score()
        .json()
        .forEach(
            (name, value) ->
                metrics.put(name, value instanceof Double number ? number : Double.NaN));
    return metrics;
  }

  private List<List<String>> layers() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "in", "out", "activation", "parameters"));
    for (Architecture.Row row : Architecture.rows(result.network())) {
      rows.add(
          List.of(
              row.kind(),
              Integer.toString(row.in()),
              Integer.toString(row.out()),
              row.activation(),
              Terminal.format("%,d", row.parameters())));
    }
    return rows;
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "samples",
        Terminal.format(
            "%,d to train on, %,d to test with", result.trainRows(), result.test().rows()));
    settings.put(
        "epochs",
        Terminal.format(
            "%d, in batches of %d", result.history().epochs().size(), training.loop().batch()));
    settings.put("optimizer", words(result.options().optimizer().toString()));
    settings.put("loss", result.options().loss().toString().replace('_', ' '));
    settings.put("schedule", training.learning().scheduleText(training.samples().kind()));
    settings.put("seed", Long.toString(result.seed()));
    settings.put(
        "time",
        Terminal.format(
            "%.2f s, %,.0f samples/s", result.seconds(), result.trained() / result.seconds()));
    settings.put("weights", "CRC32C " + Checksum.of(result.network()));
    return settings;
  }

  /** Makes words of what a record says of itself, as of AdamW[learningRate=0.005, beta1=0.9]. */
  private static String words(String said) {
    int start = said.indexOf('[');
    if (start < 0) {
      return said;
    }
    String values = said.substring(start + 1, said.length() - 1).replace('=', ' ');
    return said.substring(0, start)
        + ": "
        + values.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("backend", result.backend().toString());
    environment.put(
        "Java",
        "%s %s, %s"
            .formatted(
                System.getProperty("java.vm.name"),
                Runtime.version(),
                System.getProperty("java.vendor")));
    environment.put(
        "system",
        "%s %s, %s processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()));
    environment.put("program", Version.text());
    return environment;
  }
}
