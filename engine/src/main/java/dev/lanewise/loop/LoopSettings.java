package dev.lanewise.loop;

import dev.lanewise.data.Batches;
import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.internal.text.OneLine;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.TrainingOptions;
import dev.lanewise.model.TrainingOptions.Penalty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a program says anew when it resumes, in words: a run goes on with the same bits only where
 * all of it is as it was. The number of epochs, the learning rate that schedules start from (which
 * the checkpoint has), callbacks, threads and the backend may change.
 */
final class LoopSettings {
  private static final String SETTINGS = "settings";

  /** What differs from one virtual machine to the next in the name of a lambda or an object. */
  private static final Pattern IDENTITY = Pattern.compile("\\$\\$Lambda[^,\\])@ ]*|@[0-9a-f]+\\b");

  /** Names that an older version wrote, and what they are called now. */
  private static final Map<String, String> RENAMED = Map.of("Rescale[", "Normalization[");

  private LoopSettings() {}

  private static Map<String, String> of(LoopOptions loop) {
    Map<String, String> settings = new LinkedHashMap<>();
    List<Layer> layers = loop.trainer().network().layers();
    for (int l = 0; l < layers.size(); l++) {
      put(settings, "layer " + l, layers.get(l));
    }
    put(settings, "number of layers", layers.size());
    TrainingOptions options = loop.trainer().options();
    boolean own = options.loss() instanceof Loss.Custom;
    put(settings, "loss", own ? "a loss of the program's own" : options.loss());
    put(settings, "optimizer (its learning rate aside)", options.optimizer().withLearningRate(0));
    put(settings, "limit of a gradient's numbers", options.clipValue());
    put(settings, "limit of the gradient's norm", options.clipNorm());
    put(settings, "number of accumulated steps", options.accumulation());
    put(settings, "seed of dropout", options.seed());
    for (int l = 0; l < layers.size(); l++) {
      Penalty bias = options.biasPenalty(l);
      put(settings, "factor on the learning rate of layer " + l, options.rateFactor(l));
      put(settings, "penalty on the weights of layer " + l, options.weightPenalty(l));
      put(settings, "penalty on the bias of layer " + l, bias);
    }
    put(settings, "schedule", loop.schedule());
    put(settings, "unit of the schedule", loop.unit());
    put(settings, "plateau", loop.plateau());
    put(settings, "early stopping", words(loop.earlyStopping()));
    put(settings, "metrics", loop.metrics().stream().map(Metric::label).toList());
    put(settings, "batch size", loop.batchSize());
    put(settings, "seed", loop.seed());
    put(settings, "last batch", loop.last() == Batches.LastBatch.KEEP ? "KEPT" : "DROPPED");
    put(settings, "number of rows", loop.data().rows());
    int rows = loop.validation() == null ? 0 : loop.validation().rows();
    put(settings, "number of rows to validate with", rows);
    return settings;
  }

  /** As it is in checkpoints of all versions. */
  private static String words(EarlyStopping stopping) {
    return stopping == null
        ? null
        : "EarlyStopping[patience="
            + stopping.patience()
            + ", least="
            + stopping.minDelta()
            + ", metric="
            + stopping.metric()
            + "]";
  }

  private static void put(Map<String, String> settings, String name, Object value) {
    settings.put(name, IDENTITY.matcher(Objects.toString(value, "none")).replaceAll(""));
  }

  static void write(LoopOptions loop, SectionWriter out) throws IOException {
    Map<String, String> settings = of(loop);
    out.section(SETTINGS).putInt(settings.size());
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      out.putText(setting.getKey()).putText(setting.getValue());
    }
  }

  private static String renamed(String text) {
    String now = text;
    for (Map.Entry<String, String> name : RENAMED.entrySet()) {
      now = now.replace(name.getKey(), name.getValue());
    }
    return now;
  }

  /**
   * Checks that a file was written by such a loop.
   *
   * @throws IllegalArgumentException if not
   */
  static void require(Path file, SectionReader in, LoopOptions loop) throws IOException {
    int count = in.section(SETTINGS).getInt();
    Map<String, String> saved = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      saved.put(in.getText(), renamed(in.getText()));
    }
    in.requireEnd();
    Map<String, String> now = of(loop);
    List<String> names = new ArrayList<>(now.keySet());
    names.addAll(saved.keySet());
    for (String name : names) {
      String before = saved.getOrDefault(name, "none");
      String here = now.getOrDefault(name, "none");
      if (!before.equals(here)) {
        throw new IllegalArgumentException(
            OneLine.of(
                file
                    + " was written with the "
                    + name
                    + " "
                    + before
                    + ", but here it is "
                    + here
                    + ": prepare trainer and loop as they were, or start anew"));
      }
    }
  }
}
