package dev.lanewise.cli;

import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.TableOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a file of samples is read. */
final class FileOptions {
  private enum Header {
    AUTO,
    YES,
    NO
  }

  @Option(
      names = "--header",
      paramLabel = "NAME",
      description =
          "Whether the first line names the columns: yes, no or auto, which takes it for names if"
              + " no cell is a number. Default: auto.")
  private String header;

  @Option(
      names = "--separator",
      paramLabel = "C",
      description =
          "What stands between two cells: a character, or tab. Default: whichever of , ; tab and |"
              + " stands most often in the first line.")
  private String separator;

  @Option(
      names = "--missing",
      paramLabel = "NAME",
      description =
          "What becomes of empty cells, ? and NA: fill puts in the mean of a column, or its most"
              + " frequent text; skip leaves such rows out; error refuses them. Default: fill.")
  private String missing;

  void check() {
    header();
    separator();
    missing();
  }

  /** Returns the first option that was given, all of which are for tables; null for none. */
  String given() {
    return header != null
        ? "--header"
        : separator != null ? "--separator" : missing != null ? "--missing" : null;
  }

  private Boolean header() {
    Header value = header == null ? Header.AUTO : Checks.oneOf("--header", header, Header.class);
    return value == Header.AUTO ? null : value == Header.YES;
  }

  TableOptions.Missing missing() {
    return missing == null
        ? TableOptions.Missing.FILL
        : Checks.oneOf("--missing", missing, TableOptions.Missing.class);
  }

  private Character separator() {
    if (separator == null) {
      return null;
    }
    if (separator.equals("tab")) {
      return '\t';
    }
    Checks.refuse(
        separator.length() != 1 || separator.matches("[\\p{Alnum}\"\\s.+-]"),
        "--separator must be tab or one character that no number or quoted text has, but was '"
            + separator
            + "'");
    return separator.charAt(0);
  }

  /** Returns a table's file. */
  DataFile file(Path path) {
    return DataFile.of(path, header(), separator());
  }
}
