package dev.lanewise.cli.doctor;

import dev.lanewise.Backend;
import dev.lanewise.cli.text.Terminal;
import java.util.ArrayList;
import java.util.List;

/** What could be changed for more speed. */
final class Advice {
  private static final Runtime.Version OLDEST = Runtime.Version.parse("25.0.3");
  private static final double LARGE_SPREAD = 0.2;
  private static final double LEAST_OF_PEAK = 0.6;
  private static final long SMALL_HEAP = 512L << 20;

  private Advice() {}

  /** Returns sentences; none if there is nothing to change. */
  static List<String> of(Machine machine, Measures measures) {
    List<String> advice = new ArrayList<>();
    compiler(machine, advice);
    if (machine.backend().backend() == Backend.SCALAR) {
      scalar(machine, advice);
    } else {
      vectors(machine, advice);
    }
    if (!machine.backend().fma()) {
      advice.add(
          "The virtual machine does not use fused multiply-adds, so plain loops run, which make"
              + " them of other operations: remove -XX:-UseFMA or -XX:UseAVX=0, or take a processor"
              + " with FMA (most since 2013).");
    }
    if (machine.version().compareTo(OLDEST) < 0) {
      advice.add(
          "Java "
              + machine.version()
              + " is older than "
              + OLDEST
              + ", which compiles vectors better: install a newer JDK 25.");
    }
    if (machine.backend().threads() > machine.processors()) {
      advice.add(
          Terminal.format(
              "%d threads are asked for, but there are %d processors: lower lanewise.threads or"
                  + " --threads.",
              machine.backend().threads(), machine.processors()));
    }
    if (machine.cores() > machine.processors()) {
      advice.add(
          Terminal.format(
              "This program may use %d of the machine's %d processors (a container's quota, or"
                  + " taskset): more threads than that only wait for each other.",
              machine.processors(), machine.cores()));
    }
    if (machine.heap() < SMALL_HEAP) {
      advice.add(
          Terminal.format(
              "Objects may take %,d MB: for larger tables give more, for example"
                  + " LANEWISE_JAVA_OPTS=-Xmx2g.",
              machine.heap() >> 20));
    }
    measured(measures, advice);
    return advice;
  }

  private static void compiler(Machine machine, List<String> advice) {
    if (machine.flags().isEmpty()) {
      advice.add(
          "This is not HotSpot, whose C2 compiler makes machine instructions of vectors: run on a"
              + " HotSpot JDK, such as Temurin.");
    } else if ("false".equals(machine.flags().get("UseCompiler"))) {
      advice.add("Nothing is compiled: remove -Xint.");
    } else if (!"4".equals(machine.flags().getOrDefault("TieredStopAtLevel", "4"))) {
      advice.add("The compiler C2 is switched off: remove -XX:TieredStopAtLevel.");
    }
  }

  private static void scalar(Machine machine, List<String> advice) {
    String asked = machine.backend().properties().get("lanewise.backend");
    if ("scalar".equals(asked)) {
      advice.add("Plain loops were asked for: remove -Dlanewise.backend=scalar.");
    } else if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      advice.add("Vectors are missing: add --add-modules jdk.incubator.vector.");
    }
  }

  private static void vectors(Machine machine, List<String> advice) {
    int bits = machine.backend().vectorBits();
    if (machine.cpuVectorBits() <= bits) {
      return;
    }
    String asked = machine.backend().properties().get("lanewise.vectorBits");
    String size = machine.flags().getOrDefault("MaxVectorSize", "");
    boolean limited = size.isEmpty() || Integer.parseInt(size) * Byte.SIZE <= bits;
    advice.add(
        Terminal.format(
            "Vectors of %d bits are used, the processor has %d: %s.",
            bits,
            machine.cpuVectorBits(),
            asked != null
                ? "remove -Dlanewise.vectorBits=" + asked
                : limited
                    ? "try -XX:UseAVX=3, or remove -XX:MaxVectorSize and -XX:UseAVX"
                    : "see lanewise.vectorBits"));
  }

  private static void measured(Measures measures, List<String> advice) {
    if (measures.spread() > LARGE_SPREAD) {
      advice.add(
          Terminal.format(
              "Repetitions differed by %.0f %%: is there other work on this machine? Measure again"
                  + " when it is quiet.",
              100 * measures.spread()));
    } else if (measures.ofPeak() < LEAST_OF_PEAK) {
      advice.add(
          Terminal.format(
              "Matrix products reach only %.0f %% of the peak, less than expected: please report it"
                  + " with the output of --json.",
              100 * measures.ofPeak()));
    }
  }
}
