package dev.lanewise;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What allocates nothing on the thread that calls it, once warm. */
public final class WithoutAllocation {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final int WINDOW = 50;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private WithoutAllocation() {}

  /** Waits for a window without allocation: until then the compiler may still be at work. */
  public static void runs(Runnable action) {
    long start = System.nanoTime();
    long least = Long.MAX_VALUE;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < WINDOW; i++) {
        action.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      if (least == 0) {
        return;
      }
    } while (System.nanoTime() - start < PATIENCE_NANOS);
    fail(WINDOW + " runs never allocated less than " + least + " bytes");
  }
}
