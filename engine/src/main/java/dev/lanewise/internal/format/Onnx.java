package dev.lanewise.internal.format;

import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes networks as ONNX models (<a href="https://onnx.ai/onnx/operators/">operators</a>); {@code
 * dev.lanewise.ModelFiles} tells what stands in them.
 */
public final class Onnx {
  /** The version of the standard operators; the first that has GELU. */
  static final int OPSET = 20;

  /** The version of the file format, the one that came with this opset. */
  static final int IR_VERSION = 9;

  private Onnx() {}

  /**
   * Writes a model.
   *
   * @param file where to write; its directory must be there, and a file of this name is replaced
   * @param network the network
   * @throws IllegalArgumentException if the file would have more than 2 GiB, the format's limit
   * @throws IOException if writing fails; what was there under the name is left then
   */
  public static void write(Path file, NetworkData network) throws IOException {
    ProtobufMessage model =
        new ProtobufMessage()
            .integer(1, IR_VERSION)
            .string(2, "lanewise")
            .message(7, OnnxGraph.of(network))
            .message(8, new ProtobufMessage().string(1, "").integer(2, OPSET));
    if (model.length() > ProtobufMessage.LONGEST) {
      throw new IllegalArgumentException(
          "an ONNX file holds at most 2 GiB, but this network needs "
              + model.length()
              + " bytes: write it as safetensors");
    }
    AtomicFile.write(file, model::writeTo);
  }
}
