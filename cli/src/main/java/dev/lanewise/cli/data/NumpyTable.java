package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.io.Npy;
import dev.lanewise.io.NpyArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A file of NumPy: an NPY file of rows and columns, or two arrays of an NPZ file, rows of inputs
 * and their targets. Its columns have no names.
 */
final class NumpyTable implements TableFile {
  private final Path path;
  private final NumpyNames names;
  private final Consumer<String> notes;

  /**
   * Is about one file.
   *
   * @param path which file
   * @param names which arrays of an NPZ file to read
   * @param notes takes which ones were, if a person should be told
   */
  NumpyTable(Path path, NumpyNames names, Consumer<String> notes) {
    this.path = path;
    this.names = names;
    this.notes = notes;
  }

  /** An archive may go by any name. */
  private boolean isZip() throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void read(Wanted wanted, Visitor visitor) throws IOException {
    if (!NumpyNames.isArchive(path) && !isZip()) {
      NpyArray x = Npy.open(path);
      check("x", x);
      if (wanted.targets() && x.shape().size() > 2) {
        throw new DataException(
            path
                + ": x is of shape "
                + x.shape()
                + "; expected rows and columns, of which the last one holds the targets, or an .npz"
                + " file of x and y");
      }
      tell(List.of("x"), x, null, false);
      read(new Row(x, null, false), x.rows(), visitor);
      return;
    }
    Map<String, NpyArray> found = names.open(path, wanted.targets());
    List<String> keys = List.copyOf(found.keySet());
    NpyArray x = found.get(keys.get(0));
    NpyArray y = keys.size() > 1 ? found.get(keys.get(1)) : null;
    check(keys.get(0), x);
    if (y != null) {
      checkTargets(keys.get(1), y, keys.get(0), x.rows());
    }
    boolean oneHot = y != null && wanted.classes() && isOneHot(y);
    tell(keys, x, y, oneHot);
    read(new Row(x, y, oneHot), x.rows(), visitor);
  }

  private void check(String name, NpyArray array) throws DataException {
    if (array.shape().isEmpty() || array.columns() == 0) {
      throw new DataException(
          path + ": " + name + " is of shape " + array.shape() + "; expected rows and columns");
    }
  }

  private void checkTargets(String name, NpyArray y, String inputs, int rows) throws DataException {
    if (y.shape().isEmpty() || y.shape().size() > 2 || y.rows() != rows || y.columns() == 0) {
      throw new DataException(
          path
              + ": "
              + name
              + " is of shape "
              + y.shape()
              + "; expected one target, or one row of targets, for each of the "
              + rows
              + " rows of "
              + inputs);
    }
  }

  /** Whether each row has one 1 among zeros, which says the class. */
  private static boolean isOneHot(NpyArray y) {
    if (y.isText() || y.columns() < 2) {
      return false;
    }
    for (int r = 0; r < y.rows(); r++) {
      int ones = 0;
      for (int c = 0; c < y.columns(); c++) {
        double value = y.number(r, c);
        ones += value == 1 ? 1 : 0;
        if (value != 0 && value != 1) {
          return false;
        }
      }
      if (ones != 1) {
        return false;
      }
    }
    return true;
  }

  private void tell(List<String> keys, NpyArray x, NpyArray y, boolean oneHot) {
    if (NumpyNames.areUsual(keys) && x.shape().size() <= 2 && !oneHot) {
      return;
    }
    note(
        "the inputs are "
            + keys.get(0)
            + (x.shape().size() > 2 ? " of " + shape(x) + ", a row each" : "")
            + (y == null ? "" : ", the targets " + keys.get(1))
            + (oneHot ? ", one-hot" : ""));
  }

  private static String shape(NpyArray array) {
    return array.shape().stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }

  private void read(Row row, int rows, Visitor visitor) throws IOException {
    int targets = row.targets();
    List<String> names = new ArrayList<>(Names.numbered(row.count()));
    for (int j = 0; targets > 1 && j < targets; j++) {
      names.set(row.inputs + j, "y" + (j + 1));
    }
    visitor.columns(new Columns(names, false, Math.max(1, targets)));
    for (row.row = 0; row.row < rows; row.row++) {
      visitor.row(row);
    }
  }

  @Override
  public void note(String text) {
    notes.accept(text);
  }

  @Override
  public boolean isText() {
    return false;
  }

  /** One row of both arrays. */
  private final class Row implements Cells {
    private final NpyArray x;
    private final NpyArray y;
    private final boolean oneHot;
    private final int inputs;
    private int row;

    Row(NpyArray x, NpyArray y, boolean oneHot) {
      this.x = x;
      this.y = y;
      this.oneHot = oneHot;
      this.inputs = x.columns();
    }

    int targets() {
      return y == null ? 0 : oneHot ? 1 : y.columns();
    }

    @Override
    public int count() {
      return inputs + targets();
    }

    @Override
    public double number(int column) {
      if (oneHot && column == inputs) {
        return oneHotClass();
      }
      NpyArray array = array(column);
      return array.isText()
          ? PlainNumber.parse(text(column))
          : array.number(row, column < inputs ? column : column - inputs);
    }

    @Override
    public String text(int column) {
      if (oneHot && column == inputs) {
        return Integer.toString(oneHotClass());
      }
      NpyArray array = array(column);
      if (!array.isText() && Double.isNaN(number(column))) {
        return "";
      }
      return array.text(row, column < inputs ? column : column - inputs).strip();
    }

    @Override
    public String where(int column) {
      return path + ": row " + (row + 1) + ", column " + (column + 1);
    }

    @Override
    public boolean areTexts() {
      return x.isText() && (y == null || y.isText());
    }

    private NpyArray array(int column) {
      return column < inputs ? x : y;
    }

    private int oneHotClass() {
      int c = 0;
      while (y.number(row, c) != 1) {
        c++;
      }
      return c;
    }
  }
}
