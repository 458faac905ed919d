package dev.lanewise.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;

/** Writes Spark's metadata, and a network beside it if there is one. */
final class ModelWriter extends MLWriter {
  private final Params stage;
  private final TrainedNetwork trained;

  /** Writes a stage; {@code trained} is null for one without a network. */
  ModelWriter(Params stage, TrainedNetwork trained) {
    this.stage = stage;
    this.trained = trained;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter$.MODULE$.saveMetadata(stage, path, sparkSession());
    if (trained != null) {
      try {
        trained.write(path, sparkSession().sparkContext());
      } catch (IOException e) {
        throw new UncheckedIOException("the model cannot be written to " + path, e);
      }
    }
  }
}
