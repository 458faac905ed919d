package dev.lanewise.cli.model;

import dev.lanewise.cli.data.Loaded;
import dev.lanewise.cli.text.Terminal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rows a model was trained on, so that it knows them again.
 *
 * @param rows how many
 * @param of how many rows were read, some of which were kept for validation or for testing
 * @param checksum of all that were read
 */
public record TrainedRows(int rows, int of, String checksum) {
  private static final String NAME = "lanewise.trained";
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) of (\\d{1,9}), ([0-9a-f]{16})");
  private static final String LOWER = "of rows that it has not seen the score may be lower";

  /** Adds them to a model's texts. */
  public void addTo(Map<String, String> about) {
    about.put(NAME, rows + " of " + of + ", " + checksum);
  }

  private static TrainedRows from(Map<String, String> about) {
    Matcher text = TEXT.matcher(about.getOrDefault(NAME, ""));
    return text.matches()
        ? new TrainedRows(
            Integer.parseInt(text.group(1)), Integer.parseInt(text.group(2)), text.group(3))
        : null;
  }

  /**
   * Returns what is to be said if a model was trained on some of the rows it is evaluated with;
   * null for nothing.
   *
   * @param name the file that has them
   * @param same whether a file of that name would have been trained on
   */
  public static String note(Model model, Loaded data, String name, boolean same) {
    TrainedRows trained = from(model.about());
    boolean known =
        trained != null
            && trained.of == data.count()
            && trained.checksum.equals(data.checksum(model.schema()));
    if (known) {
      return trained.note();
    }
    boolean named = same && model.about().getOrDefault(Model.DATA, "").startsWith(name + ": ");
    String changed = trained == null ? ": " : ", which has changed since or is read otherwise: ";
    return named ? "note: the model was trained on rows of " + name + changed + LOWER : null;
  }

  private String note() {
    return rows == of
        ? Terminal.format("note: the model was trained on these %,d rows: %s", of, LOWER)
        : Terminal.format(
            "note: the model was trained on %,d of these %,d rows: %s; train --test-out FILE writes"
                + " the rows kept for testing to a file",
            rows, of, LOWER);
  }
}
