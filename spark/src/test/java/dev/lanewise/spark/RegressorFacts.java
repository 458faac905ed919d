package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

abstract class RegressorFacts {
  @Test
  void learnsACurveOfLargeLabels() {
    LanewiseRegressor regressor =
        new LanewiseRegressor()
            .setHiddenLayers(32, 32)
            .setLearningRate(0.01)
            .setRounds(8)
            .setRoundSteps(100);
    Dataset<Row> rows = TestRows.curve(1_000, 1);
    LanewiseRegressionModel model = regressor.fit(rows);
    Dataset<Row> predicted = model.transform(TestRows.curve(500, 2));
    double r2 = new RegressionEvaluator().setMetricName("r2").evaluate(predicted);
    assertTrue(r2 > 0.95, "R^2 " + r2);
    Row first = predicted.head();
    assertEquals(first.<Double>getAs("prediction"), model.predict(first.<Vector>getAs("features")));
    assertEquals(
        TestRows.crc(model.network()),
        TestRows.crc(regressor.fit(TestRows.shuffled(rows, 3)).network()));
  }

  @Test
  void goesOnFromAModelAndItsScalingOfLabels() {
    LanewiseRegressor regressor = new LanewiseRegressor().setHiddenLayers(32).setRounds(2);
    LanewiseRegressionModel model = regressor.fit(TestRows.curve(1_000, 1));
    LanewiseRegressionModel later =
        regressor.startFrom(model).setRounds(1).fit(TestRows.curve(1_000, 1));
    int last = model.network().layers().size() - 1;
    assertEquals(model.network().layers(), later.network().layers());
    assertArrayEquals(model.network().buffers(last), later.network().buffers(last));
    assertTrue(later.lossHistory()[0] < model.lossHistory()[1]);
    regressor.setLearningRate(1e-30);
    assertEquals(
        TestRows.crc(later.network()),
        TestRows.crc(regressor.startFrom(later).fit(TestRows.curve(1_000, 1)).network()));
  }
}
