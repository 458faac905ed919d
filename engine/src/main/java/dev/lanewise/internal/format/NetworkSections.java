package dev.lanewise.internal.format;

import dev.lanewise.io.FileException;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Normalization;
import dev.lanewise.model.Layer.Residual;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The sections of a file that hold a network: its layers, each with type, inputs, outputs,
 * activation and what else it has; all parameters in public order; all statistics, layer by layer;
 * metadata.
 */
public final class NetworkSections {
  private static final String LAYERS = "layers";
  private static final String PARAMETERS = "parameters";
  private static final String STATISTICS = "statistics";
  private static final String METADATA = "metadata";

  private NetworkSections() {}

  /** Writes a network: its layers, all parameters in public order, the buffers of all layers. */
  public static void write(
      List<Layer> layers,
      float[] parameters,
      float[] buffers,
      Map<String, String> metadata,
      SectionWriter out)
      throws IOException {
    out.section(LAYERS).putInt(layers.size());
    for (Layer layer : layers) {
      write(layer, out);
    }
    out.section(PARAMETERS).putFloats(parameters);
    out.section(STATISTICS).putFloats(buffers);
    out.section(METADATA).putInt(metadata.size());
    for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
      out.putText(entry.getKey()).putText(entry.getValue());
    }
  }

  private static void write(Layer layer, SectionWriter out) throws IOException {
    switch (layer) {
      case Dense dense -> head("dense", layer, out).putInt(dense.bias() ? 1 : 0);
      case LayerNorm norm -> head("layer norm", layer, out).putFloat(norm.epsilon());
      case BatchNorm norm ->
          head("batch norm", layer, out).putFloat(norm.epsilon()).putFloat(norm.momentum());
      case Dropout dropout -> head("dropout", layer, out).putFloat(dropout.rate());
      case Residual residual -> head("residual", layer, out).putInt(residual.from());
      // The name that it had in the first version of the format.
      case Normalization _ -> head("rescale", layer, out);
    }
  }

  private static SectionWriter head(String type, Layer layer, SectionWriter out)
      throws IOException {
    Activation activation = layer.activation();
    return out.putText(type)
        .putInt(layer.in())
        .putInt(layer.out())
        .putText(activation.kind().name())
        .putFloat(activation.parameter());
  }

  /** Returns the parameters, of which there are as many as the layers say. */
  public static float[] parameters(SectionReader in, List<Layer> layers) throws IOException {
    return numbers(in.section(PARAMETERS), layers, Layer::parameterCount);
  }

  /** Returns the buffers, of which there are as many as the layers say. */
  public static float[] buffers(SectionReader in, List<Layer> layers) throws IOException {
    return numbers(in.section(STATISTICS), layers, Layer::bufferLength);
  }

  /** Returns an exception about layers that do not go together. */
  public static FileException noNetwork(SectionReader in, IllegalArgumentException e)
      throws FileException {
    return in.section(LAYERS).defect("these layers make no network: " + e.getMessage());
  }

  private static float[] numbers(SectionReader in, List<Layer> layers, ToLongFunction<Layer> of)
      throws IOException {
    long count = 0;
    for (Layer layer : layers) {
      count += of.applyAsLong(layer);
      if (count > in.left() / Float.BYTES) {
        throw in.defect("holds " + in.left() + " bytes, too few for the layers: it is damaged");
      }
    }
    return in.getFloats((int) count);
  }

  /** Returns the layers. */
  public static List<Layer> layers(SectionReader in) throws IOException {
    int count = in.section(LAYERS).getInt();
    if (count < 1) {
      throw in.defect("a network has at least 1 layer, but " + count + " are announced");
    }
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      layers.add(layer(in));
    }
    in.requireEnd();
    return layers;
  }

  private static Layer layer(SectionReader in) throws IOException {
    String type = in.getText();
    int inputs = in.getInt();
    int outputs = in.getInt();
    String kind = in.getText();
    float parameter = in.getFloat();
    try {
      Activation activation = new Activation(Activation.Kind.valueOf(kind), parameter);
      Layer layer =
          switch (type) {
            case "dense" -> new Dense(inputs, outputs, activation, in.getInt() != 0);
            case "layer norm" -> new LayerNorm(inputs, activation, in.getFloat());
            case "batch norm" -> new BatchNorm(inputs, activation, in.getFloat(), in.getFloat());
            case "dropout" -> new Dropout(inputs, in.getFloat());
            case "residual" -> new Residual(inputs, in.getInt(), activation);
            case "rescale" -> new Normalization(inputs);
            default ->
                throw in.defect(
                    "there is no layer of type \"" + type + "\" in this Lanewise: use a newer one");
          };
      if (layer.out() != outputs) {
        throw in.defect(layer + " cannot have " + outputs + " outputs: it is damaged");
      }
      return layer;
    } catch (IllegalArgumentException e) {
      throw in.defect("a layer of type \"" + type + "\" is damaged, or newer: " + e.getMessage());
    }
  }

  /** Returns the metadata, sorted by name. */
  public static Map<String, String> metadata(SectionReader in) throws IOException {
    int count = in.section(METADATA).getInt();
    Map<String, String> metadata = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      metadata.put(in.getText(), in.getText());
    }
    in.requireEnd();
    return metadata;
  }
}
