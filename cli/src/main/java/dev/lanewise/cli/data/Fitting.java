package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns from the rows to train on, and from no others, which texts a network knows and what stands
 * for missing cells: of a schema and codes it makes the schema that is kept with the network.
 */
final class Fitting {
  /** Rows with up to so many inputs are given to a network as numbers, and standardised. */
  private static final int MOST_DENSE = 1_000;

  /** From this part of all numbers on rows are not sparse. */
  private static final double FEW = 0.1;

  private Fitting() {}

  /**
   * Returns what a network knows of columns that was trained on some rows.
   *
   * @param source which file, for messages
   * @param found what a first reading of the whole file found
   * @param store the rows of the file
   * @param chosen which of them to learn from
   * @throws DataException if none of them says anything
   */
  static Schema of(String source, Schema found, RowStore store, int[] chosen) throws DataException {
    return switch (found.kind()) {
      case TABLE -> table(source, found, store, chosen);
      case LIBSVM -> sparse(source, found, store, chosen);
      case IMAGES -> found;
    };
  }

  private static Schema table(String source, Schema found, RowStore store, int[] chosen)
      throws DataException {
    List<Integer> places = found.inputColumns();
    List<Part> parts = places.stream().map(place -> new Part(found.columns().get(place))).toList();
    Codes codes = store.room();
    for (int row : chosen) {
      store.read(row, codes);
      for (int c = 0; c < codes.count; c++) {
        parts.get(c).add(codes.values[c]);
      }
    }
    List<Column> columns = new ArrayList<>(found.columns());
    for (int c = 0; c < places.size(); c++) {
      columns.set(places.get(c), parts.get(c).fitted());
    }
    if (places.stream().allMatch(place -> columns.get(place).width() == 0)) {
      throw new DataException(
          source + ": the rows to train on have no value in any column to learn from");
    }
    return found.withColumns(columns);
  }

  private static Schema sparse(String source, Schema found, RowStore store, int[] chosen)
      throws DataException {
    boolean[] seen = new boolean[found.inputs()];
    Codes codes = store.room();
    long pairs = 0;
    for (int row : chosen) {
      store.read(row, codes);
      for (int i = 0; i < codes.count; i++) {
        seen[codes.places[i]] = true;
      }
      pairs += codes.count;
    }
    if (pairs == 0) {
      throw new DataException(source + ": the rows to train on name no value to learn from");
    }
    Indices known = found.indices().only(seen);
    boolean few = pairs < FEW * known.size() * chosen.length;
    boolean sparse = few && known.size() > MOST_DENSE;
    return Schema.libsvm(known.withSparse(sparse), found.targetColumn())
        .withReading(found.missing(), found.notes());
  }

  /** What the rows say of one column. */
  private static final class Part {
    private final Column found;

    /** How often each category is there; none of a column of numbers. */
    private final long[] rowsOfTexts;

    private long rows;
    private double sum;
    private float low = Float.POSITIVE_INFINITY;
    private float high = Float.NEGATIVE_INFINITY;

    Part(Column found) {
      this.found = found;
      this.rowsOfTexts = new long[found.categories().size()];
    }

    void add(float code) {
      if (Float.isNaN(code)) {
        return;
      }
      rows++;
      if (rowsOfTexts.length > 0) {
        rowsOfTexts[(int) code]++;
      }
      sum += code;
      low = Math.min(low, code);
      high = Math.max(high, code);
    }

    Column fitted() {
      if (rows == 0) {
        return Column.ignored(found.name(), "empty in the rows to train on");
      }
      if (low == high && rows > 1) {
        return Column.ignored(found.name(), "constant in the rows to train on");
      }
      return rowsOfTexts.length == 0 ? found.withFill((float) (sum / rows)) : ofTexts();
    }

    private Column ofTexts() {
      List<String> texts = new ArrayList<>();
      int fill = 0;
      long most = 0;
      for (int i = 0; i < rowsOfTexts.length; i++) {
        if (rowsOfTexts[i] > most) {
          most = rowsOfTexts[i];
          fill = texts.size();
        }
        if (rowsOfTexts[i] > 0) {
          texts.add(found.categories().get(i));
        }
      }
      return found.withCategories(new OneHot(texts, found.encoding().unknown()), fill);
    }
  }
}
