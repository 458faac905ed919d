package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * A file whose format is seen when it is read: NumPy, sparse rows of LIBSVM, or comma-separated
 * values; by its first bytes, and by the end of its name ({@code .npy}, {@code .npz}, {@code
 * .libsvm}, {@code .svm}) where these say nothing. What gzip has compressed is unpacked.
 */
public final class AnyFile implements DataFile {
  private final Source source;
  private final CsvOptions options;
  private final NumpyNames names;
  private final Consumer<String> notes;
  private final List<String> found = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  /**
   * Is about one file.
   *
   * @param path which file; {@code -} for standard input
   * @param options what is known of comma-separated values
   * @param names which arrays of an {@code .npz} to read
   * @param notes takes what a person should be told of how it was read
   */
  public AnyFile(Path path, CsvOptions options, NumpyNames names, Consumer<String> notes) {
    this.source = new Source(path);
    this.options = options;
    this.names = names;
    this.notes = notes;
  }

  /** Is about a file of which nothing is known. */
  public AnyFile(Path path) {
    this(path, CsvOptions.SEEN, NumpyNames.FOUND, note -> {});
  }

  @Override
  public Schema scan(TableOptions meaning) throws IOException {
    DataFile file = format();
    source.keep();
    Schema schema = named(() -> file.scan(meaning));
    tell();
    return schema;
  }

  @Override
  public Tally read(Schema schema, TableOptions.Missing missing, boolean targets, Sink sink)
      throws IOException {
    DataFile file = format();
    Tally tally = named(() -> file.read(schema, missing, targets, sink));
    tell();
    return tally;
  }

  @Override
  public void copy(Schema schema, TableOptions.Missing missing, IntPredicate chosen, Writer to)
      throws IOException {
    DataFile file = format();
    named(
        () -> {
          file.copy(schema, missing, chosen, to);
          return null;
        });
  }

  private void tell() {
    found.stream().filter(told::add).forEach(note -> notes.accept(this + ": " + note));
  }

  private DataFile format() throws IOException {
    found.clear();
    byte[] head = source.head();
    Content content = Content.of(head);
    String name = toString().toLowerCase(Locale.ROOT);
    boolean numpy = name.endsWith(".npy") || name.endsWith(".npz");
    return switch (content.kind()) {
      case NUMPY -> numpy();
      case TEXT -> numpy ? numpy() : text(content, head, name.matches(".*\\.(libsvm|svm)(\\.gz)?"));
      case ZIP -> {
        if (numpy) {
          yield numpy();
        }
        throw refused(content);
      }
      case OTHER -> throw refused(content);
    };
  }

  private DataException refused(Content content) {
    return new DataException(this + ": is " + content.problem());
  }

  private DataFile numpy() throws IOException {
    return new Table(new NumpyTable(source.unpacked(), names, found::add));
  }

  private DataFile text(Content content, byte[] head, boolean isCalledLibsvm) throws IOException {
    boolean seen = options.equals(CsvOptions.SEEN) && LibSvmFile.looksLike(content.decoded(head));
    return isCalledLibsvm || seen
        ? new LibSvmFile(source.kept())
        : new Table(new CsvTable(source, content, options, found::add));
  }

  private interface Work<T> {
    T done() throws IOException;
  }

  /** Does work in whose messages a temporary file goes by the name of what it was made from. */
  private <T> T named(Work<T> work) throws IOException {
    try {
      return work.done();
    } catch (IOException e) {
      throw source.renamed(e);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  @Override
  public String toString() {
    return source.name().toString();
  }
}
