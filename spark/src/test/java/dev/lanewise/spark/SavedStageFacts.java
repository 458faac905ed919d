package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class SavedStageFacts {
  @TempDir Path directory;

  @Test
  void anEstimatorKeepsItsParameters() throws Exception {
    String path = directory.resolve("estimator").toString();
    LanewiseClassifier saved =
        new LanewiseClassifier().setHiddenLayers(7, 5).setLabelSmoothing(0.1).setSeed(1L << 60);
    saved.write().overwrite().save(path);
    saved.write().overwrite().save(path);
    LanewiseClassifier loaded = LanewiseClassifier.load(path);
    assertEquals(saved.uid(), loaded.uid());
    assertEquals(saved.explainParams(), loaded.explainParams());
    LanewiseRegressor regressor = new LanewiseRegressor().setLoss("huber");
    regressor.save(directory.resolve("regressor").toString());
    assertEquals(
        regressor.explainParams(),
        LanewiseRegressor.load(directory.resolve("regressor").toString()).explainParams());
  }

  @Test
  void aModelsFolderHoldsAFileThatTheEngineReads() throws Exception {
    Dataset<Row> rows = TestRows.curve(200, 1);
    LanewiseRegressionModel model = new LanewiseRegressor().setRounds(2).fit(rows);
    model.save(directory.resolve("model").toUri().toString());
    LanewiseRegressionModel loaded =
        LanewiseRegressionModel.load(directory.resolve("model").toUri().toString());
    assertEquals(
        TestRows.values(model.transform(rows), "prediction"),
        TestRows.values(loaded.transform(rows), "prediction"));
    assertEquals(model.explainParams(), loaded.explainParams());
    assertArrayEquals(model.lossHistory(), loaded.lossHistory());
    Network network = Network.load(directory.resolve("model").resolve("model.lanewise"));
    Row first = model.transform(rows).head();
    float[] x = new float[3];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) first.<org.apache.spark.ml.linalg.Vector>getAs("features").apply(i);
    }
    assertEquals(first.<Double>getAs("prediction"), network.predict(x)[0]);
  }

  @Test
  void aPipelineWithACrossValidatorLearnsIrisAndIsReadBackToTheBit() throws Exception {
    Dataset<Row> iris =
        EstimatorsTest.spark()
            .read()
            .option("inferSchema", true)
            .csv("../docs/data/iris.csv")
            .withColumn("id", functions.monotonically_increasing_id());
    LanewiseClassifier classifier =
        new LanewiseClassifier().setBatchSize(16).setRounds(2).setRoundSteps(240).setShards(2);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.learningRate(), new double[] {1e-6, 0.01})
            .build();
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(2)
            .setSeed(1);
    PipelineStage[] stages = {
      new StringIndexer().setInputCol("_c4").setOutputCol("label"),
      new VectorAssembler()
          .setInputCols(new String[] {"_c0", "_c1", "_c2", "_c3"})
          .setOutputCol("features"),
      validator
    };
    Pipeline pipeline = new Pipeline().setStages(stages);
    pipeline.save(directory.resolve("pipeline").toString());
    PipelineModel model = Pipeline.load(directory.resolve("pipeline").toString()).fit(iris);
    model.save(directory.resolve("model").toString());
    Dataset<Row> predicted = model.transform(iris);
    assertTrue(TestRows.accuracy(predicted) > 0.95, "accuracy " + TestRows.accuracy(predicted));
    LanewiseClassificationModel best =
        (LanewiseClassificationModel) ((CrossValidatorModel) model.stages()[2]).bestModel();
    assertEquals(0.01, best.getLearningRate());
    assertEquals(3, best.numClasses());
    List<String> values = TestRows.values(predicted, "rawPrediction", "probability", "prediction");
    assertEquals(
        values,
        TestRows.values(
            PipelineModel.load(directory.resolve("model").toString()).transform(iris),
            "rawPrediction",
            "probability",
            "prediction"));
  }
}
