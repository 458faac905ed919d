package dev.lanewise.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.Evaluation;
import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.Loaded;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.model.Architecture;
import dev.lanewise.cli.model.Checksum;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.Score;
import dev.lanewise.cli.model.TrainedRows;
import dev.lanewise.cli.option.Checks;
import dev.lanewise.cli.option.ModelOptions;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.metric.ConfusionMatrix;
import dev.lanewise.metric.Regression;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells how well a model does on samples with known targets. */
@Command(
    name = "evaluate",
    customSynopsis = {
      "lanewise evaluate MODEL FILE [OPTIONS]",
      "       lanewise evaluate MODEL --images FILE --labels FILE [OPTIONS]"
    },
    description = "Tells how well a model does on samples whose targets are known.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise evaluate iris.lanewise more-irises.csv",
      "  lanewise evaluate digits.lanewise --images t10k-images --labels t10k-labels --json"
    })
final class EvaluateCommand implements Callable<Integer> {
  /** A larger confusion matrix is not readable in a terminal. */
  private static final int MOST_CLASSES = 12;

  private static final int LONGEST_NAME = 16;

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(names = "--labels", paramLabel = "FILE", description = "The images' labels, from 0.")
  private Path labels;

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  @Option(names = "--quiet", description = "With --json only the line of JSON.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    model.check();
    Checks.refuse(
        model.ofImages() != (labels != null),
        "--images and --labels go together; give both, or a table");
    Model loaded = model.load("evaluate");
    DataFile file = model.file(labels);
    try (Loaded data = Loaded.of(file, loaded.schema(), model.reading().missing())) {
      long start = System.nanoTime();
      Evaluation test = loaded.network().evaluate(data.rows());
      double seconds = (System.nanoTime() - start) / 1e9;
      Score score = Score.of(test, loaded.schema());
      PrintWriter out = Terminal.out(spec);
      if (!(json && quiet)) {
        text(out, loaded, file, data, test, score);
      }
      if (json) {
        out.println(JSON.std.asString(fields(loaded, score, seconds)));
      }
      String note = TrainedRows.note(loaded, data, file.toString(), model.readsRowsToTrainOn());
      if (note != null) {
        Terminal.err(spec).println(note);
      }
      return 0;
    }
  }

  private void text(
      PrintWriter out, Model loaded, DataFile file, Loaded data, Evaluation test, Score score) {
    out.printf(
        "model          %s: %s%n",
        Terminal.line(model.path().toString()), Architecture.shortForm(loaded.network()));
    out.printf(
        "data           %s: %,d rows%s%n",
        Terminal.line(file.toString()), test.rows(), data.tally().remark());
    out.printf("%-15s%s%n", score.mainName(), score.text());
    if (data.tally().unknown() > 0) {
      Terminal.err(spec).println(loaded.unknown(data.tally()));
    }
    if (score.classification() && test.rows() > 0) {
      classes(out, loaded.schema(), test);
    } else if (score.targets() > 1) {
      targets(out, loaded.schema(), test);
    }
  }

  private static void targets(PrintWriter out, Schema schema, Evaluation test) {
    out.printf("%n%-16s         R^2        RMSE         MAE%n", "target");
    for (int j = 0; j < test.outputs(); j++) {
      Score score = Score.ofTarget(test.ofOutput(j), schema, j);
      out.printf(
          "%-16s  %10.4f  %10.6g  %10.6g%n",
          cut(schema.targetNames().get(j)),
          score.main(),
          score.metrics().get(Regression.RMSE),
          score.metrics().get(Regression.MAE));
    }
  }

  private static void classes(PrintWriter out, Schema schema, Evaluation test) {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(test.rows(), test.outputs(), test.predictions(), test.targets());
    int width = 5;
    for (String name : schema.classes()) {
      width = Math.max(width, cut(name).length());
    }
    out.printf("%n%-" + width + "s  precision  recall      F1    rows%n", "class");
    for (int c = 0; c < matrix.classes(); c++) {
      out.printf(
          "%-" + width + "s     %6.4f  %6.4f  %6.4f  %,6d%n",
          cut(schema.classes().get(c)),
          matrix.precision(c),
          matrix.recall(c),
          matrix.f1(c),
          matrix.support(c));
    }
    if (matrix.classes() <= MOST_CLASSES) {
      matrix(out, schema, matrix, width);
    }
  }

  private static void matrix(PrintWriter out, Schema schema, ConfusionMatrix matrix, int width) {
    out.printf("%n%-" + width + "s", "true");
    for (int p = 0; p < matrix.classes(); p++) {
      out.printf("  %" + cell(schema, p) + "s", cut(schema.classes().get(p)));
    }
    out.println("  <- predicted");
    for (int c = 0; c < matrix.classes(); c++) {
      out.printf("%-" + width + "s", cut(schema.classes().get(c)));
      for (int p = 0; p < matrix.classes(); p++) {
        out.printf("  %" + cell(schema, p) + "d", matrix.count(c, p));
      }
      out.println();
    }
  }

  private static int cell(Schema schema, int c) {
    return Math.max(5, cut(schema.classes().get(c)).length());
  }

  private static String cut(String text) {
    String name = Terminal.line(text);
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private Map<String, Object> fields(Model loaded, Score score, double seconds) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", score.task());
    all.put("metrics", score.json());
    all.put("seconds", seconds);
    all.put("samplesPerSecond", score.rows() / seconds);
    all.put("backend", loaded.network().backendInfo().toString());
    all.put("weightsCrc32c", Checksum.of(loaded.network()));
    all.put("samples", score.rows());
    return all;
  }
}
