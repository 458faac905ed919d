package dev.lanewise.spark;

import dev.lanewise.loop.ShardModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An object as Java's serialization writes it, so that records travel whatever {@code
 * spark.serializer} is.
 */
// Not a record itself, for the same reason.
final class Packed implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] bytes;

  private Packed(byte[] bytes) {
    this.bytes = bytes;
  }

  static Packed of(Object object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Packed(bytes.toByteArray());
  }

  /**
   * Opens what tasks gave.
   *
   * @param parts models, or exceptions of tasks that could make none
   * @return the models
   * @throws RuntimeException the first of the exceptions
   */
  static List<ShardModel> models(List<Packed> parts) {
    List<ShardModel> models = new ArrayList<>();
    for (Packed part : parts) {
      Object made = part.open();
      if (made instanceof RuntimeException failure) {
        throw failure;
      }
      models.add((ShardModel) made);
    }
    return models;
  }

  /** Returns a copy of the object. */
  Object open() {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "driver and executors must have the same Lanewise on their class paths", e);
    }
  }
}
