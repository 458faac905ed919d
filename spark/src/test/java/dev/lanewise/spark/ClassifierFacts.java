package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class ClassifierFacts {
  static LanewiseClassifier classifier() {
    return new LanewiseClassifier()
        .setHiddenLayers(32, 32)
        .setOptimizer("adam")
        .setLearningRate(0.01)
        .setBatchSize(32);
  }

  @Test
  void learnsWhatNoStraightLineParts() {
    LanewiseClassificationModel model =
        classifier().setRounds(12).setRoundSteps(150).fit(TestRows.spirals(1_000, 1));
    double accuracy = TestRows.accuracy(model.transform(TestRows.spirals(500, 2)));
    assertTrue(accuracy > 0.95, "accuracy " + accuracy);
    double[] losses = model.lossHistory();
    assertEquals(12, losses.length);
    assertTrue(losses[11] < losses[0] / 2, losses[0] + " to " + losses[11]);
  }

  @Test
  void theSameRowsGiveTheSameBitsHoweverOrderedAndPartitioned() {
    LanewiseClassifier classifier = classifier().setRounds(2).setDropout(0.1);
    Dataset<Row> rows = TestRows.spirals(400, 1);
    String crc = TestRows.crc(classifier.fit(rows).network());
    assertEquals(crc, TestRows.crc(classifier.fit(rows).network()));
    assertEquals(crc, TestRows.crc(classifier.fit(TestRows.shuffled(rows, 3)).network()));
    assertNotEquals(crc, TestRows.crc(classifier.setSeed(2).fit(rows).network()));
  }

  @Test
  void rowsOfWeightZeroDoNoHarm() {
    Dataset<Row> rows = TestRows.spirals(600, 1);
    Dataset<Row> wrong =
        rows.withColumn("label", lit(1).minus(col("label"))).withColumn("weight", lit(0.0));
    Dataset<Row> both = rows.withColumn("weight", lit(1.0)).union(wrong);
    LanewiseClassifier classifier = classifier().setRounds(10).setRoundSteps(100);
    Dataset<Row> test = TestRows.spirals(300, 2);
    double unweighted = TestRows.accuracy(classifier.fit(both).transform(test));
    double weighted =
        TestRows.accuracy(classifier.setWeightCol("weight").fit(both).transform(test));
    assertTrue(weighted > 0.9 && unweighted < 0.8, weighted + " and " + unweighted);
  }

  @Test
  void rowsForValidationAreNotLearnedFromAndTellTheirLossAfterEachRound() {
    Dataset<Row> rows = TestRows.spirals(400, 1).withColumn("held", lit(false));
    Dataset<Row> held = TestRows.spirals(100, 2).withColumn("held", lit(true));
    List<Double> heard = new ArrayList<>();
    LanewiseClassifier classifier =
        classifier().setRounds(2).onRound(round -> heard.add(round.validationLoss()));
    String alone = TestRows.crc(classifier.fit(rows).network());
    assertEquals(List.of(Double.NaN, Double.NaN), heard);
    heard.clear();
    LanewiseClassificationModel model =
        classifier.setValidationIndicatorCol("held").fit(rows.union(held));
    assertEquals(alone, TestRows.crc(model.network()));
    assertEquals(heard, DoubleStream.of(model.validationLossHistory()).boxed().toList());
    double loss =
        new MulticlassClassificationEvaluator()
            .setMetricName("logLoss")
            .evaluate(model.transform(held));
    assertEquals(loss, heard.getLast(), 1e-5);
  }

  @Test
  void aFitThatIsRunAgainTakesItsCheckpointAndOthersMayHaveTheSameDirectory(
      @TempDir Path directory) {
    Dataset<Row> rows = TestRows.spirals(100, 1);
    LanewiseClassifier classifier =
        classifier().setRounds(2).setCheckpointDir(directory.toString());
    LanewiseClassificationModel first = classifier.fit(rows);
    LanewiseClassificationModel again = classifier.fit(rows);
    assertEquals(TestRows.crc(first.network()), TestRows.crc(again.network()));
    assertTrue(first.lossHistory()[0] > 0);
    assertTrue(Double.isNaN(again.lossHistory()[1]), "learned again");
    assertTrue(classifier.setSeed(2).fit(rows).lossHistory()[0] > 0);
  }

  @Test
  void aStreamIsLearnedBatchByBatch(@TempDir Path directory) throws Exception {
    String files = directory.resolve("rows").toString();
    Dataset<Row> rows = TestRows.spirals(400, 1);
    rows.coalesce(1).write().parquet(files);
    LanewiseClassifier classifier = classifier().setRounds(2);
    LanewiseClassificationModel[] model = {classifier.fit(rows)};
    StreamingQuery query =
        EstimatorsTest.spark()
            .readStream()
            .schema(rows.schema())
            .parquet(files)
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .foreachBatch(
                (VoidFunction2<Dataset<Row>, Long>)
                    (batch, number) -> model[0] = classifier.startFrom(model[0]).fit(batch))
            .start();
    query.awaitTermination();
    LanewiseClassificationModel first = classifier.startFrom(null).fit(rows);
    assertEquals(
        TestRows.crc(classifier.startFrom(first).fit(rows).network()),
        TestRows.crc(model[0].network()));
    classifier.setLearningRate(1e-30);
    assertEquals(
        TestRows.crc(first.network()),
        TestRows.crc(classifier.startFrom(first).fit(rows).network()));
    Dataset<Row> wider = TestRows.of(List.of(RowFactory.create(0, Vectors.dense(1, 2, 3), 1.0)));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> classifier.startFrom(first).fit(wider));
    assertTrue(refused.getMessage().contains("has 2 features"), refused.getMessage());
  }

  @Test
  void sparseRowsGiveTheBitsOfDenseOnes() {
    Dataset<Row> dense = TestRows.spirals(200, 1);
    Dataset<Row> sparse =
        TestRows.of(
            dense.collectAsList().stream()
                .map(row -> RowFactory.create(row.get(0), sparse(row), row.get(2)))
                .toList());
    for (boolean standardize : new boolean[] {true, false}) {
      LanewiseClassifier classifier = classifier().setRounds(2).setStandardize(standardize);
      LanewiseClassificationModel model = classifier.fit(dense);
      assertEquals(TestRows.crc(model.network()), TestRows.crc(classifier.fit(sparse).network()));
      assertEquals(
          TestRows.values(model.transform(dense), "probability"),
          TestRows.values(model.transform(sparse), "probability"));
    }
  }

  private static Object sparse(Row row) {
    return row.<org.apache.spark.ml.linalg.Vector>getAs("features").toSparse();
  }

  @Test
  void rowsThatCannotBeLearnedFromAreRefusedWithTheirValues() {
    refused(RowFactory.create(0, Vectors.dense(1, 2), 0.5), "0.5");
    refused(RowFactory.create(0, Vectors.dense(1, 2), -1.0), "-1.0");
    refused(RowFactory.create(0, Vectors.dense(1, 2), 100.0), "StringIndexer");
    refused(RowFactory.create(0, Vectors.dense(1, Double.NaN), 1.0), "NaN");
    refused(RowFactory.create(0, Vectors.dense(1, 2, 3), 1.0), "3 features; expected 2");
    refused(RowFactory.create(0, null, 1.0), "null");
  }

  private static void refused(Row row, String word) {
    Dataset<Row> rows = TestRows.of(List.of(RowFactory.create(1, Vectors.dense(1, 1), 0.0), row));
    Exception e = assertThrows(Exception.class, () -> classifier().fit(rows));
    assertTrue(e.getMessage().contains(word), e.getMessage());
  }

  @Test
  void parametersAndColumnsThatDoNotFitAreRefusedBeforeAnyWork() {
    Dataset<Row> rows = TestRows.spirals(20, 1).withColumn("text", lit("a"));
    message(classifier().setBatchSize(12), rows, "multiple of 8");
    message(classifier().setWeightCol("nothing"), rows, "there is no column 'nothing'");
    message(classifier().setWeightCol("text"), rows, "must hold numbers");
    message(classifier().setValidationIndicatorCol("label"), rows, "must hold true or false");
  }

  private static void message(LanewiseClassifier classifier, Dataset<Row> rows, String words) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> classifier.fit(rows));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void classesWithoutRowsCountWhereMetadataNamesThem() {
    Dataset<Row> rows = TestRows.spirals(50, 1);
    Dataset<Row> largest = rows.withColumn("label", when(col("id").equalTo(0), 4.0).otherwise(0.0));
    assertEquals(5, classifier().setRounds(1).fit(largest).numClasses());
    assertEquals(
        3,
        classifier()
            .setRounds(1)
            .fit(rows.withColumn("label", col("label").as("label", threeClasses())))
            .numClasses());
  }

  private static org.apache.spark.sql.types.Metadata threeClasses() {
    return org.apache.spark.ml.attribute.NominalAttribute.defaultAttr()
        .withName("label")
        .withNumValues(3)
        .toMetadata();
  }
}
