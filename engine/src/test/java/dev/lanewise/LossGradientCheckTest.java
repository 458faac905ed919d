package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link GradientCheck} passes right gradients, and finds wrong ones. */
class LossGradientCheckTest {
  private static final int ROWS = 3;
  private static final int OUTPUTS = 4;

  private final float[] y = Samples.numbers(ROWS * OUTPUTS, 1);
  private final float[] targets = Samples.probabilities(ROWS, OUTPUTS, 2);

  static List<Loss.Standard> losses() {
    return Samples.losses();
  }

  /** The mean over rows of the logarithms of hyperbolic cosines. */
  private static final Loss.Custom LOG_COSH =
      (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
        double sum = 0;
        for (int i = 0; i < rows * outputs; i++) {
          double d = (double) y[yOffset + i] - t[tOffset + i];
          sum += StrictMath.log(StrictMath.cosh(d));
          dy[dyOffset + i] = (float) (StrictMath.tanh(d) / rows);
        }
        return sum / rows;
      };

  /** Log-cosh with one number of its gradient replaced. */
  private static Loss.Custom wrongAt(int index, float factor) {
    return (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
      double value = LOG_COSH.gradient(rows, outputs, y, yOffset, t, tOffset, dy, dyOffset);
      dy[dyOffset + index] *= factor;
      return value;
    };
  }

  @ParameterizedTest
  @MethodSource("losses")
  void ourLossesPass(Loss.Standard loss) {
    GradientCheck.of(loss, ROWS, OUTPUTS, y, targets).requireWithin(1e-4);
    Loss.Standard weighted = loss.withClassWeights(0.5f, 1, 2, 3);
    GradientCheck.of(weighted, ROWS, OUTPUTS, y, targets).requireWithin(1e-4);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void outputsOfAnySizePass(Loss.Standard loss) {
    for (float size : new float[] {0x1p-12f, 0x1p-4f, 8, 64}) {
      float[] sized = y.clone();
      for (int i = 0; i < sized.length; i++) {
        sized[i] *= size;
      }
      GradientCheck.of(loss, ROWS, OUTPUTS, sized, targets).requireWithin(1e-3);
    }
  }

  @Test
  void aLossOfOnesOwnPasses() {
    GradientCheck check = GradientCheck.of(LOG_COSH, ROWS, OUTPUTS, y, targets);
    assertSame(check, check.requireWithin(1e-5));
    assertTrue(check.largestAbsolute().uncertainty() < 1e-5, check::toString);
    double value = LOG_COSH.gradient(ROWS, OUTPUTS, y, 0, targets, 0, new float[12], 0);
    assertEquals(value, check.loss());
  }

  @Test
  void outputsNearTheEndOfTheLossesDomainPass() {
    Loss.Custom logarithm =
        (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
          dy[dyOffset] = -1 / y[yOffset];
          return -StrictMath.log(y[yOffset]);
        };
    for (float p : new float[] {1e-4f, 0.01f, 1}) {
      GradientCheck.of(logarithm, 1, 1, new float[] {p}, new float[1]).requireWithin(1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1.01f, 0, -1, Float.NaN})
  void aWrongNumberIsFound(float factor) {
    GradientCheck check = GradientCheck.of(wrongAt(6, factor), ROWS, OUTPUTS, y, targets);
    for (GradientCheck.Slope slope : List.of(check.largestAbsolute(), check.largestRelative())) {
      assertEquals(1, slope.row());
      assertEquals(2, slope.column());
    }
    double expected =
        Float.isNaN(factor)
            ? Double.POSITIVE_INFINITY
            : Math.abs(factor - 1) / Math.max(1, Math.abs(factor));
    assertEquals(expected, check.largestRelative().relativeError(), 1e-4);
    String message =
        assertThrows(AssertionError.class, () -> check.requireWithin(0.005)).getMessage();
    GradientCheck.Slope worst = check.largestRelative();
    String start =
        "row 1, column 2: the loss gives the gradient "
            + worst.given()
            + ", but its values have the slope "
            + worst.numeric();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void aNumberThatTheLossForgetsToWriteIsFound() {
    Loss.Custom forgetful =
        (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
          dy[dyOffset] = 0;
          return 5;
        };
    GradientCheck check = GradientCheck.of(forgetful, 1, 2, new float[2], new float[2]);
    assertEquals(1, check.largestAbsolute().column());
    assertEquals(Double.POSITIVE_INFINITY, check.largestAbsolute().absoluteError());
    assertThrows(AssertionError.class, () -> check.requireWithin(1e9));
  }

  @Test
  void badOperandsAreNamed() {
    float[] nan = {Float.NaN};
    Loss loss = Loss.POISSON;
    refused("y[0] must be a finite number, but is NaN", loss, 1, nan, nan);
    refused("y must hold 1 x 1 numbers, but holds 2", loss, 1, new float[2], nan);
    refused("targets must hold 1 x 1 numbers", loss, 1, new float[1], new float[0]);
    refused("needs at least 1 row and 1 output", loss, 0, nan, nan);
  }

  private static void refused(String message, Loss loss, int rows, float[] y, float[] t) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> GradientCheck.of(loss, rows, 1, y, t));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void aTrainerTrainsOnALossOfOnesOwn() {
    Network network = Network.builder(1).dense(1, Activation.IDENTITY).build();
    Trainer trainer = new Trainer(network, LOG_COSH, new Sgd(0.5f));
    float[] x = {-1, 0, 1};
    float[] line = {-1, 1, 3};
    for (int step = 0; step < 300; step++) {
      trainer.step(x, line);
    }
    assertEquals(2, network.weights(0)[0], 1e-3);
    assertEquals(1, network.bias(0)[0], 1e-3);
  }

  @Test
  void aCustomLossThatThrowsLeavesTheNetworkAsItWas() {
    Network network = Network.builder(1).dense(1, Activation.IDENTITY).build();
    Loss.Custom broken =
        (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
          throw new UnsupportedOperationException("mine");
        };
    Trainer trainer = new Trainer(network, broken, new Sgd(1));
    float[] before = network.parameters();
    assertThrows(
        UnsupportedOperationException.class, () -> trainer.step(new float[1], new float[1]));
    assertEquals(before[0], network.parameters()[0]);
  }
}
