package dev.lanewise.internal.train;

/** A row cannot be learned from. Whoever knows the row by another number says so by {@link #at}. */
public final class RefusedRow extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String before;
  private final int row;
  private final String after;

  RefusedRow(String before, int row, String after) {
    super(before + row + after);
    this.before = before;
    this.row = row;
    this.after = after;
  }

  /** Returns the row's number. */
  public int row() {
    return row;
  }

  /** Returns the same of a row of another number. */
  public RefusedRow at(int newRow) {
    return new RefusedRow(before, newRow, after);
  }
}
