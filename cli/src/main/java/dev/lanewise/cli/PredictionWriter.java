package dev.lanewise.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.Encoding;
import dev.lanewise.cli.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Writes predictions as comma-separated values, some rows at a time. */
final class PredictionWriter implements DataFile.Sink {
  private static final int ROWS_AT_ONCE = 256;

  private final Model model;
  private final Encoding encoding;
  private final CsvWriter out;
  private final int inputs;
  private final int outputs;
  private final long[] numbers = new long[ROWS_AT_ONCE];
  private final float[] x;
  private final float[] y;
  private int waiting;

  PredictionWriter(Model model, Writer to) throws IOException {
    this.model = model;
    this.encoding = new Encoding(model.schema());
    this.inputs = model.network().inputs();
    this.outputs = model.network().outputs();
    this.x = new float[Math.multiplyExact(ROWS_AT_ONCE, inputs)];
    this.y = new float[Math.multiplyExact(ROWS_AT_ONCE, outputs)];
    this.out = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(to);
    Schema schema = model.schema();
    List<String> header = new ArrayList<>(List.of("row", schema.targetColumn().name()));
    schema.classes().forEach(name -> header.add("P(" + name + ")"));
    out.writeRecord(header);
  }

  @Override
  public void row(long number, float[] codes, float target) throws IOException {
    encoding.inputs(codes, x, waiting * inputs);
    numbers[waiting++] = number;
    if (waiting == ROWS_AT_ONCE) {
      flush();
    }
  }

  /** Writes what is left. */
  void finish() throws IOException {
    flush();
    out.flush();
  }

  private void flush() throws IOException {
    if (waiting == 0) {
      return;
    }
    model.network().predict(waiting, x, 0, y, 0);
    List<String> cells = new ArrayList<>();
    try {
      for (int r = 0; r < waiting; r++) {
        cells.clear();
        cells.add(Long.toString(numbers[r]));
        addOutputs(r * outputs, cells);
        out.writeRecord(cells);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    waiting = 0;
  }

  private void addOutputs(int at, List<String> cells) {
    Schema schema = model.schema();
    if (!schema.classification()) {
      cells.add(Float.toString(y[at]));
      return;
    }
    int best = 0;
    for (int c = 1; c < outputs; c++) {
      best = y[at + c] > y[at + best] ? c : best;
    }
    cells.add(schema.classes().get(best));
    for (int c = 0; c < outputs; c++) {
      cells.add(Float.toString(y[at + c]));
    }
  }
}
