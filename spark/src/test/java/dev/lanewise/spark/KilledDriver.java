package dev.lanewise.spark;

import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/**
 * A driver with one core: it trains and tells the checksum, then trains with checkpoints in the
 * directory that it is given, and after the third round waits until it is killed.
 */
final class KilledDriver {
  private KilledDriver() {}

  public static void main(String[] directory) throws Exception {
    try (SparkSession spark = Sessions.local(1);
        ShardedRows rows = Examples.deal(Examples.rows(spark, false, 3), null, 8, 0)) {
      System.out.println(train(rows, RoundSettings.standard()));
      RoundListener wait =
          round -> {
            if (round.number() == 3) {
              System.out.println("kill me");
              sleep();
            }
          };
      train(rows, RoundSettings.standard().withCheckpoints(directory[0], 1).withListener(wait));
    }
  }

  private static String train(ShardedRows rows, RoundSettings settings) {
    return Examples.crc(
        Rounds.run(
            rows, null, Examples.SGD, Examples.start(Examples.SGD), Examples.ROUNDS, settings));
  }

  private static void sleep() {
    try {
      TimeUnit.MINUTES.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
