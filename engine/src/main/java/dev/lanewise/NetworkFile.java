package dev.lanewise;

import dev.lanewise.internal.format.NetworkSections;
import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.internal.train.Layout;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.io.FileException;
import dev.lanewise.model.Layer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Layers and numbers of a network, to a file or stream and back. */
final class NetworkFile {
  private NetworkFile() {}

  /** Writes a network, and finishes. */
  static void write(SectionWriter out, Parameters network, Map<String, String> metadata)
      throws IOException {
    List<Layer> layers = network.layout().layers();
    NetworkSections.write(layers, network.all(), network.allBuffers(), metadata, out);
    out.finish();
  }

  /** Reads a network, and makes sure that its metadata can be read. */
  static Parameters read(SectionReader in, int rowAlignment) throws IOException {
    NetworkSections.metadata(in);
    return network(in, rowAlignment);
  }

  /** Reads a network, with rows padded to a multiple of {@code rowAlignment}. */
  static Parameters network(SectionReader in, int rowAlignment) throws IOException {
    List<Layer> layers = NetworkSections.layers(in);
    float[] values = NetworkSections.parameters(in, layers);
    requireNetwork(in, layers);
    float[] buffers = NetworkSections.buffers(in, layers);
    // Only now, when as many numbers as the layers say are known to be there.
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
