package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.LibSvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file of sparse rows in the format of LIBSVM. Its columns have no names, and the network gets
 * all of them, zeros too.
 *
 * @param path which file
 */
record LibSvmFile(Path path) implements DataFile, Places {
  /** The network gets all columns, so that a larger index is a file for another kind of network. */
  private static final int MOST_COLUMNS = 1_000_000;

  /** The largest index decides how many inputs there are. */
  @Override
  public Schema scan(TableOptions options) throws IOException {
    if (!options.target().equals("last") || !options.ignored().isEmpty()) {
      throw new DataException(
          path
              + ": its columns have no names, and the label is the target; leave out --target and"
              + " --ignore");
    }
    ColumnScan labels = ColumnScan.ofLabels();
    Label label = new Label();
    int[] inputs = {1};
    LibSvm.visit(
        path,
        (line, value, count, indices, values) -> {
          if (count > 0) {
            inputs[0] = Math.max(inputs[0], checked(line, indices[count - 1] + 1));
          }
          label.value = value;
          labels.add(this, line, 0, label);
        });
    boolean classes =
        options.task() == TableOptions.Task.AUTO
            ? labels.looksLikeClasses()
            : options.task() == TableOptions.Task.CLASSIFICATION;
    Column target =
        classes ? TableScan.classes(path.toString(), "label", labels) : labels.ofNumbers("label");
    return Schema.unnamed(Schema.Kind.LIBSVM, inputs[0], target);
  }

  private int checked(long line, int index) throws DataException {
    if (index > MOST_COLUMNS) {
      throw new DataException(
          where(line, 0)
              + ": the index "
              + index
              + " makes too many inputs; expected at most "
              + MOST_COLUMNS
              + ": hash the features to fewer");
    }
    return index;
  }

  @Override
  public Tally read(Schema schema, TableOptions.Missing missing, boolean targets, Sink sink)
      throws IOException {
    if (schema.kind() != Schema.Kind.LIBSVM) {
      throw new DataException(
          path
              + ": is a libsvm file, but the model was trained on another kind of file; name such a"
              + " file instead");
    }
    float[] x = new float[schema.inputs()];
    float[] target = new float[1];
    Label label = new Label();
    long[] rows = new long[1];
    LibSvm.visit(
        path,
        (line, value, count, indices, values) -> {
          if (count > 0 && indices[count - 1] >= x.length) {
            throw new DataException(
                path
                    + ": line "
                    + line
                    + " has the index "
                    + (indices[count - 1] + 1)
                    + "; expected 1 to "
                    + x.length
                    + " as the network was trained on");
          }
          Arrays.fill(x, 0);
          for (int i = 0; i < count; i++) {
            x[indices[i]] = values[i];
          }
          label.value = value;
          target[0] = targets ? schema.targetColumn().code(this, line, 0, label) : Float.NaN;
          sink.row(++rows[0], x, target);
        });
    return Tally.of(rows[0]);
  }

  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public String where(long number, int column) {
    return path + ": line " + number;
  }

  /** The label of one row. */
  private static final class Label implements Cells {
    private float value;

    @Override
    public int count() {
      return 1;
    }

    @Override
    public Cell kind(int column) {
      return Cell.NUMBER;
    }

    @Override
    public double number(int column) {
      return value;
    }

    @Override
    public String text(int column) {
      return PlainNumber.text(value);
    }

    @Override
    public boolean areTexts() {
      return false;
    }
  }
}
