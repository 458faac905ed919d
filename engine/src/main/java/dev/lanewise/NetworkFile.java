package dev.lanewise;

import dev.lanewise.internal.format.NetworkSections;
import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.internal.train.Layout;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.io.FileException;
import dev.lanewise.model.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Layers and numbers of a network, to a file and back. */
final class NetworkFile {
  private NetworkFile() {}

  /** Writes a file, in place of what was there, in one go. */
  static void save(Path file, Parameters network, Map<String, String> metadata) throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      List<Layer> layers = network.layout().layers();
      NetworkSections.write(layers, network.all(), network.allBuffers(), metadata, out);
      out.finish();
    }
  }

  /** Reads a file, all of it, and returns its network; see {@link #network}. */
  static Parameters load(Path file, int rowAlignment) throws IOException {
    try (SectionReader in = new SectionReader(file)) {
      NetworkSections.metadata(in);
      return network(in, rowAlignment);
    }
  }

  /** Reads the network of a file, with rows padded to a multiple of {@code rowAlignment}. */
  static Parameters network(SectionReader in, int rowAlignment) throws IOException {
    List<Layer> layers = NetworkSections.layers(in);
    float[] values = NetworkSections.parameters(in, layers);
    requireNetwork(in, layers);
    float[] buffers = NetworkSections.buffers(in, layers);
    // Only now, when the file is known to have as many numbers as the layers say.
    Parameters parameters = new Parameters(layout(in, layers, rowAlignment));
    parameters.setAll(values);
    parameters.setAllBuffers(buffers);
    return parameters;
  }

  private static void requireNetwork(SectionReader in, List<Layer> layers) throws FileException {
    try {
      LayerChain chain = new LayerChain(layers.get(0).in());
      layers.forEach(chain::add);
      chain.requireWhole();
    } catch (IllegalArgumentException e) {
      throw NetworkSections.noNetwork(in, e);
    }
  }

  private static Layout layout(SectionReader in, List<Layer> layers, int rowAlignment)
      throws FileException {
    try {
      return new Layout(layers, rowAlignment);
    } catch (IllegalArgumentException e) {
      throw NetworkSections.noNetwork(in, e);
    }
  }
}
