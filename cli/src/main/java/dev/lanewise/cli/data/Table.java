package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.IOException;

/** A table, whatever file it is in. */
record Table(TableFile file) implements DataFile {
  @Override
  public Schema scan(TableOptions options) throws IOException {
    TableScan scan = new TableScan(file, options);
    file.read(scan);
    TableScan again = scan.again();
    if (again == null) {
      return scan.schema();
    }
    file.read(again);
    return again.schema();
  }

  @Override
  public Tally read(Schema schema, TableOptions.Missing missing, boolean targets, Sink sink)
      throws IOException {
    if (schema.kind() != Schema.Kind.TABLE) {
      throw new DataException(
          file.path() + ": is a table, but the model was trained on " + kind(schema));
    }
    TableRows rows = new TableRows(file, schema, missing, targets, sink);
    file.read(rows);
    return rows.tally();
  }

  private static String kind(Schema schema) {
    return schema.kind() == Schema.Kind.IMAGES
        ? "images: give it some by --images"
        : "a libsvm file: give it one whose name ends in .libsvm";
  }

  @Override
  public String toString() {
    return file.path().toString();
  }
}
