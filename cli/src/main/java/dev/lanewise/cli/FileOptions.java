package dev.lanewise.cli;

import dev.lanewise.cli.data.CsvOptions;
import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.TableOptions;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a file of samples is read. */
final class FileOptions {
  private enum Escape {
    QUOTE,
    BACKSLASH
  }

  private enum Header {
    AUTO,
    YES,
    NO
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--header",
      paramLabel = "NAME",
      description =
          "Whether the first line names the columns: yes, no or auto, which sees it by what stands"
              + " below it. Default: auto.")
  private String header;

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
      description = "Leave out so many lines above the table. Default: 0.")
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
      paramLabel = "NAME",
      description =
          "What makes a quote a part of a cell in quotes: quote for two quotes, or backslash."
              + " Default: seen in the first lines.")
  private String escape;

  @Option(
      names = "--missing",
      paramLabel = "NAME",
      description =
          "What becomes of empty cells, ? and NA: fill puts in the mean of a column, or its most"
              + " frequent text; skip leaves such rows out; error refuses them. Default: fill.")
  private String missing;

  void check() {
    csv();
    missing();
  }

  /** Returns the first option that was given, all of which are for tables; null for none. */
  String given() {
    return header != null
        ? "--header"
        : separator != null
            ? "--separator"
            : skip != null
                ? "--skip"
                : comment != null
                    ? "--comment"
                    : escape != null ? "--escape" : missing != null ? "--missing" : null;
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
    if (separator.equals("tab") || separator.equals("\t") || separator.equals("\\t")) {
      return '\t';
    }
    if (separator.equals("space") || separator.equals(" ")) {
      return ' ';
    }
    Checks.refuse(
        separator.length() != 1 || separator.matches("[\\p{Alnum}\"\\s.+-]"),
        "--separator must be tab, space or one character that no number or quoted text has, but was"
            + " '"
            + separator
            + "'");
    return separator.charAt(0);
  }

  private CsvOptions csv() {
    Checks.refuse(skip != null && skip < 0, "--skip must be at least 0, but was " + skip);
    Checks.refuse(
        comment != null && (comment.length() != 1 || comment.matches("[\\p{Alnum}\"\\s.+-]")),
        "--comment must be one character that no number or quoted text begins with, such as '#',"
            + " but was '"
            + comment
            + "'");
    Character remark = comment == null ? null : Character.valueOf(comment.charAt(0));
    Character between = separator();
    Checks.refuse(
        remark != null && remark.equals(between),
        "--comment and --separator must differ, but both are '" + comment + "'");
    return new CsvOptions(header(), between, skip == null ? 0 : skip, remark, backslashes());
  }

  private Boolean backslashes() {
    Escape value = escape == null ? null : Checks.oneOf("--escape", escape, Escape.class);
    return value == null ? null : value == Escape.BACKSLASH;
  }

  /** Returns a table's file; notes on how it was read go to standard error. */
  DataFile file(Path path) {
    return DataFile.ofTable(
        path, csv(), note -> command.commandLine().getErr().println("note: " + note));
  }
}
