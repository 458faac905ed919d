package dev.lanewise;

import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import java.io.IOException;
import java.nio.file.Path;

/** All that a run of a training loop needs to go on, as read from a file. */
final class Checkpoint {
  private final TrainerState trainer;
  private final RunState run;

  private Checkpoint(TrainerState trainer, RunState run) {
    this.trainer = trainer;
    this.run = run;
  }

  static void write(Path file, TrainingLoop loop, RunState run) throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      NetworkSections.write(loop.trainer.network(), loop.metadata, out);
      TrainerState.write(loop.trainer, out);
      LoopSettings.write(loop, out);
      run.write(loop, out);
      out.finish();
    }
  }

  /**
   * Reads a file, and changes nothing.
   *
   * @throws IllegalArgumentException if it was written by another kind of loop
   */
  static Checkpoint read(Path file, TrainingLoop loop) throws IOException {
    try (SectionReader in = new SectionReader(file)) {
      LoopSettings.require(file, in, loop);
      return new Checkpoint(TrainerState.read(in, loop.trainer), new RunState(in, loop));
    }
  }

  /** Puts trainer and network where they were, and returns where the run was. */
  RunState restore(TrainingLoop loop) {
    trainer.restore(loop.trainer);
    return run;
  }
}
