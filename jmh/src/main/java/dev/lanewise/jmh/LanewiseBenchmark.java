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

/**
 * Under which conditions do all benchmarks run, and did the backend run that was asked for?
 *
 * <p>Five forks, because where the heap puts an array differs from one virtual machine to the next,
 * and with it the speed; a heap of fixed size that is touched beforehand, so that none pays for
 * fresh pages; five seconds of warm-up, because before C2 is done vectors are a hundred times
 * slower, and on a busy machine that took three. Until then they are objects as well: a trial whose
 * last iteration still allocated fails.
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

  /** Vectors that are objects come at billions of bytes a second; JMH itself needs a few. */
  private static final double MOST_BYTES_A_SECOND = 5e7;

  private long start;
  private long allocated;
  private double bytesASecond;

  /** Notes what was allocated before an iteration. */
  @Setup(Level.Iteration)
  public void beforeIteration() {
    start = System.nanoTime();
    allocated = THREADS.getCurrentThreadAllocatedBytes();
  }

  /** Notes what an iteration allocated. */
  @TearDown(Level.Iteration)
  public void afterIteration() {
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    bytesASecond = bytes / ((System.nanoTime() - start) * 1e-9);
  }

  /** Throws if the last iteration still allocated, unless single calls are what is asked for. */
  @TearDown
  public void requireCompiled(BenchmarkParams params) {
    if (params.getMode() != Mode.SingleShotTime) {
      requireCompiled();
    }
  }

  void requireCompiled() {
    if (bytesASecond > MOST_BYTES_A_SECOND) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%.0f MB/s were allocated in the last iteration: the compiler was not done, and"
                  + " vectors were objects; warm up for longer (-wi, -w)",
              bytesASecond * 1e-6));
    }
  }

  static Backend backend(String name) {
    return switch (name) {
      case "scalar" -> Backend.SCALAR;
      case "vector" -> Backend.VECTOR;
      default ->
          throw new IllegalArgumentException("backend must be scalar or vector, not " + name);
    };
  }

  /** Returns the kernels of a backend, and tells what they run on. */
  static Kernels kernels(String backend) {
    announce(backend, infoOf(backend(backend)));
    return backend(backend).kernels();
  }

  static BackendInfo infoOf(Backend backend) {
    return Network.builder(1).layer(1, Activation.IDENTITY).backend(backend).build().backendInfo();
  }

  /** Prints what runs, and ends the trial where that is not what was asked for. */
  static void announce(String asked, BackendInfo info) {
    if (!info.backend().name().toLowerCase(Locale.ROOT).equals(asked)) {
      throw new IllegalStateException("asked for the backend " + asked + ", but got: " + info);
    }
    System.out.printf("%n# Lanewise: %s%n", info);
  }
}
