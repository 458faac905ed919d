package dev.lanewise.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Backend;
import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.internal.simd.Lanes;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import dev.lanewise.model.TrainingOptions.Penalty;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class OptimizerStateTest {
  private static final int N = 67;
  private static final int STEPS = 150;

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        new Sgd(0.1f),
        new Sgd(0.1f, 0, false, 0.02f),
        new Sgd(0.1f, 0.9f),
        new Sgd(0.1f, 0.9f, true, 0.02f),
        new Adam(0.01f),
        new Adam(0.01f, 0.8f, 0.95f, 1e-3f, 0.02f),
        new AdamW(0.01f),
        new AdamW(0.01f, 0, 0.9f, 1e-6f, 0.5f),
        new RmsProp(0.01f),
        new RmsProp(0.01f, 0.9f, 1e-6f, 0.8f, false, 0.02f),
        new RmsProp(0.01f, 0.9f, 1e-6f, 0, true, 0),
        new RmsProp(0.01f, 0.95f, 1e-4f, 0.8f, true, 0.02f),
        new AdaGrad(0.1f),
        new AdaGrad(0.1f, 1e-3f, 0.5f, 0.02f),
        new Lion(0.01f),
        new Lion(0.01f, 0.5f, 0.8f, 0.5f));
  }

  static Stream<Arguments> runs() {
    return optimizers().flatMap(o -> Stream.of(Backend.values()).map(b -> Arguments.of(o, b)));
  }

  private static float[] numbers(int n, long seed) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = 2 * SplitMix64.uniform(seed, i) - 1;
    }
    return values;
  }

  /** Gradients that a mean is worth taking of: some of them more often positive than negative. */
  private static float[] gradients(int n, int step) {
    float[] dw = numbers(n, 100 + step);
    for (int i = 0; i < n; i++) {
      dw[i] = Math.scalb(dw[i] + (i % 3) * 0.25f, i % 8 - 4);
    }
    return dw;
  }

  private static OptimizerState state(Optimizer optimizer, Backend backend) {
    return new OptimizerState(optimizer, new Dispatch(backend.kernels(), backend.updates()), N);
  }

  /** The optimizer with the learning rate of a step. */
  private static Optimizer at(Optimizer optimizer, int step) {
    return optimizer.withLearningRate(optimizer.learningRate() * (step < STEPS / 2 ? 1 : 0.5f));
  }

  private static Penalty decay(Optimizer optimizer) {
    return TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, optimizer).weightPenalty(0);
  }

  private static void step(OptimizerState state, Optimizer optimizer, float[] w, int step) {
    state.begin(at(optimizer, step).learningRate());
    Penalty decay = decay(optimizer);
    state.update(N, w, 0, gradients(N, step), 0, 0.5f, 0.001f, decay.l2(), decay.decay());
  }

  /** Each step may add an error of one rounding of the weight, and of ten of the change. */
  @ParameterizedTest
  @MethodSource("runs")
  void manyStepsEndWhereDoublePrecisionEnds(Optimizer optimizer, Backend backend) {
    OptimizerState state = state(optimizer, backend);
    float[] w = numbers(N, 1);
    PlainOptimizer[] plain = new PlainOptimizer[N];
    for (int i = 0; i < N; i++) {
      plain[i] = new PlainOptimizer(optimizer, w[i]);
    }
    for (int step = 0; step < STEPS; step++) {
      step(state, optimizer, w, step);
      float[] dw = gradients(N, step);
      double rate = 0.5 * at(optimizer, step).learningRate();
      for (int i = 0; i < N; i++) {
        plain[i].step(rate, dw[i], 0.001f, decay(optimizer).l2(), decay(optimizer).decay());
        double perStep =
            plain[i].largestWeight + 10 * optimizer.learningRate() * plain[i].largestStep;
        assertEquals(plain[i].w, w[i], (step + 1) * 0x1p-24 * perStep, "step " + step + ", w " + i);
      }
    }
    assertEquals(STEPS, state.steps());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void bothBackendsGiveTheSameBits(Optimizer optimizer) {
    OptimizerState scalar = state(optimizer, Backend.SCALAR);
    OptimizerState vector = state(optimizer, Backend.VECTOR);
    float[] w = numbers(N, 1);
    float[] other = w.clone();
    for (int step = 0; step < STEPS; step++) {
      step(scalar, optimizer, w, step);
      step(vector, optimizer, other, step);
    }
    assertArrayEquals(w, other);
    assertArrayEquals(scalar.blocks(), vector.blocks());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void partsAtAnyPlaceAreUpdatedAsTheWhole(Optimizer optimizer) {
    int n = 3_000;
    OptimizerState whole =
        new OptimizerState(
            optimizer, new Dispatch(Backend.VECTOR.kernels(), Backend.VECTOR.updates()), n);
    OptimizerState parts =
        new OptimizerState(
            optimizer, new Dispatch(Backend.VECTOR.kernels(), Backend.VECTOR.updates()), n);
    float[] w = numbers(n, 1);
    float[] other = w.clone();
    for (int step = 0; step < 3; step++) {
      float[] dw = gradients(n, step);
      float[] shifted = new float[n + 7];
      System.arraycopy(dw, 0, shifted, 7, n);
      whole.begin(optimizer.learningRate());
      whole.update(n, w, 0, dw, 0, 2, 0.01f, 0.1f, 0.2f);
      parts.begin(optimizer.learningRate());
      for (int at = 0; at < n; at += 300) {
        parts.update(300, other, at, shifted, 7 + at, 2, 0.01f, 0.1f, 0.2f);
      }
    }
    assertArrayEquals(w, other);
    assertArrayEquals(whole.blocks(), parts.blocks());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void zeroWeightsWithoutGradientsStayZeroWithTheirState(Optimizer optimizer, Backend backend) {
    OptimizerState state = state(optimizer, backend);
    float[][] before = new float[state.blocks().length][];
    for (int b = 0; b < before.length; b++) {
      before[b] = state.blocks()[b].clone();
    }
    float[] w = new float[N];
    for (int step = 0; step < 5; step++) {
      state.begin(optimizer.learningRate());
      state.update(N, w, 0, new float[N], 0, 1, 0.1f, 0.2f, 0.3f);
    }
    assertArrayEquals(new float[N], w);
    assertArrayEquals(before, state.blocks());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aRunGoesOnFromASavedStateAsIfItHadNeverStopped(Optimizer optimizer) {
    OptimizerState straight = state(optimizer, Backend.VECTOR);
    float[] w = numbers(N, 1);
    for (int step = 0; step < 10; step++) {
      step(straight, optimizer, w, step);
    }
    OptimizerState resumed = state(optimizer, Backend.VECTOR);
    resumed.restore(straight.steps(), straight.blocks());
    float[] other = w.clone();
    for (int step = 10; step < 20; step++) {
      step(straight, optimizer, w, step);
      step(resumed, optimizer, other, step);
    }
    assertArrayEquals(w, other);
    assertEquals(20, resumed.steps());
  }

  @Test
  void aStateThatDoesNotFitIsRefusedAndNothingChanged() {
    OptimizerState state = state(new Adam(1), Backend.SCALAR);
    float[] ones = numbers(N, 3);
    refuses(
        "steps must be at least 0, but was -1",
        () -> state.restore(-1, new float[][] {ones, ones}));
    refuses(
        new Adam(1) + " has 2 blocks of state, but got 1",
        () -> state.restore(1, new float[][] {ones}));
    refuses(
        "block 1 of the state must have 67 numbers, one for each parameter, but has 66",
        () -> state.restore(1, new float[][] {ones, new float[N - 1]}));
    assertArrayEquals(new float[2][N], state.blocks());
    assertEquals(0, state.steps());
  }

  private static void refuses(String message, Runnable action) {
    Exception e = assertThrows(IllegalArgumentException.class, action::run);
    assertEquals(message, e.getMessage());
  }

  /** A width that the machine lacks is emulated, with vectors that are objects. */
  @ParameterizedTest
  @MethodSource("runs")
  void aStepAllocatesNothingOnceWarm(Optimizer optimizer, Backend backend) {
    assumeTrue(
        Lanes.BITS <= VectorShape.preferredShape().vectorBitSize(),
        "vectors wider than the machine's are objects here, which allocate");
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    OptimizerState state = state(optimizer, backend);
    float[] w = numbers(N, 1);
    float[] dw = numbers(N, 2);
    long start = System.nanoTime();
    long allocated;
    do {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1_000; i++) {
        state.begin(optimizer.learningRate());
        state.update(N, w, 0, dw, 0, 1, 1e-6f, 1e-6f, 1e-6f);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
      if (allocated == 0) {
        return;
      }
    } while (System.nanoTime() - start < 20_000_000_000L);
    fail("1000 steps still allocate " + allocated + " bytes");
  }

  static Stream<Arguments> remembered() {
    return Stream.of(
        Arguments.of(new Sgd(1).withWeightDecay(0.3f), 0),
        Arguments.of(new Sgd(1).withNesterovMomentum(0.9f), 1),
        Arguments.of(new Adam(1), 2),
        Arguments.of(new AdamW(1), 2),
        Arguments.of(new RmsProp(1), 1),
        Arguments.of(new RmsProp(1).withMomentum(0.4f), 2),
        Arguments.of(new RmsProp(1).centered(), 2),
        Arguments.of(new RmsProp(1).withMomentum(0.4f).centered(), 3),
        Arguments.of(new AdaGrad(1), 1),
        Arguments.of(new Lion(1), 1));
  }

  @ParameterizedTest
  @MethodSource("remembered")
  void eachNumberOfStateIsCounted(Optimizer optimizer, int blocks) {
    assertEquals(blocks, OptimizerState.blocks(optimizer));
    assertEquals(blocks, state(optimizer, Backend.SCALAR).blocks().length);
  }
}
