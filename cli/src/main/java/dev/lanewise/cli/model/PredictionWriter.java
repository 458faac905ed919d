package dev.lanewise.cli.model;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lanewise.cli.data.Codes;
import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.Encoding;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.kernel.SparseRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes predictions as comma-separated values, some rows at a time. */
public final class PredictionWriter implements DataFile.Sink {
  private static final int ROWS_AT_ONCE = 256;

  private final Model model;
  private final Schema schema;
  private final Encoding encoding;
  private final CsvWriter out;
  private final int inputs;
  private final int outputs;
  private final long[] numbers = new long[ROWS_AT_ONCE];
  private final float[] x;
  private final SparseRows.Builder sparse;
  private final float[] y;
  private final boolean forSpreadsheets;
  private int waiting;
  private long withoutPrediction;
  private long firstWithout;

  /**
   * Writes the header.
   *
   * @param forSpreadsheets whether names that a spreadsheet would take for formulas are quoted
   */
  public PredictionWriter(Model model, Writer to, boolean forSpreadsheets) throws IOException {
    this.forSpreadsheets = forSpreadsheets;
    this.model = model;
    this.schema = model.schema();
    this.encoding = new Encoding(schema);
    this.inputs = model.network().inputs();
    this.outputs = model.network().outputs();
    this.sparse = schema.sparse() ? new SparseRows.Builder(inputs) : null;
    this.x = schema.sparse() ? null : new float[Math.multiplyExact(ROWS_AT_ONCE, inputs)];
    this.y = new float[Math.multiplyExact(ROWS_AT_ONCE, outputs)];
    this.out = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(to);
    List<String> header = new ArrayList<>(List.of("row"));
    schema.targetNames().forEach(name -> header.add(name(name)));
    schema.classes().forEach(name -> header.add("P(" + name + ")"));
    out.writeRecord(header);
  }

  @Override
  public void row(long number, Codes codes) throws IOException {
    if (sparse == null) {
      encoding.inputs(codes, x, waiting * inputs);
    } else {
      encoding.inputs(codes, sparse);
    }
    numbers[waiting++] = number;
    if (waiting == ROWS_AT_ONCE) {
      flush();
    }
  }

  /** Writes what is left. */
  public void finish() throws IOException {
    flush();
    out.flush();
  }

  private void flush() throws IOException {
    if (waiting == 0) {
      return;
    }
    if (sparse == null) {
      model.network().predict(waiting, x, 0, y, 0);
    } else {
      model.network().predict(sparse.rows(), y, 0);
      sparse.clear();
    }
    List<String> cells = new ArrayList<>();
    try {
      for (int r = 0; r < waiting; r++) {
        cells.clear();
        cells.add(Long.toString(numbers[r]));
        if (isFinite(r * outputs)) {
          addOutputs(r * outputs, cells);
        } else {
          addNone(numbers[r], cells);
        }
        out.writeRecord(cells);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    waiting = 0;
  }

  private boolean isFinite(int at) {
    boolean finite = true;
    for (int c = 0; c < outputs; c++) {
      finite &= Float.isFinite(y[at + c]);
    }
    return finite;
  }

  /** Numbers far from those of training overflow in a network, and nothing follows from that. */
  private void addNone(long row, List<String> cells) {
    if (withoutPrediction++ == 0) {
      firstWithout = row;
    }
    cells.addAll(Collections.nCopies(schema.classification() ? 1 + outputs : outputs, ""));
  }

  private void addOutputs(int at, List<String> cells) {
    if (!schema.classification()) {
      for (int j = 0; j < outputs; j++) {
        cells.add(schema.targetColumn(j).text(y[at + j]));
      }
      return;
    }
    int best = 0;
    for (int c = 1; c < outputs; c++) {
      best = y[at + c] > y[at + best] ? c : best;
    }
    cells.add(name(schema.classes().get(best)));
    for (int c = 0; c < outputs; c++) {
      cells.add(Float.toString(y[at + c]));
    }
  }

  /** Returns what is to be said of rows without a prediction; null for nothing. */
  public String note() {
    boolean one = withoutPrediction == 1;
    return withoutPrediction == 0
        ? null
        : Terminal.format(
            "note: %,d %s no prediction, as inputs are too far from those of training: row %,d%s",
            withoutPrediction,
            one ? "row has" : "rows have",
            firstWithout,
            one ? "" : " is the first");
  }

  private String name(String name) {
    return forSpreadsheets
            && name.matches("(?s)[=+\\-@\t\r].*")
            && !name.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
        ? "'" + name
        : name;
  }
}
