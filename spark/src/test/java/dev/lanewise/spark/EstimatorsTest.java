package dev.lanewise.spark;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What Spark ML's users meet, in one session. */
class EstimatorsTest {
  private static SparkSession spark;

  @BeforeAll
  static void open() {
    spark = Sessions.local(2);
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  static SparkSession spark() {
    return spark;
  }

  @Nested
  class Classifiers extends ClassifierFacts {}

  @Nested
  class Regressors extends RegressorFacts {}

  @Nested
  class Predictions extends PredictionFacts {}

  @Nested
  class Readme extends ReadmeFacts {}

  @Nested
  class SavedStages extends SavedStageFacts {}
}
