package dev.lanewise.spark;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Times rounds of one step, for networks of a few sizes: what a round costs whatever is trained.
 * The argument is the master.
 */
final class RoundCosts {
  private static final int INPUTS = 50;
  private static final int CLASSES = 5;
  private static final int SHARDS = 8;
  private static final int ROUNDS = 20;

  private RoundCosts() {}

  public static void main(String[] args) throws Exception {
    try (SparkSession session = Measured.session(args[0])) {
      Dataset<Row> table = Measured.table(session, 10_000, INPUTS, CLASSES);
      for (int tasks : new int[] {2, SHARDS}) {
        try (ShardedRows rows =
            ShardedRows.deal(table, "features", "label", null, CLASSES, true, SHARDS, tasks, 1)) {
          for (int width : new int[] {64, 256, 960, 2_000}) {
            time(rows, width, Long.MAX_VALUE, "collect");
            time(rows, width, 0, "slices");
          }
        }
      }
    }
  }

  private static void time(ShardedRows rows, int width, long collectLimit, String how) {
    NetworkBuilder builder = Network.builder(INPUTS);
    builder.dense(width, Activation.RELU).dense(width, Activation.RELU);
    Network network = builder.dense(CLASSES, Activation.SOFTMAX).build();
    TrainingOptions options = TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.01f));
    LocalSgd sgd = new LocalSgd(network.layers(), options, SHARDS, 64).withRoundSteps(1);
    List<Double> seconds = new ArrayList<>();
    RoundSettings settings =
        RoundSettings.standard()
            .withCollectLimit(collectLimit)
            .withListener(round -> seconds.add(round.seconds()));
    LocalModel model = Rounds.run(rows, null, sgd, sgd.start(network), ROUNDS, settings);
    // The first ones compile.
    List<Double> later = new ArrayList<>(seconds.subList(ROUNDS / 2, ROUNDS));
    Collections.sort(later);
    System.out.printf(
        Locale.ROOT,
        "%,10d parameters, %d shards, %d tasks, %-7s median %.3f s, least %.3f s%n",
        model.parameters().length,
        SHARDS,
        rows.tasks(),
        how,
        later.get(later.size() / 2),
        later.getFirst());
  }
}
