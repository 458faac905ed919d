package dev.lanewise.cli.option;

import dev.lanewise.cli.data.Samples;
import dev.lanewise.cli.text.Words;
import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.TrainingOptions;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The loss to minimise, the optimizer, and its learning rate. */
public final class LearningOptions {
  private enum LossName {
    CROSS_ENTROPY,
    SQUARED,
    ABSOLUTE,
    HUBER;

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  private enum ScheduleName {
    CONSTANT,
    COSINE,
    ONE_CYCLE,
    EXPONENTIAL;

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  private enum ClassWeights {
    NONE,
    BALANCED;

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  /** Which part of the learning rate an exponential decay leaves at the end. */
  private static final double LAST_PART = 0.01;

  // Tried on five tables of 150 to 4,177 rows, over 40 seeds: with a decay this strong small tables
  // are hardly learned by heart, and one set of numbers suits them all.
  private static final float TABLE_LEARNING_RATE = 0.005f;
  private static final float TABLE_WEIGHT_DECAY = 1;
  private static final float TABLE_LABEL_SMOOTHING = 0.1f;

  /** In standard deviations of the target. */
  private static final float HUBER_DELTA = 1;

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      description =
          "sgd, momentum, nesterov, adam, adamw, rmsprop, adagrad or lion. Default: adamw for a"
              + " table, else sgd.")
  private OptimizerName optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description =
          "The learning rate. Default: 0.1 for sgd, 0.01 for momentum, nesterov and adagrad, 0.0003"
              + " for lion, 0.005 for adamw on a table, else 0.001.")
  private Float learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "R",
      description =
          "Decay of weights, not of biases; decoupled from the gradient for adamw and lion."
              + " Default: 1 for adamw on a table, else 0.01 for these two, 0 for others.")
  private Float weightDecay;

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      description =
          "How the learning rate changes: constant, cosine, one-cycle, or exponential, which ends"
              + " at a hundredth. Default: cosine for a table, else constant.")
  private ScheduleName schedule;

  @Option(
      names = "--warm-up",
      paramLabel = "STEPS",
      description = "Let the learning rate rise over this many steps first. Default: 0.")
  private int warmUp;

  @Option(
      names = "--clip-norm",
      paramLabel = "R",
      description = "Limit the norm of gradients. Default: no limit.")
  private Float clipNorm;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      description =
          "cross-entropy for classes; for numbers squared, absolute or huber, which is absolute"
              + " from 1 standard deviation on. Default: cross-entropy, squared.")
  private LossName loss;

  @Option(
      names = "--label-smoothing",
      paramLabel = "R",
      description =
          "Move the targets of classes this far towards equal probabilities. Default: 0.1 for a"
              + " table, else 0.")
  private Float labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "WEIGHTS",
      description = "balanced makes rare classes count as much as frequent ones. Default: none.")
  private ClassWeights classWeights;

  /** Checks all that can be checked without the samples. */
  public void check() {
    Checks.finite("--learning-rate", learningRate);
    Checks.finite("--weight-decay", weightDecay);
    Checks.atLeast(0, "--warm-up", warmUp);
    Checks.refuse(
        clipNorm != null && !(clipNorm > 0), "--clip-norm must be above 0, but was " + clipNorm);
    Checks.fraction("--label-smoothing", labelSmoothing);
    Checks.refuse(
        schedule == ScheduleName.ONE_CYCLE && warmUp > 0,
        "--warm-up does not go with --schedule one-cycle, which rises by itself");
  }

  /** Checks what the target decides. */
  public void check(boolean classification) {
    Checks.refuse(
        loss != null && classification != (loss == LossName.CROSS_ENTROPY),
        "--loss %s does not fit: the target is %s"
            .formatted(
                loss,
                classification
                    ? "a class, which needs cross-entropy"
                    : "a number, which needs squared, absolute or huber"));
    checkForClasses("--label-smoothing", labelSmoothing, classification);
    checkForClasses("--class-weights", classWeights, classification);
  }

  private static void checkForClasses(String option, Object value, boolean classification) {
    Checks.refuse(
        value != null && !classification, option + " is for classes, but the target is a number");
  }

  private ScheduleName schedule(Samples.Kind kind) {
    return Objects.requireNonNullElse(
        schedule, kind == Samples.Kind.TABLE ? ScheduleName.COSINE : ScheduleName.CONSTANT);
  }

  /** Returns whether the learning rate goes as it goes however many epochs there are. */
  public boolean ignoresEpochs(Samples.Kind kind) {
    return schedule(kind) == ScheduleName.CONSTANT;
  }

  /** Returns the schedule in words. */
  public String scheduleText(Samples.Kind kind) {
    String name = schedule(kind).toString();
    return warmUp == 0 ? name : name + " after " + warmUp + " steps of warm-up";
  }

  /** Returns how to train on samples. */
  public TrainingOptions options(Samples samples, RowSource train, long seed) {
    boolean table = samples.kind() == Samples.Kind.TABLE;
    OptimizerName name =
        Objects.requireNonNullElse(optimizer, table ? OptimizerName.ADAMW : OptimizerName.SGD);
    boolean usual = table && name == OptimizerName.ADAMW;
    float usualRate = usual ? TABLE_LEARNING_RATE : name.learningRate();
    float usualDecay = usual ? TABLE_WEIGHT_DECAY : name.weightDecay();
    float rate = learningRate == null ? usualRate : learningRate;
    float decay = weightDecay == null ? usualDecay : weightDecay;
    TrainingOptions options =
        TrainingOptions.of(loss(samples, train), name.with(rate, decay))
            .withoutPenaltyOnBiases()
            .seed(seed);
    return clipNorm == null ? options : options.clipNorm(clipNorm);
  }

  private Loss loss(Samples samples, RowSource train) {
    float usual = samples.kind() == Samples.Kind.TABLE ? TABLE_LABEL_SMOOTHING : 0;
    Loss.Standard function =
        switch (Objects.requireNonNullElse(
            loss, samples.classification() ? LossName.CROSS_ENTROPY : LossName.SQUARED)) {
          case CROSS_ENTROPY ->
              Loss.softmaxCrossEntropy(labelSmoothing == null ? usual : labelSmoothing);
          case SQUARED -> Loss.MEAN_SQUARED_ERROR;
          case ABSOLUTE -> Loss.MEAN_ABSOLUTE_ERROR;
          case HUBER -> Loss.huber(HUBER_DELTA);
        };
    return classWeights == ClassWeights.BALANCED
        ? function.withClassWeights(balanced(train))
        : function;
  }

  /** Returns {@code rows / (classes * rows of the class)}, and 0 for a class without rows. */
  private static float[] balanced(RowSource train) {
    int classes = train.outputs();
    int[] rowsOf = new int[classes];
    Batches batches = Batches.inOrder(train);
    while (batches.next()) {
      for (int i = 0; i < batches.rows() * classes; i++) {
        rowsOf[i % classes] += batches.targets()[i] == 1 ? 1 : 0;
      }
    }
    float[] weights = new float[classes];
    for (int c = 0; c < classes; c++) {
      weights[c] = rowsOf[c] == 0 ? 0 : (float) train.rows() / ((float) classes * rowsOf[c]);
    }
    return weights;
  }

  /** Returns how the learning rate goes over so many steps. */
  public Schedule schedule(Samples.Kind kind, long steps) {
    long rest = Math.max(1, steps - warmUp);
    Schedule after =
        switch (schedule(kind)) {
          case CONSTANT -> Schedule.constant();
          case COSINE -> Schedule.cosine(rest, 0);
          case ONE_CYCLE -> Schedule.oneCycle(rest);
          case EXPONENTIAL -> Schedule.exponential(StrictMath.pow(LAST_PART, 1.0 / rest));
        };
    return warmUp == 0 ? after : Schedule.warmUp(warmUp, 1.0 / warmUp).then(after);
  }
}
