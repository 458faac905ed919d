package dev.lanewise.spark;

/** The usual values of the parameters of training. */
final class Defaults {
  private Defaults() {}

  static void setOn(LanewiseParams params) {
    params.setDefault(params.hiddenLayers(), "64,64");
    params.setDefault(params.activation(), Parameter.word(ActivationName.RELU));
    params.setDefault(params.norm(), Parameter.word(NetworkPlan.Norm.NONE));
    params.setDefault(params.dropout(), 0.0);
    params.setDefault(params.residual(), false);
    params.setDefault(params.standardize(), true);
    params.setDefault(params.optimizer(), Parameter.word(OptimizerName.ADAMW));
    params.setDefault(params.schedule(), Parameter.word(LearningPlan.ScheduleName.COSINE));
    params.setDefault(params.rounds(), 20);
    params.setDefault(params.roundSteps(), 0);
    params.setDefault(params.batchSize(), 64);
    params.setDefault(params.shards(), 8);
    params.setDefault(params.tasks(), 0);
    params.setDefault(params.outerMomentum(), 0.0);
    params.setDefault(params.seed(), 1L);
    params.setDefault(params.checkpointInterval(), 10);
  }
}
