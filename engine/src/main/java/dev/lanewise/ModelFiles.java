package dev.lanewise;

import dev.lanewise.io.FormatException;
import dev.lanewise.io.NetworkData;
import dev.lanewise.io.Onnx;
import dev.lanewise.io.Safetensors;
import dev.lanewise.io.StateDict;
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
 * Networks in the formats of other tools: safetensors, both ways, and ONNX, to predict elsewhere.
 *
 * <p>A network must not be trained, nor its parameters be set, while it is written.
 */
public final class ModelFiles {
  /** Under this name the metadata of a safetensors file hold the layers. */
  private static final String LAYERS = "lanewise.layers";

  private static final String SEPARATOR = ";";

  private ModelFiles() {}

  /**
   * Writes a network as safetensors, with tensors named as in {@link StateDict} and with its layers
   * in the metadata. PyTorch's {@code nn.Sequential} of the same modules loads it.
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
   * @throws FormatException if the file is missing, damaged, or does not say which layers it has
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
   * @throws FormatException if the file is missing, damaged, or does not say which layers it has
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
   * Loads a safetensors file from anywhere into a network of matching layers. Its tensors are named
   * as in {@link StateDict}, and there are no others.
   *
   * @param network the network, left as it was if the file cannot be used
   * @param file the file
   * @throws FormatException if the file is missing or damaged, or its tensors are not those of the
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
   * @throws FormatException if the file is missing or damaged, or a tensor of the network is not in
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
   * Writes a network as an ONNX model, see {@link Onnx}.
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

  private static List<Layer> layers(Safetensors file) throws FormatException {
    String text = file.metadata().get(LAYERS);
    if (text == null) {
      throw new FormatException(
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
      throws FormatException {
    try {
      NetworkBuilder builder = Network.builder(layers.get(0).in()).backend(backend);
      layers.forEach(builder::layer);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw badLayers(file, LAYERS + " in the metadata", e);
    }
  }

  private static FormatException badLayers(Path file, String where, IllegalArgumentException e) {
    String problem = "is no layer or does not fit: " + e.getMessage();
    return new FormatException(
        file, where, problem, "write the file again, or load it by loadSafetensors", e);
  }
}
