package dev.lanewise.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Backend;
import dev.lanewise.Samples;
import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Dense;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.StandardLoss;
import dev.lanewise.model.TrainingOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class LossGradientTest {
  private static final int ROWS = 4;
  private static final int OUTPUTS = 5;

  static List<StandardLoss> losses() {
    return Samples.losses();
  }

  /** A layer that hands its inputs on, after a forward pass. */
  private static final class Passes {
    final Layout layout;
    final BackwardPass backward;
    final LossGradient loss;

    Passes(Loss loss, Activation last, int alignment) {
      layout = new Layout(List.of(new Dense(OUTPUTS, OUTPUTS, last, false)), alignment);
      Parameters parameters = new Parameters(layout);
      for (int j = 0; j < OUTPUTS; j++) {
        parameters.block()[layout.weights(0) + j * layout.width(0) + j] = 1;
      }
      Kernels kernels = Backend.VECTOR.kernels();
      ForwardPass forward = new ForwardPass(parameters, kernels);
      TrainingOptions options = TrainingOptions.of(loss, new Sgd(1));
      Updates updates = new Updates(parameters, options, kernels, Backend.VECTOR.updates());
      backward = new BackwardPass(parameters, kernels, forward, updates);
      this.loss = new LossGradient(loss, layout, kernels, forward, backward);
      forward.reserve(ROWS);
      backward.reserve(ROWS);
      this.loss.reserve(ROWS);
      try (Workers workers = new Workers("this", 1)) {
        float[] x = Samples.numbers(ROWS * OUTPUTS, 3);
        forward.predict(ROWS, x, 0, this.loss.logits(), workers);
      }
      Arrays.fill(backward.gradients(), 77);
    }

    /** The gradient without padding, which must be zeros. */
    float[] gradient() {
      float[] gradient = new float[ROWS * OUTPUTS];
      int width = layout.width(0);
      for (int i = 0; i < ROWS * width; i++) {
        float value = backward.gradients()[layout.outputsOf(0, ROWS) + i];
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
  void paddingChangesNoBit(StandardLoss loss) {
    float[] t = Samples.probabilities(ROWS, OUTPUTS, 5);
    float[] weights = {9, 1, 2, 0, 3};
    Passes plain = new Passes(loss, Activation.IDENTITY, 1);
    Passes padded = new Passes(loss, Activation.IDENTITY, 16);
    assertEquals(plain.loss.run(t, 0, null, 0), padded.loss.run(t, 0, null, 0));
    assertArrayEquals(plain.gradient(), padded.gradient());
    assertEquals(plain.loss.run(t, 0, weights, 1), padded.loss.run(t, 0, weights, 1));
    assertArrayEquals(plain.gradient(), padded.gradient());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "16, 0", "1, 0.25", "16, 0.25"})
  void classesGiveTheBitsOfOneHotRows(int alignment, float smoothing) {
    StandardLoss plain = Loss.softmaxCrossEntropy(smoothing);
    float[] oneHot = new float[ROWS * OUTPUTS];
    int[] classes = {77, 4, 0, 2, 4};
    for (int r = 0; r < ROWS; r++) {
      oneHot[r * OUTPUTS + classes[r + 1]] = 1;
    }
    float[] weights = {9, 1, 2, 0, 3};
    for (Loss loss : List.of(plain, plain.withClassWeights(1, 2, 3, 4, 5))) {
      for (Activation last : List.of(Activation.SOFTMAX, Activation.IDENTITY)) {
        for (float[] w : new float[][] {null, weights}) {
          Passes rows = new Passes(loss, last, alignment);
          Passes indices = new Passes(loss, last, alignment);
          indices.loss.reserveClasses(ROWS);
          double expected = rows.loss.run(oneHot, 0, w, 1);
          indices.loss.runClasses(new int[] {3, 1, 3, 0}, 0, null, 0);
          assertEquals(expected, indices.loss.runClasses(classes, 1, w, 1));
          assertArrayEquals(rows.gradient(), indices.gradient());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-1", "5", "2147483647"})
  void aClassThatTheNetworkLacksIsNamedAndNothingIsWritten(int wrong) {
    Passes passes = new Passes(Loss.SOFTMAX_CROSS_ENTROPY, Activation.SOFTMAX, 1);
    passes.loss.reserveClasses(ROWS);
    int[] classes = {0, 1, 4, wrong};
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> passes.loss.runClasses(classes, 0, null, 0));
    assertEquals(
        "the class of row 3 must be from 0 to 4, one of the network's outputs, but is " + wrong,
        e.getMessage());
    float[] untouched = new float[ROWS * OUTPUTS];
    Arrays.fill(untouched, 77);
    assertArrayEquals(untouched, passes.gradient());
  }

  @Test
  void otherLossesRefuseClasses() {
    Passes passes = new Passes(Loss.huber(2), Activation.IDENTITY, 1);
    passes.loss.reserveClasses(ROWS);
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> passes.loss.runClasses(new int[4], 0, null, 0));
    assertEquals(
        "class indices are targets for softmax cross-entropy, but the loss is huber(2.0): give"
            + " rows of 5 targets",
        e.getMessage());
  }

  @Test
  void weightsThatAddUpToZeroLeaveTheGradientAlone() {
    for (int alignment : new int[] {1, 16}) {
      Passes passes = new Passes(Loss.POISSON, Activation.IDENTITY, alignment);
      float[] before = passes.backward.gradients().clone();
      float[] t = new float[ROWS * OUTPUTS];
      assertThrows(IllegalArgumentException.class, () -> passes.loss.run(t, 0, new float[ROWS], 0));
      assertArrayEquals(before, passes.backward.gradients());
    }
  }

  @Test
  void aLossContainsOnlyItsOwnActivation() {
    for (StandardLoss loss : Samples.losses()) {
      for (Activation.Kind last : Activation.Kind.values()) {
        boolean expected =
            switch (loss.kind()) {
              case SOFTMAX_CROSS_ENTROPY -> last == Activation.Kind.SOFTMAX;
              case BINARY_CROSS_ENTROPY -> last == Activation.Kind.SIGMOID;
              default -> false;
            };
        assertEquals(expected, new Passes(loss, Samples.activation(last), 1).loss.logits());
      }
    }
  }
}
