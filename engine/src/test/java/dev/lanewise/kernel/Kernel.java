package dev.lanewise.kernel;

import static dev.lanewise.kernel.Operand.Side.IN;
import static dev.lanewise.kernel.Operand.Side.ONE;
import static dev.lanewise.kernel.Operand.Side.OUT;
import static dev.lanewise.kernel.Operand.Side.ROWS;
import static dev.lanewise.kernel.Operand.Side.WORK;
import static dev.lanewise.kernel.Operand.Use.CHANGED;
import static dev.lanewise.kernel.Operand.Use.OVERWRITTEN;
import static dev.lanewise.kernel.Operand.Use.READ;
import static dev.lanewise.kernel.Operand.Use.SCRATCH;

import dev.lanewise.Backend;
import dev.lanewise.kernel.Operand.Side;
import dev.lanewise.kernel.Operand.Spec;
import dev.lanewise.kernel.Operand.Use;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Activation.Kind;
import java.util.List;

/** The kernels, as data: what each one's operands are, and how it is called. */
enum Kernel {
  DOT(
      "dot",
      (k, c) -> k.dot(c.out(), c.a(0), c.at(0), c.a(1), c.at(1)),
      vector("x", OUT, READ),
      vector("y", OUT, READ)),
  SUM("sum", (k, c) -> k.sum(c.out(), c.a(0), c.at(0)), vector("x", OUT, READ)),
  MAX("max", (k, c) -> k.max(c.out(), c.a(0), c.at(0)), vector("x", OUT, READ)),
  AXPY(
      "axpy",
      (k, c) -> {
        k.axpy(c.out(), c.factor(), c.a(0), c.at(0), c.a(1), c.at(1));
        return 0;
      },
      vector("x", OUT, READ),
      vector("y", OUT, CHANGED)),
  SCALE(
      "scale",
      (k, c) -> {
        k.scale(c.out(), c.factor(), c.a(0), c.at(0));
        return 0;
      },
      vector("x", OUT, CHANGED)),
  GEMV(
      "gemv",
      (k, c) -> {
        k.gemv(c.in(), c.out(), c.a(0), c.at(0), c.a(1), c.at(1), c.ld(1), c.a(2), c.at(2));
        return 0;
      },
      vector("x", IN, READ),
      matrix("w", IN, OUT, READ),
      vector("y", OUT, CHANGED)),
  GER(
      "ger",
      (k, c) -> {
        k.ger(
            c.in(),
            c.out(),
            c.factor(),
            c.a(0),
            c.at(0),
            c.a(1),
            c.at(1),
            c.a(2),
            c.at(2),
            c.ld(2));
        return 0;
      },
      vector("x", IN, READ),
      vector("y", OUT, READ),
      matrix("w", IN, OUT, CHANGED)),
  GEMV_GER(
      "gemvGer",
      (k, c) -> {
        k.gemvGer(
            c.in(),
            c.out(),
            c.factor(),
            c.a(0),
            c.at(0),
            c.a(1),
            c.at(1),
            c.a(2),
            c.at(2),
            c.ld(2),
            c.a(3),
            c.at(3),
            c.skipZeros());
        return 0;
      },
      vector("x", IN, READ),
      vector("dy", OUT, READ),
      matrix("w", IN, OUT, CHANGED),
      vector("dx", IN, OVERWRITTEN)),
  GEMM(
      "gemm",
      (k, c) -> {
        k.gemm(
            c.rows(), c.in(), c.out(), c.a(0), c.at(0), c.ld(0), c.a(1), c.at(1), c.ld(1), c.a(2),
            c.at(2), c.ld(2), c.a(3), c.at(3));
        return 0;
      },
      matrix("x", ROWS, IN, READ),
      matrix("w", IN, OUT, READ),
      matrix("y", ROWS, OUT, CHANGED),
      vector("work", WORK, SCRATCH)),
  GEMM_NT(
      "gemmNT",
      (k, c) -> {
        k.gemmNT(
            c.rows(), c.in(), c.out(), c.a(0), c.at(0), c.ld(0), c.a(1), c.at(1), c.ld(1), c.a(2),
            c.at(2), c.ld(2), c.a(3), c.at(3));
        return 0;
      },
      matrix("dy", ROWS, OUT, READ),
      matrix("w", IN, OUT, READ),
      matrix("dx", ROWS, IN, OVERWRITTEN),
      vector("work", WORK, SCRATCH)),
  GEMM_TN(
      "gemmTN",
      (k, c) -> {
        k.gemmTN(
            c.rows(),
            c.in(),
            c.out(),
            c.factor(),
            c.a(0),
            c.at(0),
            c.ld(0),
            c.a(1),
            c.at(1),
            c.ld(1),
            c.a(2),
            c.at(2),
            c.ld(2),
            c.a(3),
            c.at(3));
        return 0;
      },
      matrix("x", ROWS, IN, READ),
      matrix("dy", ROWS, OUT, READ),
      matrix("w", IN, OUT, CHANGED),
      vector("work", WORK, SCRATCH)),
  EXP("exp", map(Kernels::exp), vector("x", OUT, READ), vector("y", OUT, OVERWRITTEN)),
  LOG("log", map(Kernels::log), vector("x", OUT, READ), vector("y", OUT, OVERWRITTEN)),
  ERF("erf", map(Kernels::erf), vector("x", OUT, READ), vector("y", OUT, OVERWRITTEN)),
  IDENTITY(Kind.IDENTITY),
  RELU(Kind.RELU),
  SIGMOID(Kind.SIGMOID),
  TANH(Kind.TANH),
  SOFTPLUS(Kind.SOFTPLUS),
  LEAKY_RELU(Kind.LEAKY_RELU),
  ELU(Kind.ELU),
  SELU(Kind.SELU),
  GELU(Kind.GELU),
  GELU_TANH(Kind.GELU_TANH),
  SILU(Kind.SILU),
  SOFTMAX(Kind.SOFTMAX),
  IDENTITY_GRADIENT(Kind.IDENTITY, "xOrY"),
  RELU_GRADIENT(Kind.RELU, "xOrY"),
  SIGMOID_GRADIENT(Kind.SIGMOID, "xOrY"),
  TANH_GRADIENT(Kind.TANH, "xOrY"),
  SOFTPLUS_GRADIENT(Kind.SOFTPLUS, "xOrY"),
  LEAKY_RELU_GRADIENT(Kind.LEAKY_RELU, "xOrY"),
  ELU_GRADIENT(Kind.ELU, "xOrY"),
  SELU_GRADIENT(Kind.SELU, "xOrY"),
  GELU_GRADIENT(Kind.GELU, "xOrY"),
  GELU_TANH_GRADIENT(Kind.GELU_TANH, "xOrY"),
  SILU_GRADIENT(Kind.SILU, "xOrY"),
  SOFTMAX_GRADIENT(Kind.SOFTMAX, "xOrY"),
  SOFTMAX_CROSS_ENTROPY(
      "softmaxCrossEntropy",
      (k, c) ->
          k.softmaxCrossEntropy(
              c.out(), c.a(0), c.at(0), c.a(1), c.at(1), c.factor(), c.a(2), c.at(2)),
      vector("z", OUT, READ),
      vector("t", OUT, READ),
      vector("dz", OUT, OVERWRITTEN));

