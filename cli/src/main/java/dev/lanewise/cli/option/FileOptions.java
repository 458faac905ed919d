package dev.lanewise.cli.option;

import dev.lanewise.cli.data.AnyFile;
import dev.lanewise.cli.data.CsvOptions;
import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.NumpyNames;
import dev.lanewise.cli.data.TableOptions;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.cli.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a table's file is read. All options are null where they are not given. */
public final class FileOptions {
  private enum Escape {
    QUOTE,
    BACKSLASH;

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  private enum Header {
    AUTO,
    YES,
    NO;

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  @Spec(Spec.Target.SELF)
  private CommandSpec own;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--header",
      paramLabel = "HEADER",
      description =
          "Whether the first line names the columns: yes, no or auto, which sees it by what stands"
              + " below it. Default: auto.")
  private Header header;

  @Option(
      names = "--separator",
      paramLabel = "C",
      description =
          "What stands between two cells: a character, tab, or space for runs of blanks. Default:"
              + " whichever of , ; tab | and blanks splits the first lines best.")
  private String separator;

  @Option(
      names = "--skip",
      paramLabel = "N",
      description = "Leave out this many lines above the table. Default: 0.")
  private Integer skip;

  @Option(
      names = "--comment",
      paramLabel = "C",
      description =
          "Leave out lines that begin with this character. Default: those above the table that"
              + " begin with #.")
  private String comment;

  @Option(
      names = "--escape",
      paramLabel = "ESCAPE",
      description =
          "What makes a quote a part of a cell in quotes: quote for two quotes, or backslash."
              + " Default: seen in the first lines.")
  private Escape escape;

  @Option(
      names = "--missing",
      paramLabel = "MISSING",
      description =
          "What becomes of empty cells, ? and NA: fill puts in the mean of a column, or its most"
              + " frequent text; skip leaves such rows out; error refuses them. Default: fill.")
  private TableOptions.Missing missing;

  @Option(
      names = "--x",
      paramLabel = "NAME",
      description =
          "Which array of an .npz file holds the inputs. Default: x, X, data, x_train and the"
              + " like.")
  private String x;

  @Option(
      names = "--y",
      paramLabel = "NAME",
      description =
          "Which array of an .npz file holds the targets. Default: y, target, y_train and the"
              + " like.")
  private String y;

  void check() {
    csv();
  }

  /** Returns the first option that was given, all of which are for tables; null for none. */
  String given() {
    return own.options().stream()
        .filter(option -> option.getValue() != null)
        .map(OptionSpec::longestName)
        .findFirst()
        .orElse(null);
  }

  public TableOptions.Missing missing() {
    return Objects.requireNonNullElse(missing, TableOptions.Missing.FILL);
  }

  private CsvOptions csv() {
    Checks.refuse(skip != null && skip < 0, "--skip must be at least 0, but was " + skip);
    Character between = separator();
    Character remark = comment == null ? null : comment();
    Checks.refuse(
        remark != null && remark.equals(between),
        "--comment and --separator must differ, but both are '" + comment + "'");
    return new CsvOptions(
        (header == null || header == Header.AUTO) ? null : header == Header.YES,
        between,
        skip == null ? 0 : skip,
        remark,
        escape == null ? null : escape == Escape.BACKSLASH);
  }

  private Character separator() {
    return switch (separator) {
      case null -> null;
      case "tab", "\t", "\\t" -> '\t';
      case "space", " " -> ' ';
      default -> {
        Checks.refuse(
            isOfCells(separator),
            "--separator must be tab, space or one character that no number or quoted text has,"
                + " but was '"
                + separator
                + "'");
        yield separator.charAt(0);
      }
    };
  }

  private char comment() {
    Checks.refuse(
        isOfCells(comment),
        "--comment must be one character that no number or quoted text begins with, such as '#',"
            + " but was '"
            + comment
            + "'");
    return comment.charAt(0);
  }

  private static boolean isOfCells(String mark) {
    return mark.length() != 1 || mark.matches("[\\p{Alnum}\"\\s.+-]");
  }

  /** Returns a table's file to train on; notes on how it was read go to standard error. */
  DataFile file(Path path) {
    return file(path, false);
  }

  /** Returns a table's file of which arrays to test with, if it has some, are read. */
  DataFile testFile(Path path) {
    return file(path, true);
  }

  /** Returns whether a table's file has arrays of its own to test with. */
  boolean hasTestArrays(Path path) throws IOException {
    return x == null && y == null && NumpyNames.hasTestArrays(path);
  }

  private DataFile file(Path path, boolean testing) {
    boolean named = x != null || y != null;
    Checks.refuse(
        named && !NumpyNames.isArchive(path),
        (x != null ? "--x" : "--y") + " is for an .npz file, not " + path);
    return new AnyFile(
        path,
        csv(),
        new NumpyNames(x, y, testing),
        note -> Terminal.err(command).println("note: " + note));
  }
}
