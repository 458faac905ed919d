package dev.lanewise.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Backend;
import dev.lanewise.Samples;
import dev.lanewise.WithoutAllocation;
import dev.lanewise.internal.scalar.ScalarKernels;
import dev.lanewise.internal.scalar.ScalarUpdates;
import dev.lanewise.internal.simd.Lanes;
import dev.lanewise.internal.vector.VectorKernels;
import dev.lanewise.internal.vector.VectorUpdates;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.internal.warmup.WarmUp;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Loss;
import dev.lanewise.model.TrainingOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A step that goes over from plain loops to vectors. */
@Tag("every-width")
class DispatchedStepTest {
  private static final int IN = 37;
  private static final int OUT = 5;
  private static final int ROWS = 6;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

  private final float[] x = Samples.numbers(ROWS * IN, 3);
  private final float[] t = Samples.probabilities(ROWS, OUT, 4);

  private Parameters parameters() {
    Parameters parameters =
        new Parameters(
            new Layout(
                List.of(
                    new Dense(IN, 19, Activation.TANH, true),
                    new Dense(19, OUT, Activation.SOFTMAX, true)),
                16));
    int n = parameters.layout().parameterCount();
    parameters.setAll(Samples.numbers(n, 5));
    return parameters;
  }

  private static Step step(Parameters parameters, Dispatch kernels) {
    TrainingOptions options =
        TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Adam(1e-5f)).clipNorm(1);
    return new Step(parameters, options, kernels, 1);
  }

  private void train(Step step) {
    step.rows().take(ROWS, x, 0, t, 0);
    step.train(1e-5f);
    step.release();
  }

  private static boolean isSettled(Dispatch kernels) {
    long began = kernels.begin();
    kernels.end(began, 0);
    return began == 0;
  }

  @Test
  void itRunsOnEachKernelsAloneUntilItIsSettledAndThenAllocatesNothing() {
    assumeTrue(
        Lanes.LANES * Float.SIZE <= VectorShape.preferredShape().vectorBitSize(),
        "vectors wider than the machine's are never faster than plain loops");
    Kernels scalar = new ScalarKernels();
    Kernels vector = new VectorKernels();
    Dispatch kernels =
        new Dispatch(scalar, new ScalarUpdates(), vector, new VectorUpdates(), new WarmUp());
    try (Step step = step(parameters(), kernels)) {
      long start = System.nanoTime();
      boolean[] seen = new boolean[3];
      do {
        train(step);
        seen[kernels.isCold() ? 0 : kernels.isWarming() ? 1 : 2] = true;
      } while (!isSettled(kernels) && System.nanoTime() - start < PATIENCE);
      assertTrue(isSettled(kernels));
      assertTrue(IntStream.range(0, 3).allMatch(i -> seen[i]));
      assertSame(vector, kernels.now());
      WithoutAllocation.runs(() -> train(step));
    }
  }

  @Test
  void itsBitsAreThoseOfPlainLoopsWhereverItGoesOver() {
    Parameters parameters = parameters();
    Parameters expected = parameters();
    Dispatch scalar = new Dispatch(Backend.SCALAR.kernels(), Backend.SCALAR.updates());
    WarmUp warmUp = new WarmUp();
    Dispatch kernels =
        new Dispatch(
            new ScalarKernels(),
            new ScalarUpdates(),
            new VectorKernels(),
            new VectorUpdates(),
            warmUp);
    try (Step step = step(parameters, kernels);
        Step reference = step(expected, scalar)) {
      for (int i = 0; i < 20; i++) {
        if (i == 10) {
          assertTrue(kernels.isCold());
          warmUp.expect(Double.MAX_VALUE);
        }
        train(step);
        train(reference);
        assertArrayEquals(expected.all(), parameters.all());
      }
      assertTrue(!kernels.isCold() && !kernels.isWarming());
    }
  }
}
