package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns from the rows to train on, and from no others, which texts a network knows and what stands
 * for missing cells.
 */
final class Fitting {
  /** Rows with up to so many inputs are given to a network as numbers, and standardised. */
  private static final int MOST_DENSE = 1_000;

  /** From this part of all numbers on rows are not sparse. */
  private static final double FEW = 0.1;

  private final double[] sums;
  private final float[] lows;
  private final float[] highs;
  private final long[] counts;
  private final long[][] countsOfTexts;

  private Fitting(int columns) {
    sums = new double[columns];
    lows = new float[columns];
    highs = new float[columns];
    Arrays.fill(lows, Float.POSITIVE_INFINITY);
    Arrays.fill(highs, Float.NEGATIVE_INFINITY);
    counts = new long[columns];
    countsOfTexts = new long[columns][];
  }

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
    if (found.kind() != Schema.Kind.TABLE) {
      return found.kind() == Schema.Kind.LIBSVM ? sparse(source, found, store, chosen) : found;
    }
    List<Integer> places = found.inputColumns();
    Fitting fitting = new Fitting(places.size());
    for (int c = 0; c < places.size(); c++) {
      Column column = found.columns().get(places.get(c));
      if (column.kind() == Column.Kind.CATEGORY) {
        fitting.countsOfTexts[c] = new long[column.width()];
      }
    }
    Codes codes = store.room();
    for (int row : chosen) {
      store.read(row, codes);
      fitting.add(codes.values);
    }
    List<Column> columns = new ArrayList<>(found.columns());
    for (int c = 0; c < places.size(); c++) {
      columns.set(places.get(c), fitting.fitted(c, columns.get(places.get(c))));
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

  private void add(float[] codes) {
    for (int c = 0; c < codes.length; c++) {
      if (!Float.isNaN(codes[c])) {
        counts[c]++;
        if (countsOfTexts[c] == null) {
          sums[c] += codes[c];
          lows[c] = Math.min(lows[c], codes[c]);
          highs[c] = Math.max(highs[c], codes[c]);
        } else {
          countsOfTexts[c][(int) codes[c]]++;
        }
      }
    }
  }

  private Column fitted(int c, Column found) {
    if (counts[c] == 0) {
      return Column.ignored(found.name(), "empty in the rows to train on");
    }
    if (countsOfTexts[c] == null) {
      return lows[c] == highs[c] && counts[c] > 1
          ? constant(found)
          : found.withFill((float) (sums[c] / counts[c]));
    }
    List<String> texts = new ArrayList<>();
    int fill = 0;
    long most = 0;
    for (int i = 0; i < countsOfTexts[c].length; i++) {
      long count = countsOfTexts[c][i];
      if (count > most) {
        most = count;
        fill = texts.size();
      }
      if (count > 0) {
        texts.add(found.categories().get(i));
      }
    }
    return texts.size() == 1 && counts[c] > 1
        ? constant(found)
        : found.withCategories(new OneHot(texts, found.encoding().unknown()), fill);
  }

  private static Column constant(Column found) {
    return Column.ignored(found.name(), "constant in the rows to train on");
  }
}
