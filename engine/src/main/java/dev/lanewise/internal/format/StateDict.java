package dev.lanewise.internal.format;

import dev.lanewise.io.FileException;
import dev.lanewise.io.FloatArray;
import dev.lanewise.io.Safetensors;
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
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The numbers of a network as tensors, named as in the state dict of PyTorch's {@code
 * nn.Sequential}; {@code dev.lanewise.ModelFiles} tells the names.
 */
public final class StateDict {
  private static final String BATCHES = ".num_batches_tracked";

  private StateDict() {}

  /** Which numbers of a layer a tensor holds. */
  private enum Part {
    WEIGHTS,
    BIAS,
    FIRST_BUFFER,
    SECOND_BUFFER
  }

  /** A tensor of a layer, and which numbers of the layer it holds. */
  private record Slot(String name, int layer, Part part, List<Integer> shape) {
    /** Files keep a matrix the other way round. */
    boolean isMatrix() {
      return shape.size() == 2;
    }
  }

  private static List<Slot> slots(List<Layer> layers) {
    List<Slot> slots = new ArrayList<>();
    int module = 0;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      String name = module + ".";
      List<Integer> row = List.of(layer.out());
      switch (layer) {
        case Dense dense -> {
          slots.add(new Slot(name + "weight", l, Part.WEIGHTS, List.of(layer.out(), layer.in())));
          if (dense.bias()) {
            slots.add(new Slot(name + "bias", l, Part.BIAS, row));
          }
        }
        case LayerNorm _ -> {
          slots.add(new Slot(name + "weight", l, Part.WEIGHTS, row));
          slots.add(new Slot(name + "bias", l, Part.BIAS, row));
        }
        case BatchNorm _ -> {
          slots.add(new Slot(name + "weight", l, Part.WEIGHTS, row));
          slots.add(new Slot(name + "bias", l, Part.BIAS, row));
          slots.add(new Slot(name + "running_mean", l, Part.FIRST_BUFFER, row));
          slots.add(new Slot(name + "running_var", l, Part.SECOND_BUFFER, row));
        }
        case Normalization _ -> {
          slots.add(new Slot(name + "shift", l, Part.FIRST_BUFFER, row));
          slots.add(new Slot(name + "factor", l, Part.SECOND_BUFFER, row));
        }
        case Dropout _, Residual _ -> {}
      }
      module += layer.activation().equals(Activation.IDENTITY) ? 1 : 2;
    }
    return slots;
  }

  /**
   * Returns a network's numbers as tensors.
   *
   * @param network the network
   * @return new tensors by name, from the inputs on
   */
  public static Map<String, FloatArray> tensors(NetworkData network) {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (Slot slot : slots(network.layers())) {
      int l = slot.layer();
      Layer layer = network.layers().get(l);
      float[] statistics = network.buffers().get(l);
      int half = statistics.length / 2;
      float[] values =
          switch (slot.part()) {
            case WEIGHTS ->
                slot.isMatrix()
                    ? transposed(layer.in(), layer.out(), network.weights().get(l))
                    : network.weights().get(l).clone();
            case BIAS -> network.biases().get(l).clone();
            case FIRST_BUFFER -> Arrays.copyOf(statistics, half);
            case SECOND_BUFFER -> Arrays.copyOfRange(statistics, half, statistics.length);
          };
      int[] shape = slot.shape().stream().mapToInt(Integer::intValue).toArray();
      tensors.put(slot.name(), FloatArray.of(values, shape));
    }
    return tensors;
  }

  /**
   * Reads the numbers of a network, which must be all that the file holds.
   *
   * @param layers the network's layers
   * @param file the file
   * @return the network's numbers
   * @throws FileException if the file lacks a tensor of a layer, has it in another shape or of
   *     another type than a float, or has a tensor that belongs to no layer
   * @throws IOException if it cannot be read
   */
  public static NetworkData read(List<Layer> layers, Safetensors file) throws IOException {
    Set<String> unknown = new HashSet<>(file.names());
    for (Slot slot : slots(layers)) {
      unknown.remove(slot.name());
      if (layers.get(slot.layer()) instanceof BatchNorm) {
        unknown.remove(slot.name().substring(0, slot.name().indexOf('.')) + BATCHES);
      }
    }
    NetworkData network = read(layers, file, UnaryOperator.identity());
    if (!unknown.isEmpty()) {
      throw new FileException(
          file.file(),
          tensor(unknown.stream().sorted().findFirst().orElseThrow()),
          "belongs to no layer",
          "expected those of "
              + layers
              + ": change the layers, or say which tensor is which, then others are passed over");
    }
    return network;
  }

  /**
   * Reads the numbers of a network under other names, and passes over other tensors.
   *
   * @param layers the network's layers
   * @param file the file
   * @param names gives the name in the file for each of ours; null is refused as missing
   * @return the network's numbers
   * @throws FileException if the file lacks a tensor of a layer, or has it in another shape or of
   *     another type than a float
   * @throws IOException if it cannot be read
   */
  public static NetworkData read(List<Layer> layers, Safetensors file, UnaryOperator<String> names)
      throws IOException {
    List<Slot> slots = slots(layers);
    for (Slot slot : slots) {
      requireShape(layers, file, slot, theirName(file, slot, names));
    }
    List<float[]> weights = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    List<float[]> statistics = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      weights.add(new float[0]);
      biases.add(new float[0]);
      statistics.add(new float[0]);
    }
    for (Slot slot : slots) {
      int l = slot.layer();
      float[] values = file.tensor(theirName(file, slot, names)).values();
      switch (slot.part()) {
        case WEIGHTS -> {
          Layer layer = layers.get(l);
          weights.set(l, slot.isMatrix() ? transposed(layer.out(), layer.in(), values) : values);
        }
        case BIAS -> biases.set(l, values);
        case FIRST_BUFFER -> statistics.set(l, Arrays.copyOf(values, 2 * values.length));
        case SECOND_BUFFER ->
            System.arraycopy(values, 0, statistics.get(l), values.length, values.length);
      }
    }
    return new NetworkData(layers, weights, biases, statistics);
  }

  private static String tensor(String name) {
    return "tensor \"" + name + '"';
  }

  private static String theirName(Safetensors file, Slot slot, UnaryOperator<String> names)
      throws FileException {
    String name = names.apply(slot.name());
    if (name == null) {
      throw new FileException(
          file.file(),
          "the names of tensors",
          "are not complete: no name was given for \"" + slot.name() + '"',
          "name the tensor of the file that holds it");
    }
    return name;
  }

  private static void requireShape(
      List<Layer> layers, Safetensors file, Slot slot, String theirName) throws FileException {
    List<Long> wanted = slot.shape().stream().map(Integer::longValue).toList();
    List<Long> shape = file.shape(theirName);
    if (!shape.equals(wanted)) {
      throw new FileException(
          file.file(),
          tensor(theirName),
          "has the shape " + shape,
          "layer "
              + slot.layer()
              + ", "
              + layers.get(slot.layer())
              + ", needs "
              + wanted
              + ": make the layers those of the file");
    }
  }

  /** Returns a matrix of {@code rows x columns} as {@code columns x rows}. */
  private static float[] transposed(int rows, int columns, float[] values) {
    float[] turned = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = values[r * columns + c];
      }
    }
    return turned;
  }
}
