package dev.lanewise;

import dev.lanewise.internal.backend.Settings;
import dev.lanewise.internal.checked.CheckedKernels;
import dev.lanewise.internal.checked.CheckedUpdates;
import dev.lanewise.internal.jvm.VirtualMachine;
import dev.lanewise.internal.scalar.ScalarKernels;
import dev.lanewise.internal.scalar.ScalarUpdates;
import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.vector.VectorKernels;
import dev.lanewise.internal.vector.VectorUpdates;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.internal.warmup.WarmUp;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.UpdateKernels;

/** What computes. All give the same bits; they differ in speed only. */
public enum Backend {
  /**
   * Plain loops first, then the Vector API where that pays: a short run never waits until vectors
   * are compiled. A network goes over to them at once where {@link Trainer#expect} promises enough
   * work. Where nothing is said, both take turns once plain loops took about as long as compiling
   * takes, or a network turns out to be large, until vectors are faster. {@link
   * BackendInfo#running} tells how far it is. {@link #kernels} and {@link #updates} have vectors at
   * once.
   */
  AUTO,

  /** Plain Java loops, on any virtual machine: the reference. */
  SCALAR,

  /** The Vector API, with vectors of 128, 256 or 512 bits. */
  VECTOR;

  /** When vectors are tried: common to all networks, since code is compiled once for all. */
  @SuppressWarnings(
      "ImmutableEnumChecker") // It changes no result, and is as wide as what it counts.
  private final WarmUp warmUp = new WarmUp();

  private static final String MODULE = "jdk.incubator.vector";
  private static final String ADD_MODULE =
      "the module " + MODULE + " is missing; start java with --add-modules " + MODULE;
  private static final String NO_FMA =
      "the virtual machine has no fused multiply-add, which vectors cannot do without: remove"
          + " -XX:-UseFMA or -XX:UseAVX=0, or take a processor with FMA (most since 2013)";

  /**
   * Returns the backend that networks use when none is named: what the system property {@code
   * lanewise.backend} asks for ({@code auto}, {@code scalar}, {@code vector}), and where it is not
   * set, vectors. Unless it says {@code vector} it is the scalar one where vectors will never be
   * worth it: where the module {@code jdk.incubator.vector} or the processor's fused multiply-add
   * is missing (one warning is logged then), and where the virtual machine does not compile to
   * vectors (as with {@code -Xint}, {@code -XX:TieredStopAtLevel=1}, {@code
   * -XX:CompilationMode=quick-only} or {@code -XX:-EnableVectorSupport}).
   *
   * @return the backend
   * @throws IllegalArgumentException if a system property of Lanewise has an unknown value
   * @throws IllegalStateException if the property asks for vectors and their module or the
   *     processor's fused multiply-add is missing
   */
  public static Backend preferred() {
    String asked = Settings.read().backend();
    if (asked.equals("scalar")) {
      return SCALAR;
    }
    if (asked.equals("vector")) {
      requireVectors();
      return VECTOR;
    }
    if (!missing().isEmpty()) {
      Warning.logOnce();
      return SCALAR;
    }
    if (!VirtualMachine.compilesVectors()) {
      return SCALAR;
    }
    return asked.equals("auto") ? AUTO : VECTOR;
  }

  /** Returns what the rows of a network's matrices are best padded to a multiple of. */
  int rowAlignment() {
    return this == SCALAR ? 1 : Sizes.ROW_ALIGNMENT;
  }

  /**
   * Returns the array kernels of this backend.
   *
   * @return the kernels, which check their operands, safe for use by any number of threads
   * @throws IllegalArgumentException if a system property of Lanewise has an unknown value
   * @throws IllegalStateException if this backend has vectors, and their module or the processor's
   *     fused multiply-add is missing
   */
  public Kernels kernels() {
    return new CheckedKernels(unchecked());
  }

  /** Returns the kernels without their checks, for a network, whose operands fit. */
  Kernels unchecked() {
    Settings.read();
    if (this == SCALAR) {
      return new ScalarKernels();
    }
    requireVectors();
    return VectorMachine.kernels();
  }

  /**
   * Returns the kernels of this backend that update weights.
   *
   * @return the kernels, which check their operands, safe for use by any number of threads
   * @throws IllegalArgumentException if a system property of Lanewise has an unknown value
   * @throws IllegalStateException if this backend has vectors, and their module or the processor's
   *     fused multiply-add is missing
   */
  public UpdateKernels updates() {
    return new CheckedUpdates(uncheckedUpdates());
  }

  /** Returns those kernels without their checks. */
  UpdateKernels uncheckedUpdates() {
    Settings.read();
    if (this == SCALAR) {
      return new ScalarUpdates();
    }
    requireVectors();
    return VectorMachine.updates();
  }

  /** Returns the kernels of a network. */
  Dispatch dispatch() {
    return this == AUTO
        ? new Dispatch(
            new ScalarKernels(), new ScalarUpdates(), unchecked(), uncheckedUpdates(), warmUp)
        : new Dispatch(unchecked(), uncheckedUpdates());
  }

  /** Says how many multiply-adds are to come, so that vectors can be compiled at once. */
  void expect(double work) {
    warmUp.expect(work);
  }

  /** Returns what vectors lack here and how to mend it, nothing where they lack nothing. */
  private static String missing() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return ADD_MODULE;
    }
    return VirtualMachine.hasFma() ? "" : NO_FMA;
  }

  private static void requireVectors() {
    String missing = missing();
    if (!missing.isEmpty()) {
      throw new IllegalStateException("the vector backend was asked for, but " + missing);
    }
  }

  /** Apart, so that no class of the module is touched where it is missing. */
  private static final class VectorMachine {
    static Kernels kernels() {
      return new VectorKernels();
    }

    static UpdateKernels updates() {
      return new VectorUpdates();
    }
  }

  /** Logs when it is initialised, which happens once. */
  private static final class Warning {
    static {
      System.getLogger(Backend.class.getPackageName())
          .log(System.Logger.Level.WARNING, "Lanewise runs on its scalar backend: " + missing());
    }

    static void logOnce() {}
  }
}