  /** Calls a kernel with the operands of a call. */
  interface Body {
    double run(Kernels kernels, Call call);
  }

  private interface Map {
    void run(Kernels kernels, int n, float[] x, int xOffset, float[] y, int yOffset);
  }

  private final String method;
  private final Kind function;

  @SuppressWarnings("ImmutableEnumChecker") // None of the lambdas holds on to anything.
  private final Body body;

  @SuppressWarnings("ImmutableEnumChecker") // The constructor makes an unmodifiable list.
  private final List<Spec> specs;

  Kernel(String method, Body body, Spec... specs) {
    this(method, null, body, specs);
  }

  Kernel(Kind function) {
    this("activate", function, activation(), vector("x", OUT, READ), vector("y", OUT, OVERWRITTEN));
  }

  Kernel(Kind function, String from) {
    this(
        "activationGradient",
        function,
        gradient(),
        vector(from, OUT, READ),
        vector("dy", OUT, CHANGED));
  }

  Kernel(String method, Kind function, Body body, Spec... specs) {
    this.method = method;
    this.function = function;
    this.body = body;
    this.specs = List.of(specs);
  }

  /** The activation that it applies, with the parameter that is nearest to a factor. */
  Activation activation(float factor) {
    if (function == null) {
      return null;
    }
    float parameter = Math.min(Math.abs(factor), Float.MAX_VALUE);
    return switch (function) {
      case LEAKY_RELU -> Activation.leakyRelu(parameter >= 0 ? parameter : 0);
      case ELU -> Activation.elu(parameter > 0 ? parameter : 1);
      default -> new Activation(function, 0);
    };
  }

  Body body() {
    return body;
  }

  List<Spec> specs() {
    return specs;
  }

  /** The method's name in {@link Kernels}. */
  String method() {
    return method;
  }

  /** How much room a call needs on the backend that needs most. */
  int work(int rows, int in, int out) {
    return work(Backend.VECTOR.kernels(), rows, in, out);
  }

  /** How much room a call needs. */
  int work(Kernels kernels, int rows, int in, int out) {
    return switch (this) {
      case GEMM -> kernels.gemmWork(rows, in, out);
      case GEMM_NT -> kernels.gemmNTWork(rows, in, out);
      case GEMM_TN -> kernels.gemmTNWork(rows, in, out);
      default -> 0;
    };
  }

  /** Whether results are sums, which are never {@code -0.0}. */
  boolean isSum() {
    return switch (this) {
      case DOT, SUM, MAX, GEMV, GEMM, GEMM_NT -> true;
      default -> false;
    };
  }

  /** Whether the last operand may be the first one. */
  boolean mayAlias() {
    return switch (this) {
      case DOT, IDENTITY, RELU, EXP, SIGMOID, TANH, SOFTMAX -> true;
      case LOG, SOFTPLUS, ERF, LEAKY_RELU, ELU, SELU, GELU, GELU_TANH, SILU -> true;
      default -> false;
    };
  }

  /** Whether integer operands give integers. */
  boolean isExactOnIntegers() {
    return switch (this) {
      case AXPY, SCALE, GER, GEMV_GER, GEMM_TN, RELU, RELU_GRADIENT -> true;
      case IDENTITY, IDENTITY_GRADIENT, LEAKY_RELU, LEAKY_RELU_GRADIENT -> true;
      default -> isSum();
    };
  }

  private static Body activation() {
    return (k, c) -> {
      k.activate(c.activation(), c.out(), c.a(0), c.at(0), c.a(1), c.at(1));
      return 0;
    };
  }

  private static Body gradient() {
    return (k, c) -> {
      k.activationGradient(c.activation(), c.out(), c.a(0), c.at(0), c.a(1), c.at(1));
      return 0;
    };
  }

  private static Body map(Map map) {
    return (k, c) -> {
      map.run(k, c.out(), c.a(0), c.at(0), c.a(1), c.at(1));
      return 0;
    };
  }

  private static Spec vector(String name, Side length, Use use) {
    return new Spec(name, ONE, length, use);
  }

  private static Spec matrix(String name, Side rows, Side columns, Use use) {
    return new Spec(name, rows, columns, use);
  }
}
