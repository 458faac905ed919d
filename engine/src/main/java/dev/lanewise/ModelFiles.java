package dev.lanewise;

import dev.lanewise.internal.format.NetworkData;
import dev.lanewise.internal.format.Onnx;
import dev.lanewise.internal.format.StateDict;
import dev.lanewise.io.FileException;
import dev.lanewise.io.Safetensors;
import dev.lanewise.model.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Networks in the formats of other tools: safetensors, both ways, and ONNX, to predict elsewhere. A
 * network must not be trained, nor its parameters be set, while it is written.
 *
 * <h2>Names in safetensors files</h2>
 *
 * Tensors are named as in the state dict of PyTorch's {@code nn.Sequential}. Every layer counts as
 * one module, and every activation but the identity as one more after it. So a dense layer with
 * ReLU and one with softmax are the modules 0 to 3, and have the tensors {@code 0.weight}, {@code
 * 0.bias}, {@code 2.weight} and {@code 2.bias}. Of module {@code k}:
 *
 * <ul>
 *   <li>dense: {@code k.weight}, {@code out x in} as PyTorch keeps it, and {@code k.bias};
 *   <li>layer norm: {@code k.weight} and {@code k.bias};
 *   <li>batch norm: {@code k.weight}, {@code k.bias}, {@code k.running_mean} and {@code
 *       k.running_var}; a {@code k.num_batches_tracked} is passed over;
 *   <li>normalization, which PyTorch does not have: {@code k.shift} and {@code k.factor};
 *   <li>dropout and residual: none. {@code nn.Sequential} has no residual module either.
 * </ul>
 *
 * <h2>ONNX models</h2>
 *
 * They are of opset 20, the first that has GELU, and IR version 9. A model takes {@code input},
 * {@code batch x in} floats with any number of rows, and gives {@code output}, {@code batch x out}.
 * Batch norms use their running statistics, dropout is left out. Other engines add in another
 * order, so their predictions differ by roundings.
 */
public final class ModelFiles {
  /** Under this name the metadata of a safetensors file hold the layers. */
  private static final String LAYERS = "lanewise.layers";

  private static final String SEPARATOR = ";";

  private ModelFiles() {}

  /**
   * Writes a network as safetensors, with its layers in the metadata. PyTorch's {@code
   * nn.Sequential} of the same modules loads it.
   *
   * @param network the network
   * @param file where to write; its directory must be there, and a file of this name is replaced
   * @throws IOException if writing fails; what was there under the name is left then
   */
  public static void writeSafetensors(Network network, Path file) throws IOException {
    NetworkData data = data(network);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(
        LAYERS, network.layers().stream().map(LayerText::write).collect(Collectors.joining("; ")));
    Safetensors.write(file, metadata, StateDict.tensors(data));
  }

  /**
   * Makes a network of a file that {@link #writeSafetensors} wrote, on {@link Backend#preferred}.
   *
   * @param file the file
   * @return a new network, with the same bits
   * @throws FileException if the file is missing, damaged, or does not say which layers it has
   * @throws IOException if it cannot be read
   */
  public static Network readSafetensors(Path file) throws IOException {
    return readSafetensors(file, Backend.preferred());
  }

  /**
   * Makes a network of a file that {@link #writeSafetensors} wrote.
   *
   * @param file the file
   * @param backend what shall compute
   * @return a new network, with the same bits
   * @throws FileException if the file is missing, damaged, or does not say which layers it has
   * @throws IllegalStateException if the vector backend was asked for and its module is missing
   * @throws IOException if it cannot be read
   */
  public static Network readSafetensors(Path file, Backend backend) throws IOException {
    Objects.requireNonNull(backend, "backend");
    try (Safetensors tensors = Safetensors.open(file)) {
      List<Layer> layers = layers(tensors);
      NetworkData data = StateDict.read(layers, tensors);
      Network network = built(file, layers, backend);
      set(network, data);
      return network;
    }
  }

  /**
   * Loads a safetensors file from anywhere into a network of matching layers. It has the tensors of
   * these layers, and no others.
   *
   * @param network the network, left as it was if the file cannot be used
   * @param file the file
   * @throws FileException if the file is missing or damaged, or its tensors are not those of the
   *     network
   * @throws IOException if it cannot be read
   */
  public static void loadSafetensors(Network network, Path file) throws IOException {
    try (Safetensors tensors = Safetensors.open(file)) {
      set(network, StateDict.read(network.layers(), tensors));
    }
  }

  /**
   * Loads a safetensors file with other names into a network of matching layers. Tensors that are
   * not asked for are passed over.
   *
   * @param network the network, left as it was if the file cannot be used
   * @param file the file
   * @param names gives the file's name for each of ours: {@code name -> "encoder." + name}, or
   *     {@code map::get}
   * @throws FileException if the file is missing or damaged, or a tensor of the network is not in
   *     it in the same shape
   * @throws IOException if it cannot be read
   */
  public static void loadSafetensors(Network network, Path file, UnaryOperator<String> names)
      throws IOException {
    Objects.requireNonNull(names, "names");
    try (Safetensors tensors = Safetensors.open(file)) {
      set(network, StateDict.read(network.layers(), tensors, names));
    }
  }

  /**
   * Writes a network as an ONNX model.
   *
   * @param network the network
   * @param file where to write; its directory must be there, and a file of this name is replaced
   * @throws IllegalArgumentException if the file would have more than 2 GiB, the format's limit
   * @throws IOException if writing fails; what was there under the name is left then
   */
  public static void writeOnnx(Network network, Path file) throws IOException {
    Onnx.write(file, data(network));
  }

  private static NetworkData data(Network network) {
    List<float[]> weights = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    List<float[]> statistics = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      weights.add(network.weights(l));
      biases.add(network.bias(l));
      statistics.add(network.buffers(l));
    }
    return new NetworkData(network.layers(), weights, biases, statistics);
  }

  private static void set(Network network, NetworkData data) {
    for (int l = 0; l < data.layers().size(); l++) {
      network.setWeights(l, data.weights().get(l));
      network.setBias(l, data.biases().get(l));
      network.setBuffers(l, data.buffers().get(l));
    }
  }

  private static List<Layer> layers(Safetensors file) throws FileException {
    String text = file.metadata().get(LAYERS);
    if (text == null) {
      throw new FileException(
          file.file(),
          "the metadata",
          "lack " + LAYERS,
          "build a network of the same layers, and load the file into it by loadSafetensors");
    }
    List<Layer> layers = new ArrayList<>();
    for (String words : text.split(SEPARATOR, -1)) {
      try {
        layers.add(LayerText.read(words));
      } catch (IllegalArgumentException e) {
        throw badLayers(file.file(), "layer " + layers.size() + " of the metadata", e);
      }
    }
    return layers;
  }

  private static Network built(Path file, List<Layer> layers, Backend backend)
      throws FileException {
    try {
      NetworkBuilder builder = Network.builder(layers.get(0).in()).backend(backend);
      layers.forEach(builder::layer);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw badLayers(file, LAYERS + " in the metadata", e);
    }
  }

  private static FileException badLayers(Path file, String where, IllegalArgumentException e) {
    String problem = "is no layer or does not fit: " + e.getMessage();
    return new FileException(
        file, where, problem, "write the file again, or load it by loadSafetensors", e);
  }
}
