package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.SparseDataset;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.metric.Classification;
import dev.lanewise.metric.Regression;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static Network doubling(int outputs) {
    Network network = Network.builder(1).dense(outputs, Activation.IDENTITY).build();
    float[] weights = new float[outputs];
    Arrays.fill(weights, 2);
    network.setWeights(0, weights);
    network.setBias(0, new float[outputs]);
    return network;
  }

  @Test
  void scoresAreThoseOfTheMetricsOnAllRows() {
    int rows = 600;
    float[] x = new float[rows];
    float[] targets = new float[rows];
    for (int r = 0; r < rows; r++) {
      x[r] = r / 100f;
      targets[r] = r / 50f + r % 3;
    }
    Network network = doubling(1);
    Evaluation evaluation =
        network.evaluate(new Dataset(1, x, 1, targets), Regression.MAE, Regression.RMSE);
    assertEquals(rows, evaluation.rows());
    assertEquals(0, evaluation.notFinite());
    assertArrayEquals(network.predict(x), evaluation.predictions());
    assertArrayEquals(targets, evaluation.targets());
    assertEquals(
        List.of(Regression.MAE, Regression.RMSE), List.copyOf(evaluation.scores().keySet()));
    double mae = Regression.MAE.of(rows, 1, network.predict(x), targets);
    assertEquals(mae, evaluation.scores().get(Regression.MAE));
    assertEquals(
        Regression.R_SQUARED.of(rows, 1, network.predict(x), targets),
        evaluation.score(Regression.R_SQUARED));
  }

  @Test
  void rowsOfWeightZeroAreLeftOut() {
    Dataset data =
        new Dataset(1, new float[] {1, Float.NaN, 2}, 1, new float[] {2, Float.NaN, 5})
            .withWeights(new float[] {3, 0, 1});
    Evaluation evaluation = doubling(1).evaluate(data, Regression.MAE);
    assertEquals(0.5, evaluation.score(Regression.MAE));
    assertEquals("2 rows, mae 0.5000", evaluation.toString());
  }

  @Test
  void rowsWithoutAFinitePredictionAreCountedApart() {
    Dataset data = new Dataset(1, new float[] {1, 3e38f, 2}, 1, new float[] {2, 1, 4});
    Evaluation evaluation = doubling(1).evaluate(data, Regression.MAE);
    assertEquals(2, evaluation.rows());
    assertEquals(1, evaluation.notFinite());
    assertEquals(0, evaluation.score(Regression.MAE));
    assertTrue(evaluation.toString().endsWith("and 1 without a finite prediction"));
    Dataset none = new Dataset(1, new float[] {3e38f}, 1, new float[] {1});
    assertEquals(Double.NaN, doubling(1).evaluate(none, Regression.MAE).score(Regression.MAE));
  }

  @Test
  void anOutputAloneIsScoredByTheSameMetrics() {
    Dataset data = new Dataset(1, new float[] {1, 2}, 2, new float[] {2, 3, 4, 5});
    Evaluation evaluation = doubling(2).evaluate(data, Regression.MAE);
    assertEquals(0.5, evaluation.score(Regression.MAE));
    assertEquals(0, evaluation.ofOutput(0).scores().get(Regression.MAE));
    assertEquals(1, evaluation.ofOutput(1).scores().get(Regression.MAE));
    assertThrows(IndexOutOfBoundsException.class, () -> evaluation.ofOutput(2));
  }

  @Test
  void sparseRowsGiveTheScoresOfTheSameRowsGivenDensely() {
    Network network = Network.builder(3).dense(2, Activation.SOFTMAX).build();
    float[] x = {0, 1, 0, 2, 0, -1};
    float[] targets = {1, 0, 0, 1};
    SparseRows rows =
        new SparseRows(3, new int[] {0, 1, 3}, new int[] {1, 0, 2}, new float[] {1, 2, -1});
    assertEquals(
        network.evaluate(new Dataset(3, x, 2, targets), Classification.LOG_LOSS).scores(),
        network.evaluate(new SparseDataset(rows, 2, targets), Classification.LOG_LOSS).scores());
  }

  @Test
  void dataOfAnotherShapeAreRefused() {
    Dataset data = new Dataset(2, new float[2], 1, new float[1]);
    Network network = doubling(1);
    assertThrows(IllegalArgumentException.class, () -> network.evaluate(data));
    try (Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(1))) {
      assertThrows(IllegalArgumentException.class, () -> trainer.loss(data));
    }
  }

  @Test
  void theLossOfADataSetIsTheMeanOverItsRows() {
    int rows = 300;
    float[] x = new float[rows];
    float[] targets = new float[rows];
    for (int r = 0; r < rows; r++) {
      x[r] = r / 16f;
      targets[r] = r % 5;
    }
    Network network = doubling(1);
    Dataset data = new Dataset(1, x, 1, targets);
    try (Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(1));
        Trainer sum = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(1))) {
      assertEquals(trainer.loss(rows, x, 0, targets, 0), trainer.loss(data), 1e-9);
      assertEquals(sum.loss(rows, x, 0, targets, 0), sum.loss(data), 1e-6);
      assertThrows(
          IllegalArgumentException.class,
          () -> trainer.loss(new Dataset(1, x, 1, targets).withWeights(new float[rows])));
    }
  }
}
