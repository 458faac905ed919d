package dev.lanewise.internal;

import dev.lanewise.ActivationFormulas;
import dev.lanewise.internal.scalar.ScalarErf;
import dev.lanewise.internal.scalar.ScalarGates;
import dev.lanewise.internal.scalar.ScalarLogarithms;
import dev.lanewise.internal.scalar.ScalarMath;
import dev.lanewise.internal.simd.Lanes;
import dev.lanewise.internal.simd.VectorElu;
import dev.lanewise.internal.simd.VectorErf;
import dev.lanewise.internal.simd.VectorGates;
import dev.lanewise.internal.simd.VectorLogarithms;
import dev.lanewise.internal.simd.VectorMath;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds our functions against double precision, and the vector versions against the scalar ones,
 * for all 2^32 floats.
 *
 * <p>Arguments, all optional: {@code threads=2}, {@code stride=1} (takes every n-th bit pattern
 * only), {@code only=EXP} (that function alone), {@code ulp=false} (compares vector with scalar
 * only), {@code time} (measures the speed and nothing else). It exits with 1 if a vector lane
 * differs from the scalar result in any bit.
 */
public final class ExhaustiveUlp {
  private static final long PATTERNS = 1L << 32;
  private static final int BLOCK = 8192;

  private ExhaustiveUlp() {}

