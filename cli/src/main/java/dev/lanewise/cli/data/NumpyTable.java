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
import java.util.stream.IntStream;

/**
 * A file of NumPy: an NPY file of rows and columns, or two arrays of an NPZ file, rows of inputs
 * and their targets. Its columns have no names.
 *
 * @param path which file
 * @param names which arrays of an NPZ file to read
 * @param notes takes which ones were, if a person should be told
 */
record NumpyTable(Path path, NumpyNames names, Consumer<String> notes) implements TableFile {
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
  public void read(Wanted wanted, Visitor visitor) throws IOException {
    boolean archive = NumpyNames.isArchive(path) || isZip();
    Map<String, NpyArray> found =
        archive ? names.open(path, wanted.targets()) : Map.of("x", Npy.open(path));
    List<String> keys = List.copyOf(found.keySet());
    NpyArray x = found.get(keys.getFirst());
    NpyArray y = keys.size() > 1 ? found.get(keys.getLast()) : null;
    check(!x.shape().isEmpty() && x.columns() > 0, keys.getFirst(), x, "expected rows and columns");
    check(
        archive || !wanted.targets() || x.shape().size() <= 2,
        "x",
        x,
        "expected rows and columns, of which the last one holds the targets, or an .npz file of x"
            + " and y");
    if (y != null) {
      int dimensions = y.shape().size();
      check(
          (dimensions == 1 || dimensions == 2) && y.rows() == x.rows() && y.columns() > 0,
          keys.getLast(),
          y,
          "expected one target, or one row of targets, for each of the %s rows of %s"
              .formatted(x.rows(), keys.getFirst()));
    }
    boolean oneHot = y != null && wanted.classes() && isOneHot(y);
    tell(keys, x, oneHot);
    Row row = new Row(x, y, oneHot);
    List<String> columns = new ArrayList<>(Names.numbered(row.count()));
    for (int j = 0; row.targets() > 1 && j < row.targets(); j++) {
      columns.set(row.inputs + j, "y" + (j + 1));
    }
    visitor.columns(new Columns(columns, false, Math.max(1, row.targets())));
    for (row.row = 0; row.row < x.rows(); row.row++) {
      visitor.row(row);
    }
  }

  private void check(boolean good, String name, NpyArray array, String expected)
      throws DataException {
    if (!good) {
      throw new DataException(
          path + ": " + name + " is of shape " + array.shape() + "; " + expected);
    }
  }

  /** Whether each row has one 1 among zeros, which says the class. */
  private static boolean isOneHot(NpyArray y) {
    return !y.isText()
        && y.columns() > 1
        && IntStream.range(0, y.rows()).allMatch(r -> isOneHot(y, r));
  }

  private static boolean isOneHot(NpyArray y, int row) {
    int ones = 0;
    int zeros = 0;
    for (int c = 0; c < y.columns(); c++) {
      double value = y.number(row, c);
      ones += value == 1 ? 1 : 0;
      zeros += value == 0 ? 1 : 0;
    }
    return ones == 1 && zeros == y.columns() - 1;
  }

  private void tell(List<String> keys, NpyArray x, boolean oneHot) {
    boolean flat = x.shape().size() <= 2;
    if (!NumpyNames.areUsual(keys) || !flat || oneHot) {
      String shape = x.shape().stream().map(String::valueOf).collect(Collectors.joining(" x "));
      note(
          "the inputs are "
              + keys.getFirst()
              + (flat ? "" : " of " + shape + ", a row each")
              + (keys.size() == 1 ? "" : ", the targets " + keys.getLast())
              + (oneHot ? ", one-hot" : ""));
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
      return array(column).isText()
          ? PlainNumber.parse(text(column))
          : array(column).number(row, inArray(column));
    }

    @Override
    public String text(int column) {
      if (oneHot && column == inputs) {
        return Integer.toString(oneHotClass());
      }
      boolean missing = !array(column).isText() && Double.isNaN(number(column));
      return missing ? "" : array(column).text(row, inArray(column)).strip();
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

    private int inArray(int column) {
      return column < inputs ? column : column - inputs;
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
