package dev.lanewise.spark;

import java.io.Serial;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.api.java.UDF1;

/** What a regressor's model says of a row. */
final class NumberScores implements UDF1<Vector, Double> {
  @Serial private static final long serialVersionUID = 1;

  private final Broadcast<TrainedNetwork> trained;
  private final String column;

  /** Made where the rows are. */
  private transient volatile RowPredictor rows;

  NumberScores(Broadcast<TrainedNetwork> trained, String column) {
    this.trained = trained;
    this.column = column;
  }

  @Override
  public Double call(Vector features) {
    RowPredictor known = rows;
    if (known == null) {
      known = new RowPredictor(trained.value().network(), column);
      rows = known;
    }
    return known.predict(features, y -> (double) y[0]);
  }
}
