package dev.lanewise.cli.run;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.BackendInfo;
import dev.lanewise.Evaluation;
import dev.lanewise.Network;
import dev.lanewise.cli.model.Architecture;
import dev.lanewise.cli.model.Checksum;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.Score;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.loop.History;
import dev.lanewise.model.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of training.
 *
 * @param data what it was trained on, in words
 * @param notes what is to be said of that
 * @param seed what decided everything that is drawn
 * @param trainRows how many samples it was trained on
 * @param test what it says of the others; null if there are none
 * @param score how good that is
 * @param model the network, and what its columns mean
 * @param history how the training went
 * @param trained how many samples were seen, each as often as it was
 * @param seconds how long that took
 * @param options how it was trained
 * @param backend what really ran
 * @param checkpoints the directory of the checkpoint if it stopped early because somebody asked for
 *     it; null where none is written
 */
public record Result(
    String data,
    List<String> notes,
    long seed,
    int trainRows,
    Evaluation test,
    Score score,
    Model model,
    History history,
    long trained,
    double seconds,
    TrainingOptions options,
    BackendInfo backend,
    Path checkpoints) {

  Network network() {
    return model.network();
  }

  /** Whether it stopped early because somebody asked for it. */
  public boolean stopped() {
    return history.end() == History.End.CALLBACK;
  }

  private boolean isTested() {
    return score.rows() + score.without() > 0;
  }

  public String text() {
    return String.join(
        System.lineSeparator(),
        "data           " + Terminal.line(data),
        Terminal.format(
            "network        %s, %,d parameters",
            Architecture.shortForm(network()), network().parameterCount()),
        Terminal.format(
            "training       %s of %,d samples in %.2f s: %,.0f samples/s%s",
            length(),
            trainRows,
            seconds,
            samplesPerSecond(),
            history.best() > 0 && history.best() < epochs()
                ? "; best epoch " + history.best()
                : ""),
        isTested()
            ? Terminal.format("%-15s%s", "test " + score.mainName(), score.text())
            : "test           no rows were kept for testing",
        "backend        " + backend,
        "weights        CRC32C " + Checksum.of(network()));
  }

  /** Returns one line, for one of several seeds. */
  public String line() {
    return Terminal.format(
        "%-15s%s %s; %.2f s, CRC32C %s",
        "seed " + seed, score.mainName(), score.text(), seconds, Checksum.of(network()));
  }

  public String json() throws IOException {
    return JSON.std.asString(fields());
  }

  Map<String, Object> fields() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", score.task());
    all.put("metrics", score.json());
    all.put("seconds", seconds);
    all.put("samplesPerSecond", samplesPerSecond());
    all.put("backend", backend.toString());
    all.put("weightsCrc32c", Checksum.of(network()));
    all.put("epochs", epochs());
    all.put("bestEpoch", history.best());
    all.put("trainSamples", trainRows);
    all.put("testSamples", score.rows());
    all.put("network", Architecture.shortForm(network()));
    all.put("parameters", network().parameterCount());
    all.put("seed", seed);
    return all;
  }

  private String length() {
    return stopped()
        ? Terminal.format("stopped in epoch %,d", epochs() + 1)
        : Terminal.format("%,d %s", epochs(), epochs() == 1 ? "epoch" : "epochs");
  }

  private int epochs() {
    return history.epochs().size();
  }

  private double samplesPerSecond() {
    return trained / seconds;
  }

  /** Returns the model with a text that tells its score. */
  public Model scoredModel() throws IOException {
    Map<String, String> about = new LinkedHashMap<>(model.about());
    if (isTested()) {
      about.put(Model.SCORE, JSON.std.asString(score.json()));
    }
    return new Model(model.network(), model.schema(), about);
  }
}
