package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Makes numbers of the rows of a table. */
final class TableRows implements TableFile.Visitor {
  private final TableFile file;
  private final Schema schema;
  private final TableOptions.Missing policy;
  private final boolean targets;
  private final DataFile.Sink sink;
  private final float[] codes;
  private final float[] target;

  /** Where in the file each column of the schema is; -1 for none. */
  private int[] places;

  private long rows;
  private long leftOut;
  private long filled;
  private long unknown;
  private String firstUnknown;

  TableRows(
      TableFile file,
      Schema schema,
      TableOptions.Missing policy,
      boolean targets,
      DataFile.Sink sink) {
    this.file = file;
    this.schema = schema;
    this.policy = policy;
    this.targets = targets;
    this.sink = sink;
    this.codes = new float[schema.codes()];
    this.target = new float[schema.targetColumns()];
    Arrays.fill(target, Float.NaN);
  }

  Tally tally() {
    return new Tally(rows, leftOut, filled, unknown, firstUnknown);
  }

  @Override
  public boolean wantsTargets() {
    return targets;
  }

  @Override
  public Set<String> known() {
    return ColumnPlaces.known(schema);
  }

  @Override
  public boolean takesClasses() {
    return schema.classification();
  }

  @Override
  public void columns(List<String> names, boolean given) throws DataException {
    places = new ColumnPlaces(file, schema, targets).of(names, given, this::isNeeded);
  }

  private boolean isNeeded(int column) {
    return schema.isTarget(column)
        ? targets
        : schema.columns().get(column).kind() != Column.Kind.IGNORED;
  }

  @Override
  public void row(long number, Cells cells) throws IOException {
    rows++;
    long filledHere = 0;
    int at = 0;
    for (int c = 0; c < places.length; c++) {
      if (!isNeeded(c)) {
        continue;
      }
      boolean isTarget = schema.isTarget(c);
      float code = Float.NaN;
      Column column = schema.columns().get(c);
      if (!column.isMissing(cells, places[c], schema.missing())) {
        code = column.code(file, number, places[c], cells);
        if (code == -1 && column.kind() == Column.Kind.CATEGORY) {
          unknown(number, places[c], cells);
        }
      } else if (policy == TableOptions.Missing.ERROR) {
        throw TableScan.missing(file, number, places[c], cells);
      } else if (isTarget || policy == TableOptions.Missing.SKIP) {
        leftOut++;
        return;
      } else {
        filledHere++;
      }
      if (isTarget) {
        target[c - schema.target()] = code;
      } else {
        codes[at++] = code;
      }
    }
    filled += filledHere;
    sink.row(rows, codes, target);
  }

  private void unknown(long number, int place, Cells cells) {
    unknown++;
    if (firstUnknown == null) {
      firstUnknown = file.where(number, place) + ": '" + cells.text(place) + "'";
    }
  }
}
