package dev.lanewise.cli.data;

/** What a cell holds. */
public enum Cell {
  /** A number, perhaps one that is too large for a float. */
  NUMBER,
  /** Any other text. */
  TEXT,
  /** Nothing, or a word for it. */
  MISSING;

  /** Returns what a text is by itself, whatever else its column holds. */
  static Cell of(String stripped) {
    if (!Double.isNaN(PlainNumber.parse(stripped))) {
      return NUMBER;
    }
    return MissingWords.USUAL.contains(stripped) ? MISSING : TEXT;
  }
}
