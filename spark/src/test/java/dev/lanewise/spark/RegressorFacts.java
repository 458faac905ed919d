package dev.lanewise.spark;

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
}
