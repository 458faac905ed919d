package dev.lanewise.cli.data;

import java.util.EnumMap;
import java.util.Map;

/** What a reading finds out about the texts of a column that are no numbers as they stand. */
final class TextScan {
  /** What a text is beside others of its column. */
  enum Look {
    /** A word that stands for a missing cell among numbers. */
    DOUBTFUL,
    /** No number, however it is read. */
    WORD,
    /** A number with a decimal point alone. */
    POINT,
    /** A number with a decimal comma alone. */
    COMMA,
    /** The same number with either. */
    EITHER,
    /** A number with either, but not the same one. */
    AMBIGUOUS
  }

  private final MissingWords words;
  private final Map<Look, Long> rows = new EnumMap<>(Look.class);
  private String first;
  private String whereFirst;
  private String whereDoubtful;

  TextScan(MissingWords words) {
    this.words = words;
  }

  Look look(String text) {
    if (words.containsAmongNumbers(text)) {
      return Look.DOUBTFUL;
    }
    WrittenNumber point = Numbers.Decimal.POINT.read(text);
    WrittenNumber comma = Numbers.Decimal.COMMA.read(text);
    if (point == null || comma == null) {
      return point != null ? Look.POINT : comma != null ? Look.COMMA : Look.WORD;
    }
    return point.value() == comma.value() ? Look.EITHER : Look.AMBIGUOUS;
  }

  /** Adds a cell with a text of this look. */
  void add(Look look, Cells row, int at) {
    boolean isFirst = rows.merge(look, 1L, Long::sum) == 1;
    if (isFirst && look == Look.DOUBTFUL) {
      whereDoubtful = row.where(at);
    } else if (isFirst && first == null) {
      first = row.text(at);
      whereFirst = row.where(at);
    }
  }

  private long rows(Look look) {
    return rows.getOrDefault(look, 0L);
  }

  /** How many cells hold words that stand for missing ones among numbers. */
  long doubtful() {
    return rows(Look.DOUBTFUL);
  }

  /** How many cells hold other texts. */
  long count() {
    return rows(Look.WORD) + readable();
  }

  /** How many of these are numbers in one way or another. */
  long readable() {
    return rows(Look.POINT) + rows(Look.COMMA) + rows(Look.EITHER) + rows(Look.AMBIGUOUS);
  }

  /** Whether all are numbers with a decimal point; with a comma as well, they may be either. */
  boolean fitPoints() {
    return count() > 0 && rows(Look.WORD) + rows(Look.COMMA) == 0;
  }

  /** Whether all are numbers with a decimal comma. */
  boolean fitCommas() {
    return count() > 0 && rows(Look.WORD) + rows(Look.POINT) == 0;
  }

  /** Whether what stands before the decimals makes a difference. */
  boolean anyAmbiguous() {
    return rows(Look.AMBIGUOUS) > 0;
  }

  /** Returns the first text that stands for no missing cell; null for none. */
  String first() {
    return first;
  }

  String whereFirst() {
    return whereFirst;
  }

  String whereDoubtful() {
    return whereDoubtful;
  }
}
