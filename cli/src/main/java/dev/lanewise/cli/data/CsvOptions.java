package dev.lanewise.cli.data;

/**
 * What a person says of how a table of text is written; the rest is seen.
 *
 * @param header whether the first line names the columns; null to see
 * @param separator what stands between two cells, a blank for runs of blanks; null to see
 * @param skip how many lines to leave out before the table, at least 0
 * @param comment what lines begin with that are left out; null for none but those above the table
 * @param backslashes whether {@code \"} is a quote within quotes; null to see
 */
public record CsvOptions(
    Boolean header, Character separator, int skip, Character comment, Boolean backslashes) {
  /** All is seen. */
  public static final CsvOptions SEEN = new CsvOptions(null, null, 0, null, null);

  /** Checks that no number is below 0. */
  public CsvOptions {
    if (skip < 0) {
      throw new IllegalArgumentException("skip must be at least 0, but was " + skip);
    }
  }

  /** Returns whether any of this was said. */
  boolean isSaid() {
    return !equals(SEEN);
  }
}
