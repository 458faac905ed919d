package dev.lanewise.internal.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What the virtual machine says of itself is so. */
class VirtualMachineTest {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final int ARRAYS = 1_000;
  private static final int OBJECT_ALIGNMENT = 8;

  private final float[][] arrays = new float[ARRAYS][];

  /** Arrays of one and of two numbers tell 12, 16 and 20 bytes apart. */
  @Test
  void anArrayHasSoManyBytesBeforeItsFloats() {
    for (int n = 1; n <= 2; n++) {
      int bytes = VirtualMachine.bytesBeforeFloats() + n * Float.BYTES;
      int aligned = (bytes + OBJECT_ALIGNMENT - 1) / OBJECT_ALIGNMENT * OBJECT_ALIGNMENT;
      assertEquals(aligned, bytesOfAnArray(n), "array of " + n);
    }
  }

  /** The least of many: the compiler or the collector may allocate in between. */
  private long bytesOfAnArray(int n) {
    long least = Long.MAX_VALUE;
    for (int repetition = 0; repetition < 20; repetition++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ARRAYS; i++) {
        arrays[i] = new float[n];
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / ARRAYS;
  }
}
