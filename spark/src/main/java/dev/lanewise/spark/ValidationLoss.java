package dev.lanewise.spark;

import dev.lanewise.Backend;
import dev.lanewise.Batch;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.data.Batches;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.model.TrainingOptions;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/** The loss of rows that are not learned from, computed where they are. */
final class ValidationLoss {
  private ValidationLoss() {}

  /** Returns the loss of all rows: weighted as in training, summed in the fixed tree. */
  static double of(ShardedRows rows, LocalSgd sgd, Broadcast<Packed> model, String description) {
    double[] sums =
        rows.together(
            description,
            shard -> sums(sgd, (LocalModel) model.value().open(), shard),
            (a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
    return sgd.options().loss().isSum() ? sums[0] : sums[0] / sums[1];
  }

  /** Returns the sum of a shard's losses, and that of their weights. */
  private static double[] sums(LocalSgd sgd, LocalModel model, RowBlock rows) {
    NetworkBuilder builder = Network.builder(rows.inputs()).backend(Backend.preferred());
    sgd.layers().forEach(builder::layer);
    Network network = builder.build(model.parameters());
    network.setBuffers(model.buffers());
    // Frozen, a batch norm takes single rows too.
    TrainingOptions options =
        sgd.options().freeze(IntStream.range(0, sgd.layers().size()).toArray());
    Batches batches = Batches.inOrder(rows.given(rows.sparse() && RoundTask.readsSparse(sgd)));
    double sum = 0;
    double total = 0;
    try (Trainer trainer = new Trainer(network, options, 1)) {
      while (batches.next()) {
        Batch batch = Batch.of(batches);
        double weight = trainer.weight(batch);
        if (weight > 0) {
          double loss = trainer.loss(batch);
          sum += options.loss().isSum() ? loss : loss * weight;
          total += weight;
        }
      }
    }
    return new double[] {sum, total};
  }
}
