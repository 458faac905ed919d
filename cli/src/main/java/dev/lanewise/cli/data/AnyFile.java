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
 * A file whose format is seen when it is read: by its first bytes, and where these say nothing by
 * the end of its name.
 */
final class AnyFile implements DataFile {
  private final Source source;
  private final CsvOptions options;
  private final NumpyNames names;
  private final Consumer<String> notes;
  private final List<String> found = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  AnyFile(Path path, CsvOptions options, NumpyNames names, Consumer<String> notes) {
    this.source = new Source(path);
    this.options = options;
    this.names = names;
    this.notes = notes;
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
    found.clear();
  }

  private void tell() {
    for (String note : found) {
      if (told.add(note)) {
        notes.accept(source.name() + ": " + note);
      }
    }
    found.clear();
  }

  private DataFile format() throws IOException {
    found.clear();
    Content content = Content.of(source.head());
    String name = source.name().toString().toLowerCase(Locale.ROOT);
    boolean numpy = name.endsWith(".npy") || name.endsWith(".npz");
    boolean libsvm = name.matches(".*\\.(libsvm|svm)(\\.gz)?");
    return switch (content.kind()) {
      case NUMPY -> numpy();
      case LIBSVM -> options.isSaid() && !libsvm ? text(Content.UTF8_TEXT) : libsvm();
      case TEXT -> numpy ? numpy() : libsvm ? libsvm() : text(content);
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
    return new DataException(source.name() + ": is " + content.problem());
  }

  private DataFile numpy() throws IOException {
    return new Table(new NumpyTable(source.unpacked(), names, found::add));
  }

  private DataFile libsvm() throws IOException {
    return new LibSvmFile(source.kept());
  }

  private DataFile text(Content content) {
    return new Table(new CsvTable(source, content, options, found::add));
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
