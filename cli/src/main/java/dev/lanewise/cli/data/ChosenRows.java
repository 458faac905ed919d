package dev.lanewise.cli.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Writes the cells of some of the rows that are used of a table, below their names. */
final class ChosenRows implements TableFile.Visitor {
  private final TableRows used;
  private final IntPredicate chosen;
  private final CsvWriter out;
  private int count;
  private boolean isUsed;

  ChosenRows(
      TableFile file, Schema schema, TableOptions.Missing missing, IntPredicate chosen, Writer to) {
    this.used = new TableRows(file, schema, missing, true, (number, codes, target) -> use());
    this.chosen = chosen;
    this.out = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(to);
  }

  private void use() {
    isUsed = true;
    count++;
  }

  /** Passes on what is written so far. */
  void flush() throws IOException {
    out.flush();
  }

  @Override
  public boolean wantsTargets() {
    return used.wantsTargets();
  }

  @Override
  public Set<String> known() {
    return used.known();
  }

  @Override
  public boolean takesClasses() {
    return used.takesClasses();
  }

  @Override
  public void columns(List<String> names, boolean given) throws IOException {
    used.columns(names, given);
    if (given) {
      out.writeRecord(names);
    }
  }

  @Override
  public void row(long number, Cells cells) throws IOException {
    isUsed = false;
    used.row(number, cells);
    if (isUsed && chosen.test(count - 1)) {
      List<String> texts = new ArrayList<>();
      for (int c = 0; c < cells.count(); c++) {
        texts.add(cells.text(c));
      }
      out.writeRecord(texts);
    }
  }
}
