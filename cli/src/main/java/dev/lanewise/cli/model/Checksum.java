package dev.lanewise.cli.model;

import dev.lanewise.Network;
import dev.lanewise.cli.text.Terminal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Checksums, by which runs are compared. */
public final class Checksum {
  private Checksum() {}

  /** Returns the checksum of all parameters in public order, as little-endian floats. */
  public static String of(Network network) {
    return of(network.parameters());
  }

  /** Returns the checksum of numbers, as little-endian floats. */
  public static String of(float[]... arrays) {
    ByteBuffer one = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = new CRC32C();
    for (float[] values : arrays) {
      for (float value : values) {
        crc.update(one.putFloat(0, value).rewind());
      }
    }
    return Terminal.format("%08x", crc.getValue());
  }
}
