package dev.lanewise.cli;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;

/** Trains a network to classify, and tells how well it does. */
final class Training {
  private final Network network;
  private final Trainer trainer;

  Training(Network network, Trainer trainer) {
    this.network = network;
    this.trainer = trainer;
  }

  /**
   * Trains.
   *
   * @return how many seconds it took
   */
  double train(Batches batches, int epochs, Progress progress) {
    long start = System.nanoTime();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      batches.shuffle(epoch - 1);
      double sum = 0;
      long rows = 0;
      while (batches.next()) {
        double loss = trainer.step(batches.rows(), batches.x(), 0, batches.t(), 0);
        sum += loss * batches.rows();
        rows += batches.rows();
        progress.batch(batches.rows(), sum / rows);
      }
      progress.epoch(epoch, sum / rows);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * How well a network does.
   *
   * @param rows how many samples there were
   * @param correct how many had the largest output at their class
   * @param logLoss the mean of {@code -log p}, with the probability given to the right class
   */
  record Score(int rows, int correct, double logLoss) {
    double accuracy() {
      return (double) correct / rows;
    }
  }

  /** Compares predictions with targets. */
  Score score(Dataset data) {
    int chunk = 256;
    int classes = data.targets();
    float[] y = network.predict(data.x());
    int correct = 0;
    double loss = 0;
    for (int r = 0; r < data.rows(); r++) {
      correct +=
          largest(y, r * classes, classes) == largest(data.t(), r * classes, classes) ? 1 : 0;
    }
    for (int r = 0; r < data.rows(); r += chunk) {
      int rows = Math.min(chunk, data.rows() - r);
      loss += rows * trainer.loss(rows, data.x(), r * data.inputs(), data.t(), r * classes);
    }
    return new Score(data.rows(), correct, loss / data.rows());
  }

  private static int largest(float[] values, int from, int n) {
    int largest = 0;
    for (int i = 1; i < n; i++) {
      if (values[from + i] > values[from + largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
