package dev.lanewise.jmh.result;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.lanewise.jmh.run.TextFile;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * How many times as fast as a peer Lanewise was.
 *
 * @param peer whom it was compared with
 * @param op what both did, such as {@code train}
 * @param widths of the layers, such as {@code 64-64-64-64}
 * @param batch samples
 * @param threads of each
 * @param ratio the median
 * @param lowest ratio of a fork
 * @param highest ratio of a fork
 */
public record PeerRatio(
    String peer,
    String op,
    String widths,
    int batch,
    int threads,
    double ratio,
    double lowest,
    double highest) {
  /**
   * Reads what {@code lanewise-peers --csv} writes.
   *
   * @param failures to which is added which peers failed, and why
   * @return the ratios of the others
   * @throws UnusableException if it cannot be read, or is something else
   */
  public static List<PeerRatio> read(Path file, List<String> failures) throws UnusableException {
    List<PeerRatio> ratios = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(TextFile.read(file))) {
      for (NamedCsvRecord row : rows) {
        String peer = row.getField("peer");
        String op = row.getField("op");
        String widths = row.getField("widths");
        if (!row.getField("failure").isEmpty()) {
          String what = String.join(" ", peer, op, widths);
          failures.add(file + ": " + what + ": " + row.getField("failure"));
          continue;
        }
        ratios.add(
            new PeerRatio(
                peer,
                op,
                widths,
                Integer.parseInt(row.getField("batch")),
                Integer.parseInt(row.getField("threads")),
                positive(row, "ours_to_peer"),
                positive(row, "lowest_fork"),
                positive(row, "highest_fork")));
      }
    } catch (UnusableException e) {
      throw e;
    } catch (IOException | NoSuchElementException | NumberFormatException | CsvParseException e) {
      throw new UnusableException(
          file + " is not what lanewise-peers --csv FILE writes: " + e.getMessage(), e);
    }
    if (ratios.isEmpty()) {
      throw new UnusableException(
          file + " has no ratio; lanewise-peers --csv FILE writes one for each peer that ran");
    }
    return ratios;
  }

  private static double positive(NamedCsvRecord row, String name) {
    double value = Double.parseDouble(row.getField(name));
    if (!(value > 0 && Double.isFinite(value))) {
      throw new NumberFormatException(name + " is " + value);
    }
    return value;
  }

  /** Tells whether all layers are as wide, or a product is of square matrices. */
  private boolean isSquare() {
    String first = widths.split("-", 2)[0];
    boolean sameRows = !op.startsWith("gemm") || first.equals(String.valueOf(batch));
    return sameRows && widths.matches("(" + first + "-?)+");
  }

  /** Returns the kind of work, such as {@code training step, batches of 32, one thread}. */
  public String work() {
    String what = op.replaceFirst("^train\\b", "training step");
    String rows = op.startsWith("gemm") ? "" : ", batches of " + batch;
    String crew = threads == 1 ? ", one thread" : ", " + threads + " threads";
    return what + (isSquare() ? rows : ", other shapes") + crew;
  }

  /** Returns the width where all are the same, else all of them and the batch. */
  public String size() {
    return isSquare() ? widths.split("-", 2)[0] : widths + ", batch " + batch;
  }
}
