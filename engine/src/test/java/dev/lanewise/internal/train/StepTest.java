package dev.lanewise.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Backend;
import dev.lanewise.Samples;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class StepTest {
  private static final int ROWS = 4;
  private static final int OUTPUTS = 5;

  static List<Loss.Standard> losses() {
    return Samples.losses();
  }

  /** A step of a layer that hands its inputs on. */
  private static final class Outputs {
    private final float[] x = Samples.numbers(ROWS * OUTPUTS, 3);
    final Layout layout;
    final Step step;

    Outputs(Loss loss, Activation last, int alignment) {
      layout = new Layout(List.of(new Dense(OUTPUTS, OUTPUTS, last, false)), alignment);
      Parameters parameters = new Parameters(layout);
      for (int j = 0; j < OUTPUTS; j++) {
        parameters.block()[layout.weights(0) + j * layout.width(0) + j] = 1;
      }
      Dispatch vectors = new Dispatch(Backend.VECTOR.kernels(), Backend.VECTOR.updates());
      TrainingOptions options = TrainingOptions.of(loss, new Sgd(1));
      step = new Step(parameters, options, vectors, 1);
      step.workspace().reserve(ROWS);
      step.workspace().take(ROWS, x, 0);
      Arrays.fill(step.workspace().gradients(), 77);
    }

    double loss(float[] t, int tAt, float[] weights, int weightsAt) {
      step.rows().take(ROWS, x, 0, null, t, null, tAt, weights, weightsAt);
      return step.predictionLoss();
    }

    double loss(int[] classes, int at, float[] weights, int weightsAt) {
      step.rows().take(ROWS, x, 0, null, null, classes, at, weights, weightsAt);
      return step.predictionLoss();
    }

    /** The gradient without padding, which must be zeros. */
    float[] gradient() {
      float[] gradient = new float[ROWS * OUTPUTS];
      int width = layout.width(0);
      for (int i = 0; i < ROWS * width; i++) {
        float value = step.workspace().gradients()[layout.outputsOf(0, ROWS) + i];
        if (i % width < OUTPUTS) {
          gradient[i / width * OUTPUTS + i % width] = value;
        } else {
          assertEquals(0, value);
        }
      }
      return gradient;
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void paddingChangesNoBit(Loss.Standard loss) {
    float[] t = Samples.probabilities(ROWS, OUTPUTS, 5);
    float[] weights = {9, 1, 2, 4, 3};
    Outputs plain = new Outputs(loss, Activation.IDENTITY, 1);
    Outputs padded = new Outputs(loss, Activation.IDENTITY, 16);
    assertEquals(plain.loss(t, 0, null, 0), padded.loss(t, 0, null, 0));
    assertArrayEquals(plain.gradient(), padded.gradient());
    assertEquals(plain.loss(t, 0, weights, 1), padded.loss(t, 0, weights, 1));
    assertArrayEquals(plain.gradient(), padded.gradient());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "16, 0", "1, 0.25", "16, 0.25"})
  void classesGiveTheBitsOfOneHotRows(int alignment, float smoothing) {
    Loss.Standard plain = Loss.softmaxCrossEntropy(smoothing);
    float[] oneHot = new float[ROWS * OUTPUTS];
    int[] classes = {77, 4, 0, 2, 4};
    for (int r = 0; r < ROWS; r++) {
      oneHot[r * OUTPUTS + classes[r + 1]] = 1;
    }
    float[] weights = {9, 1, 2, 4, 3};
    for (Loss loss : List.of(plain, plain.withClassWeights(1, 2, 3, 4, 5))) {
      for (Activation last : List.of(Activation.SOFTMAX, Activation.IDENTITY)) {
        for (float[] w : new float[][] {null, weights}) {
          Outputs rows = new Outputs(loss, last, alignment);
          Outputs indices = new Outputs(loss, last, alignment);
          double expected = rows.loss(oneHot, 0, w, 1);
          indices.loss(new int[] {3, 1, 3, 0}, 0, null, 0);
          assertEquals(expected, indices.loss(classes, 1, w, 1));
          assertArrayEquals(rows.gradient(), indices.gradient());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-1", "5", "2147483647"})
  void aClassThatTheNetworkLacksIsNamedAndNothingIsWritten(int wrong) {
    Outputs outputs = new Outputs(Loss.SOFTMAX_CROSS_ENTROPY, Activation.SOFTMAX, 1);
    int[] classes = {0, 1, 4, wrong};
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> outputs.loss(classes, 0, null, 0));
    assertEquals(
        "the class of row 3 must be from 0 to 4, one of the network's outputs, but is " + wrong,
        e.getMessage());
    float[] untouched = new float[ROWS * OUTPUTS];
    Arrays.fill(untouched, 77);
    assertArrayEquals(untouched, outputs.gradient());
  }

  @Test
  void otherLossesRefuseClasses() {
    Outputs outputs = new Outputs(Loss.huber(2), Activation.IDENTITY, 1);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> outputs.loss(new int[4], 0, null, 0));
    assertEquals(
        "class indices are targets for softmax cross-entropy, but the loss is huber(2.0): give"
            + " rows of 5 targets",
        e.getMessage());
  }

  @Test
  void weightsThatAddUpToZeroLeaveTheGradientAlone() {
    for (int alignment : new int[] {1, 16}) {
      Outputs outputs = new Outputs(Loss.POISSON, Activation.IDENTITY, alignment);
      float[] before = outputs.step.workspace().gradients().clone();
      float[] t = new float[ROWS * OUTPUTS];
      assertThrows(IllegalArgumentException.class, () -> outputs.loss(t, 0, new float[ROWS], 0));
      assertArrayEquals(before, outputs.step.workspace().gradients());
    }
  }

  @Test
  void aLossContainsOnlyItsOwnActivation() {
    for (Loss.Standard loss : Samples.losses()) {
      for (Activation.Kind last : Activation.Kind.values()) {
        boolean expected =
            switch (loss.kind()) {
              case SOFTMAX_CROSS_ENTROPY -> last == Activation.Kind.SOFTMAX;
              case BINARY_CROSS_ENTROPY -> last == Activation.Kind.SIGMOID;
              default -> false;
            };
        assertEquals(
            expected, new Outputs(loss, Samples.activation(last), 1).step.lossHasActivation());
      }
    }
  }

  /** Of the frames between a step and the kernels for which it is made, both included. */
  @Test
  void aProductIsFewFramesBelowAStep() {
    List<Dense> layers =
        List.of(
            new Dense(OUTPUTS, 3, Activation.RELU, true),
            new Dense(3, OUTPUTS, Activation.IDENTITY, true));
    Map<String, Integer> deepest = new TreeMap<>();
    Kernels real = Backend.SCALAR.kernels();
    Kernels watched =
        (Kernels)
            Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (_, method, arguments) -> {
                  deepest.merge(method.getName(), framesBelowStep(), Math::max);
                  return method.invoke(real, arguments);
                });
    TrainingOptions options = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Sgd(1));
    Parameters parameters = new Parameters(new Layout(List.copyOf(layers), 1));
    Dispatch dispatch = new Dispatch(watched, Backend.SCALAR.updates());
    try (Step step = new Step(parameters, options, dispatch, 1)) {
      float[] x = Samples.numbers(ROWS * OUTPUTS, 3);
      step.rows().take(ROWS, x, 0, x, 0);
      step.train(0.1f);
    }
    // Step.train, ForwardPass.train, DenseStage.forward, Workers.run, DenseStage.forwardPart, gemm.
    assertEquals(6, deepest.get("gemm"));
    assertEquals(6, deepest.get("gemmNT"));
    assertTrue(deepest.get("gemmTN") <= 7, deepest::toString);
  }

  private static int framesBelowStep() {
    return StackWalker.getInstance()
        .walk(
            frames -> {
              List<String> ours =
                  frames
                      .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                      .dropWhile(name -> !name.contains("Stage.") && !name.contains("Bias."))
                      .toList();
              return ours.indexOf(Step.class.getName() + ".train") + 2;
            });
  }
}
