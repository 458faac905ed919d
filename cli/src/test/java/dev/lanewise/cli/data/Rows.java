package dev.lanewise.cli.data;

import dev.lanewise.data.RowSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * All rows of a file, for tests to look at.
 *
 * @param schema what its columns mean
 * @param x all inputs
 * @param t all targets
 * @param tally what was met
 */
// Nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
record Rows(Schema schema, float[] x, float[] t, Tally tally) {
  /** A file of which it may be known whether it has a header, and what separates its cells. */
  static DataFile file(Path path, Boolean header, Character separator) {
    return new AnyFile(
        path, new CsvOptions(header, separator, 0, null, null), NumpyNames.FOUND, note -> {});
  }

  static Rows of(Path path, TableOptions options) throws IOException {
    return of(new AnyFile(path), options);
  }

  static Rows of(DataFile file, TableOptions options) throws IOException {
    return of(file, file.scan(options), options.missing());
  }

  static Rows of(DataFile file, Schema schema, TableOptions.Missing missing) throws IOException {
    try (Loaded loaded = Loaded.of(file, schema, missing)) {
      return of(schema, loaded);
    }
  }

  static Rows of(Schema schema, Loaded loaded) {
    RowSource rows = loaded.rows();
    int[] all = new int[rows.rows()];
    for (int r = 0; r < all.length; r++) {
      all[r] = r;
    }
    float[] x = new float[all.length * rows.inputs()];
    float[] t = new float[all.length * rows.outputs()];
    rows.gather(all, 0, all.length, x, t);
    return new Rows(schema, x, t, loaded.tally());
  }

  int rows() {
    return t.length / schema.targets();
  }
}
