package dev.lanewise;

import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.internal.train.Updater;
import java.io.IOException;

/**
 * What a trainer and its network know between two steps, as read from a file. All blocks are in
 * public order, so that both backends read each other's.
 */
final class TrainerState {
  private static final String OPTIMIZER = "optimizer";
  private static final String GRADIENTS = "gradients";

  private final float[] parameters;
  private final float[] statistics;
  private final float learningRate;
  private final long passes;
  private final int accumulated;
  private final long steps;
  private final float[][] blocks;
  private final float[] gradients;

  private TrainerState(SectionReader in, Trainer trainer) throws IOException {
    int count = trainer.network().parameterCount();
    Updater updater = trainer.updater();
    parameters = in.section("parameters").getFloats(count);
    statistics = in.section("statistics").getFloats(trainer.network().layout().buffersLength());
    in.section(OPTIMIZER);
    learningRate = in.getFloat();
    passes = in.getLong();
    accumulated = in.getInt();
    steps = in.getLong();
    if (!(learningRate >= 0 && learningRate < Float.POSITIVE_INFINITY)
        || passes < 0
        || accumulated < 0
        || accumulated >= trainer.options().accumulation()
        || steps < 0) {
      throw in.defect("a number is out of its range: it is damaged");
    }
    in.requireEnd();
    blocks = new float[updater.stateBlocks()][];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = in.section(block(b)).getFloats(count);
    }
    gradients = accumulated == 0 ? null : in.section(GRADIENTS).getFloats(count);
  }

  private static String block(int b) {
    return OPTIMIZER + " state " + b;
  }

  /** Writes everything but the network. */
  static void write(Trainer trainer, SectionWriter out) throws IOException {
    Updater updater = trainer.updater();
    Parameters parameters = trainer.network().sharedParameters();
    out.section(OPTIMIZER)
        .putFloat(trainer.optimizer().learningRate())
        .putLong(updater.passes())
        .putInt(updater.accumulated())
        .putLong(updater.steps());
    for (int b = 0; b < updater.stateBlocks(); b++) {
      out.section(block(b)).putFloats(parameters.unpadded(updater.stateBlock(b)));
    }
    if (updater.accumulated() > 0) {
      out.section(GRADIENTS).putFloats(parameters.unpadded(updater.gradients()));
    }
  }

  /** Reads what belongs to such a trainer, which is not changed. */
  static TrainerState read(SectionReader in, Trainer trainer) throws IOException {
    return new TrainerState(in, trainer);
  }

  /** Puts all of it into a trainer and its network. */
  void restore(Trainer trainer) {
    Network network = trainer.network();
    network.setParameters(parameters);
    network.sharedParameters().setAllBuffers(statistics);
    trainer.setLearningRate(learningRate);
    trainer.updater().restore(passes, accumulated, gradients, steps, blocks);
  }
}
