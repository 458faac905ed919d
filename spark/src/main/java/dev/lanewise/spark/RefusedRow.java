package dev.lanewise.spark;

/** A row that cannot be learned from; says why, and what to do about it. */
final class RefusedRow extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  RefusedRow(String message) {
    super(message);
  }
}
