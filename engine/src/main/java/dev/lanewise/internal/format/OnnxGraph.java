package dev.lanewise.internal.format;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Normalization;
import dev.lanewise.model.Layer.Residual;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The ONNX graph of a network. The numbers of fields are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
final class OnnxGraph {
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_STRING = 3;

  private final NetworkData network;
  private final ProtobufMessage graph = new ProtobufMessage();

  /** Of each layer, the name of its outputs. */
  private final String[] outputs;

  private final int lastLayer;

  private OnnxGraph(NetworkData network) {
    this.network = network;
    this.outputs = new String[network.layers().size()];
    int last = outputs.length - 1;
    while (last >= 0 && network.layers().get(last) instanceof Dropout) {
      last--;
    }
    this.lastLayer = last;
  }

  static ProtobufMessage of(NetworkData network) {
    return new OnnxGraph(network).make();
  }

  private ProtobufMessage make() {
    List<Layer> layers = network.layers();
    for (int l = 0; l < layers.size(); l++) {
      add(l, layers.get(l));
    }
    if (lastLayer < 0) {
      node("Identity", OUTPUT, List.of(INPUT));
    }
    return graph
        .string(2, "lanewise")
        .message(11, rows(INPUT, layers.get(0).in()))
        .message(12, rows(OUTPUT, layers.get(layers.size() - 1).out()));
  }

  private void add(int l, Layer layer) {
    if (layer instanceof Dropout) {
      outputs[l] = outputsOf(l - 1);
      return;
    }
    outputs[l] = l == lastLayer ? OUTPUT : "layer" + l;
    Activation activation = layer.activation();
    boolean direct = activation.equals(Activation.IDENTITY);
    String sums = direct ? outputs[l] : "layer" + l + ".sums";
    addSums(l, layer, outputsOf(l - 1), sums);
    if (!direct) {
      addActivation(activation, sums, outputs[l]);
    }
  }

  private String outputsOf(int l) {
    return l < 0 ? INPUT : outputs[l];
  }

  private void addSums(int l, Layer layer, String x, String sums) {
    float[] buffers = network.buffers().get(l);
    int half = buffers.length / 2;
    switch (layer) {
      case Dense dense -> {
        String w = tensor(l, "weight", network.weights().get(l), dense.in(), dense.out());
        node("Gemm", sums, dense.bias() ? List.of(x, w, bias(l)) : List.of(x, w));
      }
      case LayerNorm norm ->
          node(
              "LayerNormalization",
              sums,
              List.of(x, gamma(l), bias(l)),
              attribute("axis", -1),
              attribute("epsilon", norm.epsilon()));
      case BatchNorm norm -> {
        String mean = row(l, "mean", Arrays.copyOf(buffers, half));
        String variance = row(l, "variance", Arrays.copyOfRange(buffers, half, 2 * half));
        node(
            "BatchNormalization",
            sums,
            List.of(x, gamma(l), bias(l), mean, variance),
            attribute("epsilon", norm.epsilon()));
      }
      case Residual residual -> node("Add", sums, List.of(x, outputsOf(residual.from())));
      case Normalization _ -> {
        String shift = row(l, "shift", Arrays.copyOf(buffers, half));
        String factor = row(l, "factor", Arrays.copyOfRange(buffers, half, 2 * half));
        String shifted = "layer" + l + ".shifted";
        node("Sub", shifted, List.of(x, shift));
        node("Mul", sums, List.of(shifted, factor));
      }
      // It has no place in the graph.
      case Dropout _ -> {}
    }
  }

  private String gamma(int l) {
    return row(l, "weight", network.weights().get(l));
  }

  private String bias(int l) {
    return row(l, "bias", network.biases().get(l));
  }

  private void addActivation(Activation activation, String z, String y) {
    float parameter = activation.parameter();
    List<String> in = List.of(z);
    switch (activation.kind()) {
      case IDENTITY -> node("Identity", y, in);
      case RELU -> node("Relu", y, in);
      case SIGMOID -> node("Sigmoid", y, in);
      case TANH -> node("Tanh", y, in);
      case SOFTMAX -> node("Softmax", y, in, attribute("axis", -1));
      case LEAKY_RELU -> node("LeakyRelu", y, in, attribute("alpha", parameter));
      case ELU -> node("Elu", y, in, attribute("alpha", parameter));
      case SELU ->
          node(
              "Selu",
              y,
              in,
              attribute("alpha", (float) 1.6732632423543772),
              attribute("gamma", (float) 1.0507009873554805));
      case GELU -> node("Gelu", y, in, attribute("approximate", "none"));
      case GELU_TANH -> node("Gelu", y, in, attribute("approximate", "tanh"));
      case SOFTPLUS -> node("Softplus", y, in);
      case SILU -> {
        String gate = y + ".gate";
        node("Sigmoid", gate, in);
        node("Mul", y, List.of(z, gate));
      }
    }
  }

  private void node(
      String type, String output, List<String> inputs, ProtobufMessage... attributes) {
    ProtobufMessage node = new ProtobufMessage();
    inputs.forEach(input -> node.string(1, input));
    node.string(2, output).string(3, output + "." + type).string(4, type);
    for (ProtobufMessage attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
  }

  private static ProtobufMessage attribute(String name, float value) {
    return new ProtobufMessage().string(1, name).number(2, value).integer(20, ATTRIBUTE_FLOAT);
  }

  private static ProtobufMessage attribute(String name, int value) {
    return new ProtobufMessage().string(1, name).integer(3, value).integer(20, ATTRIBUTE_INT);
  }

  private static ProtobufMessage attribute(String name, String value) {
    return new ProtobufMessage().string(1, name).string(4, value).integer(20, ATTRIBUTE_STRING);
  }

  private String row(int l, String name, float[] values) {
    return tensor(l, name, values, values.length);
  }

  /** Adds numbers, and returns their name. */
  private String tensor(int l, String name, float[] values, int... shape) {
    String fullName = "layer" + l + "." + name;
    long bytes = (long) Float.BYTES * values.length;
    if (graph.length() + bytes > ProtobufMessage.LONGEST) {
      throw new IllegalArgumentException(
          "an ONNX file holds at most 2 GiB, but the network has more up to its layer "
              + l
              + ": write it as safetensors");
    }
    ProtobufMessage tensor = new ProtobufMessage();
    for (int size : shape) {
      tensor.integer(1, size);
    }
    ByteBuffer raw = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    graph.message(5, tensor.integer(2, FLOAT).string(8, fullName).bytes(9, raw.array()));
    return fullName;
  }

  /** Describes any number of rows. */
  private static ProtobufMessage rows(String name, int columns) {
    ProtobufMessage shape =
        new ProtobufMessage()
            .message(1, new ProtobufMessage().string(2, "batch"))
            .message(1, new ProtobufMessage().integer(1, columns));
    ProtobufMessage tensor = new ProtobufMessage().integer(1, FLOAT).message(2, shape);
    return new ProtobufMessage()
        .string(1, name)
        .message(2, new ProtobufMessage().message(1, tensor));
  }
}
