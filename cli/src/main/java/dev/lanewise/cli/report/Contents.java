package dev.lanewise.cli.report;

import dev.lanewise.loop.History;
import java.util.List;
import java.util.Map;

/**
 * What a page tells.
 *
 * @param title what the page is about
 * @param command what was typed
 * @param date when
 * @param data what was learned from, in words
 * @param targets what is predicted: several numbers, or one number or class
 * @param classes the classes in the order of outputs; empty if a number is predicted
 * @param rows how many samples it was tested with
 * @param y {@code rows x outputs}: what the network says of them
 * @param t {@code rows x outputs}: what is true
 * @param metrics values by names, the most important one first
 * @param history how training went
 * @param watched what the second curve of the history is of, such as {@code test}
 * @param layers rows of words about the layers, the first one the header
 * @param settings values by names
 * @param environment values by names
 */
// The arrays are the content; nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
public record Contents(
    String title,
    String command,
    String date,
    String data,
    List<String> targets,
    List<String> classes,
    int rows,
    float[] y,
    float[] t,
    Map<String, Double> metrics,
    History history,
    String watched,
    List<List<String>> layers,
    Map<String, String> settings,
    Map<String, String> environment) {
  boolean classification() {
    return !classes.isEmpty();
  }

  /** Returns what is predicted, in words. */
  String target() {
    return String.join(", ", targets);
  }
}
