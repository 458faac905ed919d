package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.LibSvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file of sparse rows in the format of LIBSVM. Its columns have no names: the indices that its
 * rows name are the inputs.
 *
 * @param path which file
 */
record LibSvmFile(Path path) implements DataFile, Places {
  /** So many whole numbers a float can count. */
  private static final int MOST_INPUTS = 1 << 24;

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
    Indices.Collector indices = new Indices.Collector();
    LibSvm.visit(
        path,
        (line, text, count, named, values) -> {
          for (int i = 0; i < count; i++) {
            indices.add(named[i]);
          }
          label.set(text);
          labels.add(this, line, 0, label);
        });
    Indices all = indices.all();
    if (all.size() == 0) {
      throw new DataException(
          path + ": its rows name no value; expected index:value behind labels");
    }
    if (all.size() > MOST_INPUTS) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: its rows name %,d indices; expected at most %,d: hash the features to fewer",
              path,
              all.size(),
              MOST_INPUTS));
    }
    boolean classes =
        options.task() == TableOptions.Task.AUTO
            ? labels.looksLikeClasses()
            : options.task() == TableOptions.Task.CLASSIFICATION;
    Column target =
        classes ? TableScan.classes(path.toString(), "label", labels) : labels.ofNumbers("label");
    return Schema.libsvm(all, target);
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
    Reading reading = new Reading(schema, targets, sink);
    LibSvm.visit(path, reading);
    return reading.tally();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public String where(long number, int column) {
    return path + ": line " + number;
  }

  /** Passes rows on, without the indices that are no inputs. */
  private final class Reading implements LibSvm.Visitor {
    private final Schema schema;
    private final boolean targets;
    private final Sink sink;
    private final Label label = new Label();
    private int[] places = {};
    private float[] known = {};
    private final float[] target = new float[1];
    private long rows;
    private long queries;
    private long unknown;
    private String firstUnknown;

    Reading(Schema schema, boolean targets, Sink sink) {
      this.schema = schema;
      this.targets = targets;
      this.sink = sink;
    }

    @Override
    public void query(long line) {
      queries++;
    }

    @Override
    public void row(long line, String text, int count, int[] named, float[] values)
        throws IOException {
      if (count > 0 && named[0] == 0 && !schema.indices().fromZero()) {
        throw new DataException(
            where(line, 0)
                + " has the index 0, but the network was trained on indices from "
                + schema.indices().index(0)
                + " on; make the indices of both files start alike");
      }
      if (places.length < count) {
        places = new int[2 * count];
        known = new float[2 * count];
      }
      int n = 0;
      for (int i = 0; i < count; i++) {
        int input = schema.indices().input(named[i]);
        if (input >= 0) {
          places[n] = input;
          known[n++] = values[i];
        } else {
          unknown++;
          firstUnknown =
              firstUnknown == null ? where(line, 0) + ": index " + named[i] : firstUnknown;
        }
      }
      label.set(text);
      target[0] = targets ? schema.targetColumn().code(LibSvmFile.this, line, 0, label) : Float.NaN;
      sink.row(++rows, n, places, known, target);
    }

    Tally tally() {
      return new Tally(rows, 0, 0, unknown, firstUnknown, queries);
    }
  }

  /** The label of one row. */
  private static final class Label implements Cells {
    private String text;

    /** Takes a label; 1 and +1 are the same. */
    void set(String newText) {
      text = newText.startsWith("+") ? newText.substring(1) : newText;
    }

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
      return Double.parseDouble(text);
    }

    @Override
    public String text(int column) {
      return text;
    }

    @Override
    public boolean areTexts() {
      return false;
    }
  }
}
