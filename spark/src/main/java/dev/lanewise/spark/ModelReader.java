package dev.lanewise.spark;

import java.util.function.BiFunction;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import scala.Option;

/** Reads what {@link ModelWriter} wrote of a model. */
final class ModelReader<M extends Params> extends MLReader<M> {
  private final Class<M> type;
  private final BiFunction<String, TrainedNetwork, M> maker;

  ModelReader(Class<M> type, BiFunction<String, TrainedNetwork, M> maker) {
    this.type = type;
    this.maker = maker;
  }

  @Override
  public M load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), type.getName());
    M model = maker.apply(metadata.uid(), TrainedNetwork.read(path, sparkSession().sparkContext()));
    metadata.getAndSetParams(model, Option.empty());
    return model;
  }
}
