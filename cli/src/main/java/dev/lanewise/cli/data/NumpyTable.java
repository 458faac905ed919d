package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.io.FloatArray;
import dev.lanewise.io.Npy;
import dev.lanewise.io.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of NumPy: an NPY file of rows and columns, or an NPZ file of the arrays {@code x}, rows of
 * inputs, and {@code y}, their targets. Its columns have no names.
 *
 * @param path which file
 */
record NumpyTable(Path path) implements TableFile {
  @Override
  public void read(Visitor visitor) throws IOException {
    FloatArray x;
    FloatArray y = null;
    if (path.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      Map<String, FloatArray> arrays = Npz.read(path);
      x = arrays.get("x");
      y = arrays.get("y");
      if (x == null || (y == null && visitor.wantsTargets())) {
        throw new DataException(
            path
                + ": has no array '"
                + (x == null ? "x" : "y")
                + "'; expected x and y, but there are "
                + arrays.keySet());
      }
    } else {
      x = Npy.read(path);
    }
    check("x", x);
    if (y != null) {
      check("y", y);
      if (y.rows() != x.rows() || y.columns() != 1) {
        throw new DataException(
            path
                + ": y is of shape "
                + y.shape()
                + "; expected one target for each of the "
                + x.rows()
                + " rows of x");
      }
    }
    read(new Row(x, y), x.rows(), visitor);
  }

  private void check(String name, FloatArray array) throws DataException {
    List<Integer> shape = array.shape();
    if (shape.isEmpty() || shape.size() > 2 || array.rows() == 0 || array.columns() == 0) {
      throw new DataException(
          path + ": " + name + " is of shape " + shape + "; expected rows and columns");
    }
  }

  private static void read(Row row, int rows, Visitor visitor) throws IOException {
    visitor.columns(CsvTable.numbered(row.count()), false);
    for (int r = 0; r < rows; r++) {
      row.row = r;
      visitor.row(r + 1L, row);
    }
  }

  @Override
  public String where(long number, int column) {
    return path + ": row " + number + ", column " + (column + 1);
  }

  @Override
  public String hint() {
    return "";
  }

  /** One row of both arrays. */
  private static final class Row implements Cells {
    private final float[] x;
    private final float[] y;
    private final int inputs;
    private int row;

    Row(FloatArray x, FloatArray y) {
      this.x = x.values();
      this.y = y == null ? null : y.values();
      this.inputs = x.columns();
    }

    @Override
    public int count() {
      return y == null ? inputs : inputs + 1;
    }

    @Override
    public Cell kind(int column) {
      return Double.isNaN(number(column)) ? Cell.MISSING : Cell.NUMBER;
    }

    @Override
    public double number(int column) {
      return column < inputs ? x[row * inputs + column] : y[row];
    }

    @Override
    public String text(int column) {
      float value = (float) number(column);
      return Float.isNaN(value) ? "" : PlainNumber.text(value);
    }

    @Override
    public boolean areTexts() {
      return false;
    }
  }
}