  /** A function, its vector version and its reference. */
  enum Function {
    EXP {
      @Override
      float scalar(float x) {
        return ScalarMath.exp(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorMath.exp(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return StrictMath.exp(x);
      }
    },
    TANH {
      @Override
      float scalar(float x) {
        return ScalarMath.tanh(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorMath.tanh(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return StrictMath.tanh(x);
      }
    },
    SIGMOID {
      @Override
      float scalar(float x) {
        return ScalarMath.sigmoid(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorMath.sigmoid(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.sigmoid(x);
      }
    },
    LOG {
      @Override
      float scalar(float x) {
        return ScalarLogarithms.log(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorLogarithms.log(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return StrictMath.log(x);
      }
    },
    SOFTPLUS {
      @Override
      float scalar(float x) {
        return ScalarLogarithms.softplus(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorLogarithms.softplus(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.softplus(x);
      }
    },
    ERF {
      @Override
      float scalar(float x) {
        return ScalarErf.erf(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorErf.erf(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.erf(x);
      }
    },
    ELU {
      @Override
      float scalar(float x) {
        return x > 0 ? x : ScalarMath.expm1(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorElu.elu(x.length, 1, 1, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return x > 0 ? x : StrictMath.expm1(x);
      }
    },
    GELU {
      @Override
      float scalar(float x) {
        return ScalarErf.gelu(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorErf.gelu(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.gelu(x);
      }
    },
    GELU_TANH {
      @Override
      float scalar(float x) {
        return ScalarGates.geluTanh(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorGates.geluTanh(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.geluTanh(x);
      }
    },
    SILU {
      @Override
      float scalar(float x) {
        return ScalarGates.silu(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        VectorGates.silu(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.silu(x);
      }
    },
    GELU_SLOPE {
      @Override
      float scalar(float x) {
        return ScalarErf.geluSlope(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        Arrays.fill(y, 1);
        VectorErf.geluGradient(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.geluSlope(x);
      }

      @Override
      double unit(double reference) {
        return Math.max(super.unit(reference), 0x1p-24);
      }
    },
    GELU_TANH_SLOPE {
      @Override
      float scalar(float x) {
        return ScalarGates.geluTanhSlope(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        Arrays.fill(y, 1);
        VectorGates.geluTanhGradient(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.geluTanhSlope(x);
      }

      @Override
      double unit(double reference) {
        return Math.max(super.unit(reference), 0x1p-24);
      }
    },
    SILU_SLOPE {
      @Override
      float scalar(float x) {
        return ScalarGates.siluSlope(x);
      }

      @Override
      void vector(float[] x, float[] y) {
        Arrays.fill(y, 1);
        VectorGates.siluGradient(x.length, x, 0, y, 0);
      }

      @Override
      double reference(double x) {
        return ActivationFormulas.siluSlope(x);
      }

      @Override
      double unit(double reference) {
        return Math.max(super.unit(reference), 0x1p-24);
      }
    };

    abstract float scalar(float x);

    /** Fills y. */
    abstract void vector(float[] x, float[] y);

    abstract double reference(double x);

    /** What errors are counted in: an ulp of the reference as a float. */
    double unit(double reference) {
      return Math.ulp((float) reference);
    }
  }

  /** What was found for one function. */
  static final class Tally {
    private final Function function;
    private double maxUlp;
    private float worst;
    private long differing;
    private long descents;

    Tally(Function function) {
      this.function = function;
    }

    /** The largest error found, in ulp of the reference rounded to float. */
    double maxUlp() {
      return maxUlp;
    }

    /** The number of floats for which the vector and the scalar result are not the same bits. */
    long differing() {
      return differing;
    }

    /** The number of steps up in the argument that are steps down in the result. */
    long descents() {
      return descents;
    }

    void add(Tally other) {
      if (other.maxUlp > maxUlp) {
        maxUlp = other.maxUlp;
        worst = other.worst;
      }
      differing += other.differing;
      descents += other.descents;
    }

    @Override
    public String toString() {
      String error =
          maxUlp == 0
              ? "errors not measured"
              : String.format(
                  Locale.ROOT,
                  "largest error %.4f ulp at %s (%s)",
                  maxUlp,
                  worst,
                  Float.toHexString(worst));
      return String.format(
          Locale.ROOT,
          "%-15s %s, %d descents, %d floats differ at %d bits",
          function,
          error,
          descents,
          differing,
          Lanes.BITS);
    }
  }

  /** Adds to the tally the bit patterns {@code i * stride}, for i from a bound to below another. */
  static void measure(Tally tally, long from, long to, int stride, boolean ulp) {
    float[] x = new float[BLOCK];
    float[] vector = new float[BLOCK];
    float[] scalar = new float[BLOCK];
    for (long start = from; start < to; start += BLOCK) {
      int count = (int) Math.min(BLOCK, to - start);
      for (int i = 0; i < BLOCK; i++) {
        x[i] = Float.intBitsToFloat((int) ((start + Math.min(i, count - 1)) * stride));
      }
      tally.function.vector(x, vector);
      float before = Float.intBitsToFloat((int) ((start - 1) * stride));
      float last = tally.function.scalar(before);
      for (int i = 0; i < count; i++) {
        float y = tally.function.scalar(x[i]);
        scalar[i] = y;
        if (Float.floatToIntBits(y) != Float.floatToIntBits(vector[i])) {
          tally.differing++;
        }
        if ((before < x[i] && last > y) || (before > x[i] && last < y)) {
          tally.descents++;
        }
        before = x[i];
        last = y;
      }
      if (ulp) {
        addErrors(tally, x, scalar, count);
      }
    }
  }

  private static void addErrors(Tally tally, float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      double error = error(tally.function, y[i], x[i]);
      if (error > tally.maxUlp) {
        tally.maxUlp = error;
        tally.worst = x[i];
      }
    }
  }

  /** Returns the distance of the result for x from the reference in the function's units. */
  static double error(Function function, float result, float x) {
    double reference = function.reference(x);
    float rounded = (float) reference;
    if (Float.compare(result, rounded) == 0 && !Float.isFinite(rounded)) {
      return 0;
    }
    double error = Math.abs(result - reference) / function.unit(reference);
    return Float.isFinite(result) && Float.isFinite(rounded) ? error : Double.POSITIVE_INFINITY;
  }

  /** Runs the comparison, or the measurement of speed, and prints what was found. */
  public static void main(String[] args) throws InterruptedException {
    int threads = 2;
    int stride = 1;
    boolean ulp = true;
    boolean time = false;
    String only = null;
    for (String arg : args) {
      String value = arg.substring(arg.indexOf('=') + 1);
      switch (arg.substring(0, arg.length() - value.length())) {
        case "threads=" -> threads = Integer.parseInt(value);
        case "stride=" -> stride = Integer.parseInt(value);
        case "only=" -> only = value;
        case "ulp=" -> ulp = Boolean.parseBoolean(value);
        default -> time = value.equals("time");
      }
    }
    boolean same = true;
    for (Function function : Function.values()) {
      if (only != null && !only.equals(function.name())) {
        continue;
      }
      if (time) {
        System.out.println(timing(function));
      } else {
        Tally tally = measureAll(function, threads, stride, ulp);
        same &= tally.differing == 0;
        System.out.println(tally);
      }
    }
    if (!same) {
      System.exit(1);
    }
  }

  private static Tally measureAll(Function function, int threads, int stride, boolean ulp)
      throws InterruptedException {
    long count = (PATTERNS + stride - 1) / stride;
    long chunk = 1L << 20;
    AtomicLong next = new AtomicLong();
    Tally total = new Tally(function);
    Thread[] workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] =
          new Thread(
              () -> {
                Tally own = new Tally(function);
                for (long at; (at = next.getAndAdd(chunk)) < count; ) {
                  measure(own, at, Math.min(at + chunk, count), stride, ulp);
                }
                synchronized (total) {
                  total.add(own);
                }
              });
      workers[i].start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return total;
  }

  private static String timing(Function function) {
    int repeats = 2000;
    float[] x = new float[BLOCK / 2];
    float[] y = new float[BLOCK / 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = 16f * i / x.length - 8f;
    }
    double[] nanos = new double[30];
    for (int round = 0; round < nanos.length; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < repeats; i++) {
        function.vector(x, y);
      }
      nanos[round] = (System.nanoTime() - start) / ((double) repeats * x.length);
    }
    // The first rounds are the interpreter's and C1's.
    double[] warm = Arrays.copyOfRange(nanos, 10, nanos.length);
    Arrays.sort(warm);
    return String.format(
        Locale.ROOT,
        "%-15s %.3f ns per float at %d bits (median; least %.3f)",
        function,
        warm[warm.length / 2],
        Lanes.BITS,
        warm[0]);
  }
}
