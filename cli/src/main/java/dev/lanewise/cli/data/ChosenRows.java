package dev.lanewise.cli.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Writes the cells of some of the rows that are used of a table, below their names. */
final class ChosenRows implements TableFile.Visitor {
  private final TableRows used;
  private final IntPredicate chosen;
  private final CsvWriter out;
  private int count;

  ChosenRows(
      TableFile file, Schema schema, TableOptions.Missing missing, IntPredicate chosen, Writer to) {
    this.used = new TableRows(file, schema, missing, true, (number, codes) -> count++);
    this.chosen = chosen;
    this.out = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(to);
  }

  TableFile.Wanted wanted() {
    return used.wanted();
  }

  /** Passes on what is written so far. */
  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void columns(TableFile.Columns columns) throws IOException {
    used.columns(columns);
    if (columns.given()) {
      out.writeRecord(columns.names());
    }
  }

  @Override
  public void row(Cells cells) throws IOException {
    int before = count;
    used.row(cells);
    if (count > before && chosen.test(before)) {
      List<String> texts = new ArrayList<>();
      for (int c = 0; c < cells.count(); c++) {
        texts.add(cells.text(c));
      }
      out.writeRecord(texts);
    }
  }
}
