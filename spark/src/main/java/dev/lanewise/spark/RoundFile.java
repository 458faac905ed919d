package dev.lanewise.spark;

import dev.lanewise.TrainerState;
import dev.lanewise.loop.LocalModel;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A checkpoint as bytes: the number {@link #MAGIC}, settings in words, the model, and a CRC32C of
 * all before. Numbers are big-endian, texts as {@link DataOutputStream#writeUTF} has them, arrays
 * of floats begin with their length.
 *
 * @param settings what the training depends on beside the model, by name
 * @param model the model between two rounds
 */
record RoundFile(Map<String, String> settings, LocalModel model) {
  /** {@code LWROUND1}. */
  private static final long MAGIC = 0x4C57524F554E4431L;

  private static final int CHUNK = 1 << 14;

  void write(OutputStream stream) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeLong(MAGIC);
    out.writeInt(settings.size());
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      out.writeUTF(setting.getKey());
      out.writeUTF(setting.getValue());
    }
    out.writeLong(model.round());
    out.writeLong(model.rows());
    out.writeDouble(model.loss());
    write(out, model.parameters());
    write(out, model.buffers());
    write(out, model.velocity());
    out.writeBoolean(model.trainer() != null);
    if (model.trainer() != null) {
      write(out, model.trainer());
    }
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  private static void write(DataOutputStream out, TrainerState state) throws IOException {
    out.writeFloat(state.learningRate());
    out.writeLong(state.steps());
    out.writeLong(state.updates());
    out.writeInt(state.accumulated());
    out.writeInt(state.blocks().size());
    for (float[] block : state.blocks()) {
      write(out, block);
    }
    write(out, state.gradients());
  }

  private static void write(DataOutputStream out, float[] numbers) throws IOException {
    out.writeInt(numbers.length);
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int at = 0; at < numbers.length; at += CHUNK) {
      int count = Math.min(CHUNK, numbers.length - at);
      bytes.asFloatBuffer().put(numbers, at, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Sees that nothing was changed or cut off, so that what is read then has the lengths it says.
   *
   * @throws IOException if it was
   */
  static void check(InputStream in, long length) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] bytes = new byte[CHUNK];
    for (long left = length - Integer.BYTES; left > 0; ) {
      int count = in.readNBytes(bytes, 0, (int) Math.min(left, CHUNK));
      if (count == 0) {
        throw new EOFException("it ends too early");
      }
      crc.update(bytes, 0, count);
      left -= count;
    }
    int saved = length < Integer.BYTES ? 0 : new DataInputStream(in).readInt();
    if (length < Integer.BYTES || saved != (int) crc.getValue()) {
      throw new IOException(
          String.format("its checksum is %08x, but should be %08x", crc.getValue(), saved));
    }
  }

  /** Reads what {@link #check} found right. */
  static RoundFile read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    if (in.readLong() != MAGIC) {
      throw new IOException("it is no checkpoint of rounds, or one of a newer version");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      settings.put(in.readUTF(), in.readUTF());
    }
    LocalModel model =
        new LocalModel(
            in.readLong(),
            in.readLong(),
            in.readDouble(),
            readFloats(in),
            readFloats(in),
            readFloats(in),
            in.readBoolean() ? readTrainer(in) : null);
    return new RoundFile(settings, model);
  }

  private static TrainerState readTrainer(DataInputStream in) throws IOException {
    float learningRate = in.readFloat();
    long steps = in.readLong();
    long updates = in.readLong();
    int accumulated = in.readInt();
    List<float[]> blocks = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      blocks.add(readFloats(in));
    }
    return new TrainerState(learningRate, steps, updates, accumulated, blocks, readFloats(in));
  }

  private static float[] readFloats(DataInputStream in) throws IOException {
    float[] numbers = new float[in.readInt()];
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int at = 0; at < numbers.length; at += CHUNK) {
      int count = Math.min(CHUNK, numbers.length - at);
      in.readFully(bytes.array(), 0, count * Float.BYTES);
      bytes.asFloatBuffer().get(numbers, at, count);
    }
    return numbers;
  }
}
