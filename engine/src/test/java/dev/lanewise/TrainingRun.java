package dev.lanewise;

import dev.lanewise.model.Activation;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.util.Set;
import java.util.TreeSet;

/**
 * A program that trains a few networks and prints every bit of what came out, and what it ran on.
 *
 * <p>Its argument is {@code small}, {@code full}, or {@code hot}: full, but after the code has been
 * compiled.
 */
final class TrainingRun {
  private static final int STEPS = 6;
  private static final int WARM_UP_STEPS = 3000;

  private static final TrainingOptions EVERY_OPTION =
      TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new AdamW(0.01f))
          .seed(3)
          .clipValue(0.05f)
          .clipNorm(0.25f)
          .accumulate(2)
          .l1(0.001f)
          .withoutPenaltyOnBiases()
          .rateFactor(3, 0.3f)
          .freeze(6);

  /** The names of the threads that were there to share work, which they start with. */
  private static final Set<String> WORKERS = new TreeSet<>();

  private TrainingRun() {}

  public static void main(String[] arguments) {
    if (arguments[0].equals("hot")) {
      for (int i = 0; i < WARM_UP_STEPS / STEPS; i++) {
        small(false);
      }
      for (int i = 0; i < 20; i++) {
        full(false);
      }
    }
    BackendInfo info = BackendInfo.current();
    System.out.println("ran on " + info);
    info.tuned().forEach((name, value) -> System.out.println("tuned " + name + "=" + value));
    small(true);
    if (!arguments[0].equals("small")) {
      full(true);
    }
    WORKERS.forEach(name -> System.out.println("worked: " + name));
  }

  private static void small(boolean print) {
    Network odd = Samples.odd(Activation.TANH, Activation.SOFTMAX, Backend.preferred());
    train(print, "one row, tanh", odd, Loss.SOFTMAX_CROSS_ENTROPY, 1, 2);
    Network relu = network(9, Activation.RELU, 21, 5, Activation.SIGMOID);
    train(print, "three rows, relu", relu, Loss.SQUARED_ERROR, 3, 2);
    Network single = network(19, Activation.RELU, 23, 1, Activation.IDENTITY);
    train(print, "one output, one row", single, Loss.SQUARED_ERROR, 1, 2);
    Network every = Samples.everyLayer(Backend.preferred());
    train(print, "every layer, three rows", every, EVERY_OPTION, 3, 2);
  }

  private static void full(boolean print) {
    Network odd = Samples.odd(Activation.RELU, Activation.SOFTMAX, Backend.preferred());
    train(print, "17 rows, relu", odd, Loss.SOFTMAX_CROSS_ENTROPY, 17, STEPS);
    Network relu = Samples.odd(Activation.RELU, Activation.IDENTITY, Backend.preferred());
    train(print, "one row, relu", relu, Loss.SOFTMAX_CROSS_ENTROPY, 1, STEPS);
    Network sigmoid = network(61, Activation.SIGMOID, 67, 10, Activation.TANH);
    train(print, "one row, sigmoid", sigmoid, Loss.MEAN_SQUARED_ERROR, 1, STEPS);
    Network single = network(75, Activation.TANH, 130, 1, Activation.SIGMOID);
    train(print, "one output, 13 rows", single, Loss.SQUARED_ERROR, 13, STEPS);
    // Enough work, forward and back, to be shared out among threads.
    Network wide = network(201, Activation.RELU, 330, 190, Activation.SOFTMAX);
    train(print, "shared work", wide, Loss.SOFTMAX_CROSS_ENTROPY, 65, STEPS);
    Network row = network(900, Activation.RELU, 1100, 5, Activation.IDENTITY);
    train(print, "shared row", row, Loss.SQUARED_ERROR, 1, STEPS);
    Network every = Samples.everyLayer(130, 251, 17, Backend.preferred());
    train(print, "every layer, shared work", every, EVERY_OPTION, 65, STEPS);
  }

  private static Network network(
      int inputs, Activation hidden, int width, int outputs, Activation last) {
    return Network.builder(inputs)
        .dense(width, hidden)
        .dense(outputs, last)
        .initializer(Initializer.XAVIER, inputs)
        .build();
  }

  private static void train(
      boolean print, String name, Network network, Loss loss, int rows, int steps) {
    train(print, name, network, TrainingOptions.of(loss, new Sgd(0.05f)), rows, steps);
  }

  private static void train(
      boolean print, String name, Network network, TrainingOptions options, int rows, int steps) {
    float[] x = Samples.numbers(rows * network.inputs(), 1);
    float[] targets = Samples.probabilities(rows, network.outputs(), 2);
    double sum = 0;
    try (Trainer trainer = new Trainer(network, options)) {
      for (int step = 0; step < steps; step++) {
        sum += trainer.step(x, targets);
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(worker -> worker.startsWith("lanewise-worker"))
            .forEach(WORKERS::add);
      }
    }
    if (print) {
      long parameters = Samples.checksum(network.parameters());
      long statistics = 0;
      for (int l = 0; l < network.layers().size(); l++) {
        statistics += Samples.checksum(network.buffers(l));
      }
      long outputs = Samples.checksum(network.predict(x));
      String lossBits = Long.toHexString(Double.doubleToRawLongBits(sum));
      String numbers = parameters + " " + statistics + " " + outputs + " " + lossBits;
      System.out.println("bits of " + name + ": " + numbers);
    }
  }
}
