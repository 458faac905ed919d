package dev.lanewise.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.Tally;
import dev.lanewise.cli.model.Checksum;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.PredictionWriter;
import dev.lanewise.cli.option.Checks;
import dev.lanewise.cli.option.ModelOptions;
import dev.lanewise.cli.option.OutputFiles;
import dev.lanewise.cli.run.Interrupt;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what a model says of samples. */
@Command(
    name = "predict",
    customSynopsis = {
      "lanewise predict MODEL FILE [OPTIONS]",
      "       lanewise predict MODEL --images FILE [OPTIONS]"
    },
    description = {
      "Writes what a model says of samples: a line of comma-separated values for each, with its"
          + " row's number, the class and the probability of each class, or the number.",
      "A target's column may be there or not. The file may be larger than memory."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise predict iris.lanewise new-irises.csv",
      "  lanewise predict digits.lanewise --images t10k-images.gz --out digits.csv"
    })
final class PredictCommand implements Callable<Integer> {
  /** On Linux; where it leads to a file, as after {@code >>}, that must not be one that is read. */
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file, once all is done. Default: standard output.")
  private Path out;

  @Option(
      names = "--json",
      description = "End with one line of JSON, which says how many there are. Needs --out.")
  private boolean json;

  @Option(
      names = "--escape-formulas",
      description =
          "Put ' before names that begin with = + - or @, which a spreadsheet would take for"
              + " formulas.")
  private boolean escapeFormulas;

  private String withoutPrediction;

  @Override
  public Integer call() throws IOException {
    model.check();
    Checks.refuse(json && out == null, "--json needs --out, as both go to standard output");
    model.checkOutputs(
        out == null
            ? new OutputFiles().writes("standard output", STANDARD_OUTPUT)
            : new OutputFiles().writes("--out", out));
    Checks.writable("--out", out);
    Model loaded = model.load("predict");
    DataFile file = model.file(null);
    long start = System.nanoTime();
    Tally tally;
    if (out == null) {
      tally = write(loaded, file, spec.commandLine().getOut(), () -> false);
    } else {
      try (Interrupt interrupt = Interrupt.listen()) {
        tally = writeWhole(loaded, file, interrupt);
      }
      if (tally == null) {
        return Interrupt.EXIT_CODE;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    report(tally, loaded, seconds);
    if (json) {
      Terminal.out(spec).println(JSON.std.asString(fields(loaded, tally, seconds)));
    }
    return 0;
  }

  /** Writes the file; null if it was interrupted, and said so while the virtual machine waits. */
  private Tally writeWhole(Model loaded, DataFile file, Interrupt interrupt) throws IOException {
    Tally[] tally = new Tally[1];
    try {
      AtomicFile.write(
          out,
          stream -> {
            Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            tally[0] = write(loaded, file, text, interrupt::asked);
            text.flush();
          });
      return tally[0];
    } catch (InterruptedIOException e) {
      Terminal.err(spec).println("stopped; nothing is written to " + out);
      return null;
    }
  }

  private Tally write(Model loaded, DataFile file, Writer to, BooleanSupplier stopped)
      throws IOException {
    PredictionWriter writer = new PredictionWriter(loaded, to, escapeFormulas);
    Tally tally =
        file.read(
            loaded.schema(),
            model.reading().missing(),
            false,
            (number, codes) -> {
              if (stopped.getAsBoolean()) {
                throw new InterruptedIOException();
              }
              writer.row(number, codes);
            });
    writer.finish();
    withoutPrediction = writer.note();
    return tally;
  }

  private void report(Tally tally, Model loaded, double seconds) {
    PrintWriter err = Terminal.err(spec);
    if (out != null && !json) {
      err.printf(
          "%,d predictions%s in %s; %.2f s%n",
          tally.rows() - tally.leftOut(), tally.remark(), out, seconds);
    }
    if (tally.unknown() > 0) {
      err.println(loaded.unknown(tally));
    }
    if (withoutPrediction != null) {
      err.println(withoutPrediction);
    }
  }

  private static Map<String, Object> fields(Model loaded, Tally tally, double seconds) {
    long rows = tally.rows() - tally.leftOut();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", loaded.schema().classification() ? "classification" : "regression");
    all.put("predictions", rows);
    all.put("leftOut", tally.leftOut());
    all.put("filledCells", tally.filled());
    all.put("unknownCells", tally.unknown());
    all.put("seconds", seconds);
    all.put("samplesPerSecond", rows / seconds);
    all.put("backend", loaded.network().backendInfo().toString());
    all.put("weightsCrc32c", Checksum.of(loaded.network()));
    return all;
  }
}
