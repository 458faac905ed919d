package dev.lanewise.loop;

import dev.lanewise.Trainer;
import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Plateau;
import dev.lanewise.model.Schedule;
import java.util.List;
import java.util.Map;

/**
 * How a loop trains, once it runs. What may be null is: the validation set, the plateau, early
 * stopping, and the directory for checkpoints.
 *
 * @param everySteps how many steps lie between two checkpoints; 0 to write one only if a callback
 *     ends the loop
 * @param keepLast how many of the last ones are kept
 */
record LoopOptions(
    Trainer trainer,
    RowSource data,
    RowSource validation,
    int epochs,
    int batchSize,
    long seed,
    Batches.LastBatch last,
    Schedule schedule,
    Schedule.Unit unit,
    Plateau plateau,
    EarlyStopping earlyStopping,
    List<Metric> metrics,
    List<TrainingCallback> callbacks,
    Map<String, String> metadata,
    CheckpointDirectory checkpoints,
    int everySteps,
    int keepLast) {
  LoopOptions {
    metrics = List.copyOf(metrics);
    callbacks = List.copyOf(callbacks);
    metadata = Map.copyOf(metadata);
  }

  /** Returns what is looked at after each epoch. */
  RowSource watched() {
    return validation == null ? data : validation;
  }

  /** Tells whether there are checkpoints while the loop goes on. */
  boolean writesEvery() {
    return checkpoints != null && everySteps > 0;
  }
}
