package dev.lanewise.loop;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.TrainerState;
import dev.lanewise.internal.format.NetworkSections;
import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.io.FileException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a run of a training loop needs to go on, as read from a file. All blocks are in public
 * order, so that both backends read each other's.
 */
final class Checkpoint {
  private static final String PARAMETERS = "parameters";
  private static final String STATISTICS = "statistics";
  private static final String OPTIMIZER = "optimizer";
  private static final String GRADIENTS = "gradients";

  private final float[] parameters;
  private final float[] buffers;
  private final TrainerState trainer;
  private final RunState run;

  private Checkpoint(float[] parameters, float[] buffers, TrainerState trainer, RunState run) {
    this.parameters = parameters;
    this.buffers = buffers;
    this.trainer = trainer;
    this.run = run;
  }

  static void write(Path file, LoopOptions options, RunState run) throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      Network network = options.trainer().network();
      NetworkSections.write(
          network.layers(), network.parameters(), network.buffers(), options.metadata(), out);
      write(options.trainer().state(), out);
      LoopSettings.write(options, out);
      run.write(options, out);
      out.finish();
    }
  }

  private static void write(TrainerState state, SectionWriter out) throws IOException {
    out.section(OPTIMIZER)
        .putFloat(state.learningRate())
        .putLong(state.steps())
        .putInt(state.accumulated())
        .putLong(state.updates());
    for (int b = 0; b < state.blocks().size(); b++) {
      out.section(block(b)).putFloats(state.blocks().get(b));
    }
    if (state.accumulated() > 0) {
      out.section(GRADIENTS).putFloats(state.gradients());
    }
  }

  private static String block(int b) {
    return OPTIMIZER + " state " + b;
  }

  /**
   * Reads a file, and changes nothing.
   *
   * @throws IllegalArgumentException if it was written by another kind of loop
   */
  static Checkpoint read(Path file, LoopOptions options) throws IOException {
    try (SectionReader in = new SectionReader(file)) {
      LoopSettings.require(file, in, options);
      Network network = options.trainer().network();
      float[] parameters = in.section(PARAMETERS).getFloats(network.parameterCount());
      float[] buffers = in.section(STATISTICS).getFloats(network.buffers().length);
      return new Checkpoint(
          parameters, buffers, state(in, options.trainer()), new RunState(in, options));
    }
  }

  private static TrainerState state(SectionReader in, Trainer trainer) throws IOException {
    int count = trainer.network().parameterCount();
    in.section(OPTIMIZER);
    float learningRate = in.getFloat();
    long steps = in.getLong();
    int accumulated = in.getInt();
    long updates = in.getLong();
    if (accumulated >= trainer.options().accumulation()) {
      throw outOfRange(in);
    }
    in.requireEnd();
    List<float[]> blocks = new ArrayList<>();
    int needed = trainer.state().blocks().size();
    for (int b = 0; b < needed; b++) {
      blocks.add(in.section(block(b)).getFloats(count));
    }
    float[] gradients = accumulated > 0 ? in.section(GRADIENTS).getFloats(count) : new float[0];
    try {
      return new TrainerState(learningRate, steps, updates, accumulated, blocks, gradients);
    } catch (IllegalArgumentException e) {
      throw outOfRange(in.section(OPTIMIZER));
    }
  }

  private static FileException outOfRange(SectionReader in) {
    return in.defect("a number is out of its range: it is damaged");
  }

  /**
   * Reads the newest checkpoint of a directory that can be read; warns of those that cannot.
   *
   * @throws NoSuchFileException if there is none
   * @throws FileException if none can be read
   */
  static Checkpoint newest(CheckpointDirectory directory, LoopOptions options) throws IOException {
    List<FileException> unreadable = new ArrayList<>();
    for (Path file : directory.newestFirst()) {
      try {
        Checkpoint checkpoint = read(file, options);
        unreadable.forEach(e -> warn(e, file));
        return checkpoint;
      } catch (FileException e) {
        unreadable.add(e);
      }
    }
    if (unreadable.isEmpty()) {
      throw new NoSuchFileException(
          directory.directory().toString(),
          null,
          "no checkpoint is there: name another directory, or a file");
    }
    FileException first = unreadable.get(0);
    unreadable.stream().skip(1).forEach(first::addSuppressed);
    throw first;
  }

  private static void warn(FileException e, Path taken) {
    System.getLogger(Checkpoint.class.getPackageName())
        .log(
            System.Logger.Level.WARNING,
            "a checkpoint is passed over, and " + taken + " taken: " + e.getMessage());
  }

  /** Puts a trainer and its network where they were, and returns where the run was. */
  RunState restore(Trainer to) {
    to.network().setParameters(parameters);
    to.network().setBuffers(buffers);
    to.restore(trainer);
    return run;
  }
}
