package dev.lanewise.spark;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs jobs under a name that Spark's pages show, and digs out why one failed. */
final class SparkJob {
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext spark;

  SparkJob(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Runs jobs on this thread.
   *
   * @param description what they do
   * @param jobs starts them, and waits
   * @return what they give
   * @throws IllegalArgumentException if a task refused a row; with its message
   */
  <T> T run(String description, Supplier<T> jobs) {
    String before = spark.getLocalProperty(DESCRIPTION);
    spark.setLocalProperty(DESCRIPTION, "Lanewise: " + description);
    try {
      return jobs.get();
    } catch (Exception e) {
      // Spark throws what it does not declare, so other exceptions pass as they are.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof RefusedRow refused) {
          throw new IllegalArgumentException(refused.getMessage(), e);
        }
      }
      throw e;
    } finally {
      spark.setLocalProperty(DESCRIPTION, before);
    }
  }
}
