package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Backend;
import dev.lanewise.jmh.work.Operands;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What holds for every benchmark that JMH would find. */
class EveryBenchmarkTest {
  private static Set<BenchmarkListEntry> entries() {
    return BenchmarkList.defaultList()
        .getAll(
            OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());
  }

  @Test
  void hasATestOfItsOwn() {
    assertFalse(entries().isEmpty());
    for (BenchmarkListEntry entry : entries()) {
      assertDoesNotThrow(() -> Class.forName(entry.getUserClassQName() + "Test"));
    }
  }

  @Test
  void runsInFiveForksOrMoreWithTheVectorModuleAndAFixedHeap() {
    for (BenchmarkListEntry entry : entries()) {
      boolean single = entry.getMode() == Mode.SingleShotTime;
      assertTrue(entry.getForks().get() >= (single ? 10 : 5), entry.getUsername());
      Collection<String> args = entry.getJvmArgsPrepend().get();
      assertTrue(
          args.containsAll(List.of("--add-modules", "jdk.incubator.vector", "-Xms1g", "-Xmx1g")),
          entry.getUsername() + " runs with " + args);
    }
  }

  @Test
  void refusesAnotherBackendThanAskedFor() {
    for (Backend backend : Backend.values()) {
      String other = backend == Backend.SCALAR ? "vector" : "scalar";
      assertThrows(
          IllegalStateException.class,
          () -> LanewiseBenchmark.announce(other, LanewiseBenchmark.infoOf(backend)));
    }
    assertThrows(IllegalArgumentException.class, () -> LanewiseBenchmark.backend("gpu"));
  }

  @Test
  void refusesAMeasuredIterationThatStillAllocated() {
    assertThrows(
        IllegalStateException.class, () -> LanewiseBenchmark.requireCompiled(6_000_000, 1));
    LanewiseBenchmark.requireCompiled(4_000_000, 1);
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    Operands.requireFinite("w", Operands.symmetric(8, 1));
    float[] values = {1, Float.POSITIVE_INFINITY};
    assertThrows(IllegalStateException.class, () -> Operands.requireFinite("w", values));
  }

  @Test
  void halfOfRectifiedOperandsAreZero() {
    int zeros = 0;
    for (float value : Operands.rectified(4096, 1)) {
      assertTrue(value >= 0 && value < 1, "operand " + value);
      zeros += value == 0 ? 1 : 0;
    }
    assertEquals(2048, zeros, 200);
  }
}
