package dev.lanewise.jmh;

import dev.lanewise.Backend;
import dev.lanewise.BackendInfo;
import dev.lanewise.Network;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Under which conditions do all benchmarks run, and did the backend run that was asked for?
 *
 * <p>Five forks, because where the heap puts an array differs from one virtual machine to the next,
 * and with it the speed; a heap of fixed size that is touched beforehand, so that none pays for
 * fresh pages; five seconds of warm-up, because before C2 is done vectors are a hundred times
 * slower, and on a busy machine that took three.
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
      "-XX:+AlwaysPreTouch"
    })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public abstract class LanewiseBenchmark {
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
