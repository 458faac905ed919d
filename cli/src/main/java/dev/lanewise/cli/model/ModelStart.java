package dev.lanewise.cli.model;

import dev.lanewise.cli.text.Words;
import dev.lanewise.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a file is that was named as a model, by its first bytes and its name. */
public final class ModelStart {
  private static final String MODEL = "LANEWISE";

  private ModelStart() {}

  static boolean isModel(Path file) throws IOException {
    return start(file).equals(MODEL);
  }

  /** Refuses a table that stands where the model belongs, and the other way round. */
  public static void requireOrder(String command, Path model, Path table) throws IOException {
    if (table != null && !isModel(model) && isModel(table)) {
      throw new DataException(
          "%s: is no model, but %s is one; the model goes first: lanewise %s"
              .formatted(
                  model, table, Words.join(List.of(command, table.toString(), model.toString()))));
    }
    requireKnown(model);
  }

  /** Refuses what is well known and no model. */
  public static void requireKnown(Path file) throws IOException {
    String start = start(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    String what =
        start.startsWith("\u0093NUMPY") || name.endsWith(".npz")
            ? "arrays of NumPy"
            : name.endsWith(".onnx")
                ? "a model of ONNX, which is written but not read here"
                : name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")
                    ? "a table"
                    : start.startsWith("PK")
                        ? "a zip archive, such as PyTorch saves (.pt) and Excel"
                        : null;
    if (what != null && !start.equals(MODEL)) {
      throw new DataException(
          file
              + ": is no model but "
              + what
              + "; expected a file of lanewise train --save, or a .safetensors file");
    }
  }

  private static String start(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MODEL.length()), StandardCharsets.ISO_8859_1);
    }
  }
}
