package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class SpiralsTest {
  @Test
  void bitsNeverChange() {
    assertEquals("8e28f2c9", Long.toHexString(crc(Dataset.spirals(2_000, 0))));
  }

  @Test
  void seedDecides() {
    assertNotEquals(crc(Dataset.spirals(10, 0)), crc(Dataset.spirals(10, 1)));
  }

  @Test
  void classesAlternateWithinTheUnitCircleAndItsNoise() {
    Dataset data = Dataset.spirals(1_000, 7);

    assertEquals(2, data.inputs());
    assertEquals(2, data.outputs());
    for (int r = 0; r < data.rows(); r++) {
      assertEquals(1, data.targets()[2 * r + r % 2]);
      assertEquals(0, data.targets()[2 * r + 1 - r % 2]);
      assertTrue(Math.hypot(data.x()[2 * r], data.x()[2 * r + 1]) < 1.06);
    }
  }

  /** The nearest other point is of the same class, so there is something to learn. */
  @Test
  void neighboursAreOfOneClass() {
    Dataset data = Dataset.spirals(500, 3);
    int alike = 0;
    for (int r = 0; r < data.rows(); r++) {
      alike += (nearest(data, r) - r) % 2 == 0 ? 1 : 0;
    }
    assertTrue(alike >= 490, alike + " of 500");
  }

  @Test
  void needsPoints() {
    assertEquals(
        "spirals need at least 1 point, not 0",
        assertThrows(IllegalArgumentException.class, () -> Dataset.spirals(0, 1)).getMessage());
  }

  private static int nearest(Dataset data, int row) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int r = 0; r < data.rows(); r++) {
      double distance =
          Math.hypot(
              data.x()[2 * r] - data.x()[2 * row], data.x()[2 * r + 1] - data.x()[2 * row + 1]);
      if (r != row && distance < least) {
        least = distance;
        nearest = r;
      }
    }
    return nearest;
  }

  private static long crc(Dataset data) {
    ByteBuffer bytes = ByteBuffer.allocate(data.x().length * Float.BYTES);
    bytes.asFloatBuffer().put(data.x());
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
