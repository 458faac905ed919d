package dev.lanewise.kernel;

import static dev.lanewise.kernel.Operand.Use.CHANGED;
import static dev.lanewise.kernel.Operand.Use.READ;

import dev.lanewise.kernel.Operand.Side;
import dev.lanewise.kernel.Operand.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The updates, as data: what each one's operands are, and how it is called. */
enum Update {
  DECAY("decay", (k, c) -> k.decay(c.n(), 0.9f, c.a(0), c.at(0)), changed("w")),
  PENALIZE(
      "penalize",
      (k, c) -> k.penalize(c.n(), 0.3f, 0.7f, c.a(0), c.at(0), c.a(1), c.at(1)),
      read("w"),
      changed("dw")),
  CLIP("clip", (k, c) -> k.clip(c.n(), 0.5f, c.a(0), c.at(0)), changed("dw")),
  SGD(
      "sgd",
      (k, c) -> k.sgd(c.n(), 0.1f, c.a(0), c.at(0), c.a(1), c.at(1)),
      read("dw"),
      changed("w")),
  MOMENTUM(
      "momentum",
      (k, c) ->
          k.momentum(c.n(), 0.1f, 0.9f, false, c.a(0), c.at(0), c.a(1), c.at(1), c.a(2), c.at(2)),
      read("dw"),
      changed("v"),
      changed("w")),
  NESTEROV(
      "momentum",
      (k, c) ->
          k.momentum(c.n(), 0.1f, 0.9f, true, c.a(0), c.at(0), c.a(1), c.at(1), c.a(2), c.at(2)),
      read("dw"),
      changed("v"),
      changed("w")),
  LION(
      "lion",
      (k, c) -> k.lion(c.n(), 0.1f, 0.9f, 0.99f, c.a(0), c.at(0), c.a(1), c.at(1), c.a(2), c.at(2)),
      read("dw"),
      changed("m"),
      changed("w")),
  ADAM(
      "adam",
      (k, c) ->
          k.adam(
              c.n(), 0.1f, 0.9f, 0.999f, 1e-8f, 0.271f, 0.003f, c.a(0), c.at(0), c.a(1), c.at(1),
              c.a(2), c.at(2), c.a(3), c.at(3)),
      read("dw"),
      changed("m"),
      changed("v"),
      changed("w")),
  RMS_PROP(
      "rmsProp",
      (k, c) ->
          k.rmsProp(
              c.n(), 0.1f, 0.99f, 1e-8f, 0, false, c.a(0), c.at(0), c.a(1), c.at(1), null, -1, null,
              -1, c.a(2), c.at(2)),
      read("dw"),
      changed("square"),
      changed("w")),
  RMS_PROP_MOMENTUM(
      "rmsProp",
      (k, c) ->
          k.rmsProp(
              c.n(), 0.1f, 0.99f, 1e-8f, 0.9f, false, c.a(0), c.at(0), c.a(1), c.at(1), null, -1,
              c.a(2), c.at(2), c.a(3), c.at(3)),
      read("dw"),
      changed("square"),
      changed("velocity"),
      changed("w")),
  RMS_PROP_CENTERED(
      "rmsProp",
      (k, c) ->
          k.rmsProp(
              c.n(), 0.1f, 0.99f, 1e-8f, 0, true, c.a(0), c.at(0), c.a(1), c.at(1), c.a(2), c.at(2),
              null, -1, c.a(3), c.at(3)),
      read("dw"),
      changed("square"),
      changed("mean"),
      changed("w")),
  RMS_PROP_CENTERED_MOMENTUM(
      "rmsProp",
      (k, c) ->
          k.rmsProp(
              c.n(), 0.1f, 0.99f, 1e-8f, 0.9f, true, c.a(0), c.at(0), c.a(1), c.at(1), c.a(2),
              c.at(2), c.a(3), c.at(3), c.a(4), c.at(4)),
      read("dw"),
      changed("square"),
      changed("mean"),
      changed("velocity"),
      changed("w")),
  ADA_GRAD(
      "adaGrad",
      (k, c) -> k.adaGrad(c.n(), 0.1f, 1e-10f, c.a(0), c.at(0), c.a(1), c.at(1), c.a(2), c.at(2)),
      read("dw"),
      changed("sum"),
      changed("w"));

  /** One call: how many elements, and the operands. */
  record Call(Update update, int n, List<Operand> operands, String origin) {
    static Call draw(Update update, int n, Numbers numbers, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Operand> operands = new ArrayList<>();
      for (Spec spec : update.specs) {
        operands.add(Operand.draw(spec, 1, n, numbers, random));
      }
      return new Call(update, n, operands, update + " of " + n + " " + numbers + ", seed " + seed);
    }

    Call copy() {
      return new Call(update, n, operands.stream().map(Operand::copy).toList(), origin);
    }

    /** A copy with another operand in the place of one. */
    Call with(int i, Operand operand) {
      List<Operand> changed = new ArrayList<>(copy().operands);
      changed.set(i, operand);
      return new Call(update, n, changed, origin);
    }

    void run(UpdateKernels kernels) {
      update.body.run(kernels, this);
    }

    float[] a(int i) {
      return operands.get(i).array();
    }

    int at(int i) {
      return operands.get(i).offset();
    }
  }

  private interface Body {
    void run(UpdateKernels kernels, Call call);
  }

  private final String method;

  @SuppressWarnings("ImmutableEnumChecker") // None of the lambdas holds on to anything.
  private final Body body;

  @SuppressWarnings("ImmutableEnumChecker") // The constructor makes an unmodifiable list.
  private final List<Spec> specs;

  Update(String method, Body body, Spec... specs) {
    this.method = method;
    this.body = body;
    this.specs = List.of(specs);
  }

  private static Spec read(String name) {
    return new Spec(name, Side.ONE, Side.OUT, READ);
  }

  private static Spec changed(String name) {
    return new Spec(name, Side.ONE, Side.OUT, CHANGED);
  }

  String method() {
    return method;
  }
}
