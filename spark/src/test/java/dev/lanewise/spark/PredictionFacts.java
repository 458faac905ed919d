package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class PredictionFacts {
  private static LanewiseClassificationModel model;

  @BeforeAll
  static void fit() {
    model = ClassifierFacts.classifier().setRounds(3).fit(TestRows.spirals(300, 1));
  }

  private static LanewiseClassificationModel model() {
    return model.copy(model.extractParamMap());
  }

  @Test
  void columnsHoldWhatTheNetworkSaysToTheBit() {
    Network network = model.network();
    for (Row row : model.transform(TestRows.spirals(50, 2)).collectAsList()) {
      Vector features = row.getAs("features");
      Vector probability = row.getAs("probability");
      float[] x = {(float) features.apply(0), (float) features.apply(1)};
      float[] y = network.predict(x);
      assertArrayEquals(new double[] {y[0], y[1]}, probability.toArray());
      assertEquals(network.predictClass(x), row.<Double>getAs("prediction"));
      assertEquals(probability, model.predictProbability(features));
      assertEquals(row.getAs("rawPrediction"), model.predictRaw(features));
      assertEquals(row.<Double>getAs("prediction"), model.predict(features));
      assertEquals(Math.log(y[0]), row.<Vector>getAs("rawPrediction").apply(0), 1e-12);
    }
  }

  @Test
  void columnsWithoutANameAreLeftOutAndOnePredictionGivesTheOthers() {
    Dataset<Row> rows = TestRows.spirals(20, 2);
    Dataset<Row> all = model.transform(rows);
    assertEquals(
        List.of("id", "features", "label", "rawPrediction", "probability", "prediction"),
        List.of(all.columns()));
    String plan = all.queryExecution().executedPlan().toString();
    assertEquals(2, plan.split("UDF\\(", -1).length, plan);
    assertEquals(
        List.of("id", "features", "label", "p"),
        List.of(
            model()
                .setRawPredictionCol("")
                .setPredictionCol("")
                .setProbabilityCol("p")
                .transform(rows)
                .columns()));
    assertEquals(
        3,
        model()
            .setRawPredictionCol("")
            .setPredictionCol("")
            .setProbabilityCol("")
            .transform(rows)
            .columns()
            .length);
  }

  @Test
  void columnsTellHowManyClassesThereAre() {
    Dataset<Row> predicted = model.transform(TestRows.spirals(20, 2));
    NominalAttribute prediction =
        (NominalAttribute) Attribute.fromStructField(predicted.schema().apply("prediction"));
    assertEquals(2, prediction.getNumValues().get());
    assertEquals(2, AttributeGroup.fromStructField(predicted.schema().apply("probability")).size());
    assertEquals(2, model.numFeatures());
  }

  @Test
  void thresholdsDecideClasses() {
    Dataset<Row> rows = TestRows.spirals(100, 2);
    LanewiseClassificationModel strict = model().setThresholds(new double[] {0.35, 0.65});
    int others = 0;
    for (Row row : strict.transform(rows).collectAsList()) {
      double second = row.<Vector>getAs("probability").apply(1);
      assertEquals(second > 0.65 ? 1.0 : 0.0, row.<Double>getAs("prediction"), "of " + second);
      assertEquals(row.<Double>getAs("prediction"), strict.predict(row.<Vector>getAs("features")));
      others += second > 0.5 && second < 0.65 ? 1 : 0;
    }
    assertTrue(others > 0, "no row is decided otherwise");
    LanewiseClassificationModel wrong = model();
    wrong.set("thresholds", new double[] {1, 1, 1});
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> wrong.transform(rows))
            .getMessage()
            .contains("2 classes, but there are 3"));
  }

  @Test
  void vectorsThatDoNotFitAreRefusedWithTheirValues() {
    refused(Vectors.dense(1, 2, 3), "3 features, but the network learned from 2");
    refused(Vectors.dense(1, Double.NaN), "feature 1 of a vector in column 'features' is NaN");
    refused(Vectors.sparse(2, new int[] {0}, new double[] {1e300}), "1.0E300");
    refused(null, "is null");
  }

  private static void refused(Vector features, String words) {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> model.predict(features))
            .getMessage()
            .contains(words));
    Throwable e =
        assertThrows(
            Exception.class, () -> model.transform(TestRows.row(features)).collectAsList());
    StringBuilder all = new StringBuilder();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append('\n');
    }
    assertTrue(all.toString().contains(words), all.toString());
  }

  @Test
  void sqlReadsPredictions() {
    model.transform(TestRows.spirals(100, 2)).createOrReplaceTempView("predicted");
    Row counts =
        EstimatorsTest.spark()
            .sql("SELECT count(*), count_if(prediction = label) FROM predicted")
            .head();
    assertEquals(100, counts.getLong(0));
    assertEquals(
        TestRows.accuracy(model.transform(TestRows.spirals(100, 2))), counts.getLong(1) / 100.0);
  }

  @Test
  void streamsArePredicted(@TempDir Path directory) throws Exception {
    Dataset<Row> rows = TestRows.spirals(100, 2);
    String files = directory.resolve("rows").toString();
    rows.write().parquet(files);
    StreamingQuery query =
        model
            .transform(EstimatorsTest.spark().readStream().schema(rows.schema()).parquet(files))
            .writeStream()
            .format("memory")
            .queryName("streamed")
            .trigger(Trigger.AvailableNow())
            .start();
    query.processAllAvailable();
    query.awaitTermination();
    assertEquals(
        TestRows.values(model.transform(rows), "probability", "prediction"),
        TestRows.values(EstimatorsTest.spark().table("streamed"), "probability", "prediction"));
  }
}
