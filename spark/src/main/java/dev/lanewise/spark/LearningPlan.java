package dev.lanewise.spark;

import dev.lanewise.loop.LocalSgd;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.TrainingOptions;
import java.util.List;

/** Makes the rounds that parameters describe. */
final class LearningPlan {
  /** How the learning rate goes. */
  enum ScheduleName {
    CONSTANT,
    COSINE,
    ONE_CYCLE,
    EXPONENTIAL
  }

  /** Which part of the learning rate an exponential decay leaves at the end. */
  private static final double LAST_PART = 0.01;

  private LearningPlan() {}

  static LocalSgd of(LanewiseParams params, Loss loss, List<Layer> layers) {
    TrainingOptions options =
        TrainingOptions.of(
                loss,
                OptimizerName.of(params)
                    .with((float) params.getLearningRate(), (float) params.getWeightDecay()))
            .withoutPenaltyOnBiases()
            .seed(params.getSeed());
    if (params.isDefined(params.clipNorm())) {
      options = options.clipNorm((float) params.getClipNorm());
    }
    int steps = params.getRoundSteps();
    long times = (long) params.getRounds() * Math.max(1, steps);
    return new LocalSgd(layers, options, params.getShards(), params.getBatchSize())
        .withRoundSteps(steps)
        .withSeed(params.getSeed())
        .withSchedule(
            schedule(params, times), steps == 0 ? Schedule.Unit.EPOCH : Schedule.Unit.STEP)
        .withOuterMomentum((float) params.getOuterMomentum());
  }

  private static Schedule schedule(LanewiseParams params, long times) {
    return switch (Parameter.constant(ScheduleName.class, params.getSchedule())) {
      case CONSTANT -> Schedule.constant();
      case COSINE -> Schedule.cosine(times, 0);
      case ONE_CYCLE -> Schedule.oneCycle(times);
      case EXPONENTIAL -> Schedule.exponential(StrictMath.pow(LAST_PART, 1.0 / times));
    };
  }
}
