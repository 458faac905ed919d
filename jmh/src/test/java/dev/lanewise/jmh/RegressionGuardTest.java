package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Backend;
import dev.lanewise.BackendInfo;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Vectors are faster than the plain loops: by a quarter at least of what was measured for each lane
 * at the width where that is least, so that other processors and a busy machine do not matter, but
 * kernels that fall back to objects or to plain loops do.
 */
@Tag("guard")
class RegressionGuardTest {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final int TURNS = 15;
  private static final long TURN_NANOS = 10_000_000;
  private static final long WARM_NANOS = 500_000_000;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /** What is timed, and how many times as fast it must at least be for each lane of a vector. */
  enum Timed {
    GEMM(1.1) {
      @Override
      Runnable on(String backend) {
        GemmBenchmark benchmark = gemm(backend);
        return () -> benchmark.gemm(FLOPS, BYTES);
      }
    },
    GEMM_NT(0.8) {
      @Override
      Runnable on(String backend) {
        GemmBenchmark benchmark = gemm(backend);
        return () -> benchmark.gemmNT(FLOPS, BYTES);
      }
    },
    GEMM_TN(1.4) {
      @Override
      Runnable on(String backend) {
        GemmBenchmark benchmark = gemm(backend);
        return () -> benchmark.gemmTN(FLOPS, BYTES);
      }
    },
    FORWARD(1.1) {
      @Override
      Runnable on(String backend) {
        ForwardBenchmark benchmark = new ForwardBenchmark();
        benchmark.backend = backend;
        benchmark.width = 128;
        benchmark.batch = 32;
        benchmark.setUp();
        return () -> benchmark.predict(FLOPS, BYTES);
      }
    },
    TRAINING_STEP(0.8) {
      @Override
      Runnable on(String backend) {
        TrainStepBenchmark benchmark = new TrainStepBenchmark();
        benchmark.backend = backend;
        benchmark.width = 128;
        benchmark.batch = 32;
        benchmark.threads = 1;
        benchmark.setUp();
        return () -> benchmark.step(FLOPS, BYTES);
      }
    },
    DOT(0.2) {
      @Override
      Runnable on(String backend) {
        Level1Benchmark benchmark = level1(backend);
        return () -> benchmark.dot(FLOPS, BYTES);
      }
    },
    /** The compiler makes vectors of the plain loop as well. */
    AXPY(0.02) {
      @Override
      Runnable on(String backend) {
        Level1Benchmark benchmark = level1(backend);
        return () -> benchmark.axpy(FLOPS, BYTES);
      }
    },
    GELU(0.16) {
      @Override
      Runnable on(String backend) {
        ActivationBenchmark benchmark = new ActivationBenchmark();
        benchmark.backend = backend;
        benchmark.setUp();
        return () -> benchmark.gelu(BYTES);
      }
    },
    ADAM(0.15) {
      @Override
      Runnable on(String backend) {
        UpdateBenchmark benchmark = new UpdateBenchmark();
        benchmark.backend = backend;
        benchmark.setUp();
        return () -> benchmark.adam(BYTES);
      }
    };

    private static final Flops FLOPS = new Flops();
    private static final Bytes BYTES = new Bytes();

    private final double floorOfLane;

    Timed(double floorOfLane) {
      this.floorOfLane = floorOfLane;
    }

    abstract Runnable on(String backend);

    private static GemmBenchmark gemm(String backend) {
      GemmBenchmark benchmark = new GemmBenchmark();
      benchmark.backend = backend;
      benchmark.n = 128;
      benchmark.setUp();
      return benchmark;
    }

    private static Level1Benchmark level1(String backend) {
      Level1Benchmark benchmark = new Level1Benchmark();
      benchmark.backend = backend;
      benchmark.n = 4096;
      benchmark.setUp();
      return benchmark;
    }
  }

  @BeforeAll
  static void vectorsRun() {
    BackendInfo info = BackendInfo.current();
    boolean vectors = info.backend() == Backend.VECTOR;
    if (!vectors) {
      System.err.println("RegressionGuardTest is skipped, for no vectors would run here: " + info);
    }
    assumeTrue(vectors);
  }

  @ParameterizedTest
  @EnumSource
  void vectorsAreFaster(Timed timed) {
    BackendInfo info = BackendInfo.current();
    double floor = timed.floorOfLane * info.lanes();
    double ratio = ratio(timed);
    if (ratio < floor) {
      ratio = Math.max(ratio, ratio(timed));
    }
    String found =
        String.format(
            Locale.ROOT,
            "%s: vectors are %.2f times as fast as the plain loops, at least %.2f expected (%s)",
            timed,
            ratio,
            floor,
            info);
    System.out.println(found);
    assertTrue(ratio >= floor, found);
  }

  /** Takes turns and compares the best ones: what else runs here only makes one slower. */
  private static double ratio(Timed timed) {
    Runnable scalar = timed.on("scalar");
    Runnable vector = timed.on("vector");
    warmUp(scalar);
    warmUp(vector);
    double bestScalar = Double.POSITIVE_INFINITY;
    double bestVector = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TURNS; i++) {
      bestScalar = Math.min(bestScalar, nanosOfARun(scalar, TURN_NANOS));
      bestVector = Math.min(bestVector, nanosOfARun(vector, TURN_NANOS));
    }
    return bestScalar / bestVector;
  }

  /** Where a run allocates the compiler is not done: until then vectors are objects. */
  private static void warmUp(Runnable body) {
    long start = System.nanoTime();
    long before;
    do {
      before = THREADS.getCurrentThreadAllocatedBytes();
      nanosOfARun(body, WARM_NANOS);
    } while (THREADS.getCurrentThreadAllocatedBytes() > before
        && System.nanoTime() - start < PATIENCE_NANOS);
  }

  private static double nanosOfARun(Runnable body, long nanos) {
    long start = System.nanoTime();
    long elapsed;
    int runs = 0;
    do {
      body.run();
      runs++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return (double) elapsed / runs;
  }
}
