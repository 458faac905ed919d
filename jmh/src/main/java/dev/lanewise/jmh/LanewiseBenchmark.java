package dev.lanewise.jmh;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Backend;
import dev.lanewise.BackendInfo;
import dev.lanewise.Network;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Under which conditions do all benchmarks run, and did the backend run that was asked for?
 *
 * <p>Five forks, because where the heap puts an array differs from one virtual machine to the next,
 * and with it the speed; a heap of fixed size that is touched beforehand, so that none pays for
 * fresh pages; five seconds of warm-up, because before C2 is done vectors are a hundred times
 * slower, and on a busy machine that took three. Until then they are objects as well: a trial of
 * which a measured iteration still allocated fails.
 *
 * <p>These arguments stand before those of the command line, so that {@code -jvmArgsAppend} adds to
 * them and may overrule them.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 5,
    jvmArgsPrepend = {
      "--add-modules",
      "jdk.incubator.vector",
      "-Xms1g",
      "-Xmx1g",
      "-XX:+AlwaysPreTouch",
      "--sun-misc-unsafe-memory-access=allow"
    })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public abstract class LanewiseBenchmark {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /** Of processor time: vectors that are objects come at up to billions; JMH itself needs 1e6. */
  private static final double MOST_BYTES_A_SECOND = 5e6;

  /** For what JMH allocates in any iteration, however short. */
  private static final double FREE_BYTES = 3e5;

  private long start;
  private long allocated;

  /** Notes what was allocated before an iteration. */
  @Setup(Level.Iteration)
  public void beforeIteration() {
    start = THREADS.getCurrentThreadCpuTime();
    allocated = THREADS.getCurrentThreadAllocatedBytes();
  }

  /**
   * Throws if a measured iteration still allocated, unless single calls are what is asked for: one
   * such iteration among five makes a mean that is none.
   */
  @TearDown(Level.Iteration)
  public void afterIteration(BenchmarkParams benchmark, IterationParams iteration) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    if (benchmark.getMode() != Mode.SingleShotTime
        && iteration.getType() == IterationType.MEASUREMENT) {
      requireCompiled(bytes, (THREADS.getCurrentThreadCpuTime() - start) * 1e-9);
    }
  }

  static void requireCompiled(long bytes, double seconds) {
    if (bytes > FREE_BYTES + MOST_BYTES_A_SECOND * seconds) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%.1f MB were allocated in a measured iteration: the compiler was not done, and"
                  + " vectors were objects; warm up for longer (-wi, -w)",
              bytes * 1e-6));
    }
  }

  static Backend backend(String name) {
    return switch (name) {
      case "auto" -> Backend.AUTO;
      case "scalar" -> Backend.SCALAR;
      case "vector" -> Backend.VECTOR;
      default ->
          throw new IllegalArgumentException("backend must be auto, scalar or vector, not " + name);
    };
  }

  /** Returns the kernels of a backend, and tells what they run on. */
  static Kernels kernels(String backend) {
    announce(backend, infoOf(backend(backend)));
    return backend(backend).kernels();
  }

  static BackendInfo infoOf(Backend backend) {
    return Network.builder(1).dense(1, Activation.IDENTITY).backend(backend).build().backendInfo();
  }

  /** Prints what runs, and ends the trial where that is not what was asked for. */
  static void announce(String asked, BackendInfo info) {
    require(asked, info);
    System.out.printf("%n# Lanewise: %s%n", info);
  }

  static void require(String asked, BackendInfo info) {
    if (!info.backend().name().toLowerCase(Locale.ROOT).equals(asked)) {
      throw new IllegalStateException("asked for the backend " + asked + ", but got: " + info);
    }
  }
}
