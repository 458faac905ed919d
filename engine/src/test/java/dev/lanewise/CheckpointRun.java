package dev.lanewise;

import dev.lanewise.data.Dataset;
import dev.lanewise.loop.EarlyStopping;
import dev.lanewise.loop.TrainingCallback;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A program that trains with checkpoints in the directory that is its argument, going on from those
 * there, and prints the bits of what came out.
 */
final class CheckpointRun {
  private static final Dataset DATA = Dataset.spirals(80, 5);

  private CheckpointRun() {}

  /** Says when a checkpoint has been written, so all classes are loaded. */
  private static final class Ready implements TrainingCallback {
    private int steps;

    @Override
    public boolean afterStep(long step, int rows, double loss) {
      steps++;
      if (steps == 2) {
        System.out.println("ready");
      }
      return true;
    }
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    TrainingLoop loop = loop();
    loop.callback(new Ready()).checkpoints(directory, 1, 2).resume(directory);
    System.out.println("bits " + bits(loop));
  }

  static TrainingLoop loop() {
    Network network =
        Network.builder(2)
            .dense(100, Activation.TANH)
            .dense(100, Activation.IDENTITY)
            .batchNorm(Activation.TANH)
            .dropout(0.2f)
            .dense(2, Activation.SOFTMAX)
            .initializer(Initializer.XAVIER, 3)
            .backend(Backend.SCALAR)
            .build();
    TrainingOptions options =
        TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Adam(0.01f)).accumulate(3);
    return new TrainingLoop(new Trainer(network, options, 1), DATA)
        .epochs(50)
        .batchSize(10)
        .seed(2)
        .validationFraction(0.25)
        .earlyStopping(new EarlyStopping(1000));
  }

  static String bits(TrainingLoop loop) {
    Network network = loop.trainer().network();
    return Samples.checksum(network.parameters()) + " " + Samples.checksum(network.buffers(2));
  }
}
