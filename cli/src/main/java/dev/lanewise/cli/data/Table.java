package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.io.Writer;
import java.util.function.IntPredicate;

/** A table, whatever file it is in: of the cells of a {@link TableFile} a schema, and codes. */
record Table(TableFile file) implements DataFile {
  @Override
  public Schema scan(TableOptions options) throws IOException {
    TableScan scan = new TableScan(file, options);
    file.read(scan.wanted(), scan);
    TableScan again = scan.again();
    if (again == null) {
      return scan.schema();
    }
    file.read(again.wanted(), again);
    return again.schema();
  }

  @Override
  public Tally read(Schema schema, TableOptions.Missing missing, boolean targets, Sink sink)
      throws IOException {
    if (schema.kind() != Schema.Kind.TABLE) {
      throw new DataException(
          file.path()
              + ": is a table, but the model was trained on "
              + (schema.kind() == Schema.Kind.IMAGES
                  ? "images: give it some by --images"
                  : "a libsvm file: give it one whose name ends in .libsvm"));
    }
    TableRows rows = new TableRows(file, schema, missing, targets, sink);
    file.read(rows.wanted(), rows);
    return rows.tally();
  }

  @Override
  public void copy(Schema schema, TableOptions.Missing missing, IntPredicate chosen, Writer to)
      throws IOException {
    if (!file.isText()) {
      DataFile.super.copy(schema, missing, chosen, to);
    }
    ChosenRows rows = new ChosenRows(file, schema, missing, chosen, to);
    file.read(rows.wanted(), rows);
    rows.flush();
  }

  @Override
  public String toString() {
    return file.path().toString();
  }
}
