package dev.lanewise.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Opens Spark sessions. There is one at a time in a virtual machine: close it before the next. */
final class Sessions {
  private Sessions() {}

  /** Returns a session whose tasks run on threads of this virtual machine. */
  static SparkSession local(int threads) {
    return builder("local[" + threads + "]").getOrCreate();
  }

  /** Returns a session with executors of one core each, which are processes of their own. */
  static SparkSession cluster(int executors) {
    try {
      // A cluster without a distribution only asks that this folder is there.
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return builder("local-cluster[" + executors + ",1,1024]")
        .config("spark.executor.memory", "768m")
        // They live for seconds: the second compiler would cost more than it gains.
        .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        // Executors would take JAVA_HOME, which may be another JDK than this one.
        .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
        .config("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
        .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1")
        .getOrCreate();
  }

  private static SparkSession.Builder builder(String master) {
    return SparkSession.builder()
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1");
  }
}
