package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.LibSvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/**
 * A file of sparse rows in the format of LIBSVM. Its columns have no names: the indices that its
 * rows name are the inputs.
 *
 * @param path which file
 */
record LibSvmFile(Path path) implements DataFile {
  /** So many whole numbers a float can count. */
  private static final int MOST_INPUTS = 1 << 24;

  private static final int LINES_TO_SEE = 20;

  private static final String NUMBER = "[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?";
  private static final Pattern LABEL = Pattern.compile(NUMBER + "(?:,[0-9]+)*");
  private static final Pattern PAIR = Pattern.compile("(?:[0-9]+|qid):" + NUMBER);

  /** A pair that could be an hour and its minute. */
  private static final Pattern TIME = Pattern.compile("[0-2]?[0-9]:[0-5][0-9]");

  /**
   * Whether a text is in this format, by its first lines: labels, and pairs {@code index:value}.
   */
  static boolean looksLike(String text) {
    List<String> lines = text.lines().limit(LINES_TO_SEE + 1L).toList();
    boolean cut = !text.endsWith("\n") && lines.size() > 1;
    int pairs = 0;
    int times = 0;
    for (String line : lines.subList(0, Math.min(lines.size() - (cut ? 1 : 0), LINES_TO_SEE))) {
      StringTokenizer words = new StringTokenizer(line.replaceFirst("#.*", ""));
      if (!words.hasMoreTokens()) {
        continue;
      }
      if (!LABEL.matcher(words.nextToken()).matches()) {
        return false;
      }
      boolean time = words.countTokens() == 1;
      pairs += words.hasMoreTokens() ? 1 : 0;
      while (words.hasMoreTokens()) {
        String word = words.nextToken();
        if (!PAIR.matcher(word).matches()) {
          return false;
        }
        time &= TIME.matcher(word).matches();
      }
      times += time ? 1 : 0;
    }
    return pairs > 0 && times < pairs;
  }

  @Override
  public Schema scan(TableOptions options) throws IOException {
    if (!options.target().equals("last") || !options.ignored().isEmpty()) {
      throw new DataException(
          path
              + ": its columns have no names, and the label is the target; leave out --target and"
              + " --ignore");
    }
    ColumnScan labels = ColumnScan.ofLabels();
    Indices.Collector indices = new Indices.Collector();
    LibSvm.visit(
        path,
        (line, text, count, named, values) -> {
          for (int i = 0; i < count; i++) {
            indices.add(named[i]);
          }
          Label label = Label.of(this, line, text);
          labels.add(label, 0, label.number(0), line);
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
    Column target =
        options.task().isOfClasses(labels.looksLikeClasses())
            ? labels.ofClasses(path.toString(), "label")
            : labels.ofNumbers("label");
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

  private String where(long line) {
    return path + ": line " + line;
  }

  /** Passes rows on, without the indices that are no inputs. */
  private final class Reading implements LibSvm.Visitor {
    private final Schema schema;
    private final boolean targets;
    private final Sink sink;
    private final Codes codes;
    private long rows;
    private long queries;
    private long unknown;
    private String firstUnknown;

    Reading(Schema schema, boolean targets, Sink sink) {
      this.schema = schema;
      this.targets = targets;
      this.sink = sink;
      this.codes = Codes.of(schema);
    }

    @Override
    public void query(long line) {
      queries++;
    }

    @Override
    public void row(long line, String text, int count, int[] named, float[] values)
        throws IOException {
      Indices indices = schema.indices();
      if (count > 0 && named[0] == 0 && !indices.fromZero()) {
        throw new DataException(
            where(line)
                + " has the index 0, but the network was trained on indices from "
                + indices.index(0)
                + " on; make the indices of both files start alike");
      }
      codes.makeRoom(count);
      int n = 0;
      for (int i = 0; i < count; i++) {
        int input = indices.input(named[i]);
        if (input >= 0) {
          codes.places[n] = input;
          codes.values[n++] = values[i];
        } else if (unknown++ == 0) {
          firstUnknown = where(line) + ": index " + named[i];
        }
      }
      codes.count = n;
      codes.targets[0] =
          targets
              ? schema
                  .targetColumn()
                  .code(Label.of(LibSvmFile.this, line, text), 0, schema.missing())
              : Float.NaN;
      sink.row(++rows, codes);
    }

    Tally tally() {
      return new Tally(rows, 0, 0, unknown, firstUnknown, queries);
    }
  }

  /** The label of one row. */
  private record Label(LibSvmFile file, long line, String label) implements Cells {
    /** Of a label; 1 and +1 are the same. */
    static Label of(LibSvmFile file, long line, String text) {
      return new Label(file, line, text.startsWith("+") ? text.substring(1) : text);
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    public double number(int column) {
      return Double.parseDouble(label);
    }

    @Override
    public String text(int column) {
      return label;
    }

    @Override
    public String where(int column) {
      return file.where(line);
    }

    @Override
    public boolean areTexts() {
      return false;
    }
  }
}
