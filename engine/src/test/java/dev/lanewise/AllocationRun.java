package dev.lanewise;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.lanewise.model.Activation;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * A program that tells how many bytes a step and a prediction allocate once warm, for machines that
 * run no tests, such as emulated ones. Its argument is how many seconds of processor time, the
 * compilers' included, each may take to get warm.
 */
final class AllocationRun {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int WINDOW = 20;

  private AllocationRun() {}

  public static void main(String[] arguments) {
    Duration patience = Duration.ofSeconds(Long.parseLong(arguments[0]));
    System.out.println("ran on " + BackendInfo.current());
    tell(patience, 1, 4, 64, 3);
    tell(patience, 1, 130, 251, 37, 10);
    tell(patience, 32, 130, 251, 37, 10);
  }

  private static void tell(Duration patience, int rows, int... widths) {
    NetworkBuilder builder = Network.builder(widths[0]);
    StringBuilder name = new StringBuilder().append(widths[0]);
    for (int l = 1; l < widths.length; l++) {
      builder.dense(widths[l], l == widths.length - 1 ? Activation.SOFTMAX : Activation.RELU);
      name.append('-').append(widths[l]);
    }
    Network network = builder.initializer(Initializer.HE, 1).build();
    int outputs = network.outputs();
    float[] x = Samples.numbers(rows * widths[0], 2);
    float[] targets = Samples.probabilities(rows, outputs, 3);
    float[] y = new float[rows * outputs];
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY;
    try (Trainer trainer = new Trainer(network, loss, new AdamW(0.001f), 1)) {
      long step = least(patience, () -> trainer.step(rows, x, 0, targets, 0));
      long prediction = least(patience, () -> network.predict(rows, x, 0, y, 0));
      System.out.println(
          "allocated a step " + step + ", a prediction " + prediction + ": " + name + " " + rows);
    }
  }

  /** Returns the fewest bytes of many windows: until the compiler is done there are some. */
  private static long least(Duration patience, Runnable action) {
    long start = PROCESS.getProcessCpuTime();
    long least = Long.MAX_VALUE;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < WINDOW; i++) {
        action.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    } while (least > 0 && PROCESS.getProcessCpuTime() - start < patience.toNanos());
    return least / WINDOW;
  }
}
