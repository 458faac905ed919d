package dev.lanewise.cli.data;

import dev.lanewise.cli.data.TableOptions.Missing;
import java.io.IOException;
import java.util.Arrays;

/** Makes codes of the rows of a table: takes rows of cells, and passes on those of a schema. */
final class TableRows implements TableFile.Visitor {
  private final TableFile file;
  private final Schema schema;
  private final Missing policy;
  private final boolean targets;
  private final DataFile.Sink sink;
  private final Codes codes;

  /** Which columns of the schema are read. */
  private final boolean[] needed;

  /** Where in the file each column of the schema is; -1 for none. */
  private int[] places;

  private long rows;
  private long leftOut;
  private long filled;
  private long unknown;
  private String firstUnknown;

  TableRows(TableFile file, Schema schema, Missing policy, boolean targets, DataFile.Sink sink) {
    this.file = file;
    this.schema = schema;
    this.policy = policy;
    this.targets = targets;
    this.sink = sink;
    this.codes = Codes.of(schema);
    Arrays.fill(codes.targets, Float.NaN);
    this.needed = new boolean[schema.columns().size()];
    for (int c = 0; c < needed.length; c++) {
      needed[c] =
          schema.isTarget(c) ? targets : schema.columns().get(c).kind() != Column.Kind.IGNORED;
    }
  }

  TableFile.Wanted wanted() {
    return new TableFile.Wanted(targets, schema.classification(), ColumnPlaces.known(schema));
  }

  Tally tally() {
    return new Tally(rows, leftOut, filled, unknown, firstUnknown, 0);
  }

  @Override
  public void columns(TableFile.Columns columns) throws IOException {
    places = new ColumnPlaces(file, schema, targets).of(columns, needed);
  }

  @Override
  public void row(Cells cells) throws IOException {
    rows++;
    long filledHere = 0;
    int at = 0;
    for (int c = 0; c < places.length; c++) {
      if (!needed[c]) {
        continue;
      }
      Column column = schema.columns().get(c);
      float code = column.code(cells, places[c], schema.missing());
      if (Float.isNaN(code)) {
        if (policy == Missing.ERROR) {
          throw TableScan.missing(cells, places[c]);
        }
        if (policy == Missing.SKIP || schema.isTarget(c)) {
          leftOut++;
          return;
        }
        filledHere++;
      } else if (code == -1 && column.kind() == Column.Kind.CATEGORY) {
        unknown(cells, places[c]);
      }
      if (schema.isTarget(c)) {
        codes.targets[c - schema.target()] = code;
      } else {
        codes.values[at++] = code;
      }
    }
    filled += filledHere;
    sink.row(rows, codes);
  }

  private void unknown(Cells cells, int place) {
    if (unknown++ == 0) {
      firstUnknown = cells.where(place) + ": '" + cells.text(place) + "'";
    }
  }
}
