package dev.lanewise.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Backend;
import dev.lanewise.Samples;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class LossFunctionTest {
  private static final int ROWS = 5;
  private static final float[] WEIGHTS = {0.5f, 2, 0, 1.25f, 3};

  static List<Loss.Standard> losses() {
    return Samples.losses();
  }

  /** What a loss gave. */
  private static final class Result {
    final double value;
    final float[] gradient;

    Result(double value, float[] gradient) {
      this.value = value;
      this.gradient = gradient;
    }
  }

  /** Computes with operands in the middle of arrays, and sees that nothing beside them changes. */
  private static Result run(
      Loss loss, Backend backend, int outputs, float[] y, float[] t, float[] weights) {
    int n = y.length;
    float[] dy = new float[n + 7];
    Arrays.fill(dy, 77);
    LossFunction function = new LossFunction(loss, dispatch(backend), outputs);
    float[] shiftedWeights = weights == null ? null : shifted(weights, 1);
    double value =
        function.gradient(
            n / outputs, shifted(y, 3), 3, shifted(t, 5), 5, shiftedWeights, 1, dy, 2);
    for (int i = 0; i < dy.length; i++) {
      assertEquals(i < 2 || i >= n + 2, dy[i] == 77, "number " + i);
    }
    return new Result(value, Arrays.copyOfRange(dy, 2, n + 2));
  }

  private static float[] shifted(float[] a, int by) {
    float[] shifted = new float[a.length + 2 * by];
    Arrays.fill(shifted, Float.NaN);
    System.arraycopy(a, 0, shifted, by, a.length);
    return shifted;
  }

  private static float[] outputs(int n) {
    float[] y = Samples.numbers(n, 4);
    for (int i = 0; i < n; i++) {
      y[i] *= 3;
    }
    return y;
  }

  private static float[] classWeights(int outputs) {
    float[] weights = new float[Math.max(2, outputs)];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = 0.25f + j % 4;
    }
    return weights;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valueAndGradientFollowTheFormulaWithAndWithoutWeights(Loss.Standard loss) {
    for (Backend backend : Backend.values()) {
      for (int outputs : new int[] {1, 3, 19}) {
        for (float[] weights : new float[][] {null, WEIGHTS}) {
          follows(loss, backend, outputs, weights);
          follows(loss.withClassWeights(classWeights(outputs)), backend, outputs, weights);
        }
      }
    }
  }

  private static void follows(Loss.Standard loss, Backend backend, int outputs, float[] weights) {
    float[] y = outputs(ROWS * outputs);
    float[] t =
        outputs == 1 ? new float[] {0, 1, 1, 0.25f, 0} : Samples.probabilities(ROWS, outputs, 5);
    Result got = run(loss, backend, outputs, y, t, weights);
    String what = loss + ", " + outputs + " outputs, weights " + Arrays.toString(weights);
    double value = ReferenceLoss.value(loss, outputs, doubles(y), t, weights);
    assertEquals(value, got.value, 1e-6 * Math.abs(value), what);
    double[] gradient = ReferenceLoss.gradient(loss, outputs, doubles(y), t, weights);
    for (int i = 0; i < y.length; i++) {
      assertEquals(gradient[i], got.gradient[i], 1e-6 * (0.1 + Math.abs(gradient[i])), what);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void bothBackendsGiveTheSameBits(Loss.Standard loss) {
    for (int outputs : new int[] {1, 7, 611}) {
      float[] y = outputs(ROWS * outputs);
      float[] t = Samples.probabilities(ROWS, outputs, 6);
      for (float[] weights : new float[][] {null, WEIGHTS}) {
        Result scalar = run(loss, Backend.SCALAR, outputs, y, t, weights);
        Result vector = run(loss, Backend.VECTOR, outputs, y, t, weights);
        assertEquals(scalar.value, vector.value);
        assertArrayEquals(scalar.gradient, vector.gradient);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aRowOfWeightTwoCountsLikeTwoRows(Loss.Standard loss) {
    int n = 4;
    float[] y = outputs(2 * n);
    float[] t = Samples.probabilities(2, n, 7);
    float[] y3 = Arrays.copyOf(y, 3 * n);
    float[] t3 = Arrays.copyOf(t, 3 * n);
    System.arraycopy(y, n, y3, 2 * n, n);
    System.arraycopy(t, n, t3, 2 * n, n);
    Result weighted = run(loss, Backend.VECTOR, n, y, t, new float[] {1, 2});
    Result repeated = run(loss, Backend.VECTOR, n, y3, t3, null);
    assertEquals(repeated.value, weighted.value, 1e-6 * Math.abs(repeated.value));
    for (int i = 0; i < n; i++) {
      assertEquals(repeated.gradient[i], weighted.gradient[i], 1e-7);
      assertEquals(2 * repeated.gradient[n + i], weighted.gradient[n + i], 4e-7);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void weightsOfOneChangeNoBitOfTheGradient(Loss.Standard loss) {
    float[] y = outputs(3 * 5);
    float[] t = Samples.probabilities(3, 5, 8);
    Result plain = run(loss, Backend.VECTOR, 5, y, t, null);
    Result weighted = run(loss, Backend.VECTOR, 5, y, t, new float[] {1, 1, 1});
    assertArrayEquals(plain.gradient, weighted.gradient);
    assertEquals(plain.value, weighted.value, 1e-6 * Math.abs(plain.value));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aRowOfWeightZeroIsNotLookedAt(Loss.Standard loss) {
    float nan = Float.NaN;
    float[] y = {1, nan, nan, 2};
    float[] t = {0.5f, nan, nan, 0.75f};
    float[] weights = {0, 1};
    y[2] = 3;
    t[2] = 0.25f;
    Result got = run(loss.withClassWeights(1, 2), Backend.VECTOR, 2, y, t, weights);
    Result alone =
        run(loss, Backend.VECTOR, 2, new float[] {3, 2}, new float[] {0.25f, 0.75f}, null);
    float classWeight = loss.kind() == Loss.Standard.Kind.SQUARED_ERROR ? 1.75f : 1;
    assertEquals(classWeight * alone.value, got.value, 1e-6);
    assertArrayEquals(new float[] {0, 0}, Arrays.copyOf(got.gradient, 2));
    assertEquals(classWeight * alone.gradient[0], got.gradient[2], 1e-6);
    assertEquals(classWeight * alone.gradient[1], got.gradient[3], 1e-6);
  }

  @Test
  void gradientsAtKinksAreTheStatedOnes() {
    float[] t = {1, 1, 1, 1};
    float[] y = {1, 1.5f, 0.5f, 3};
    assertArrayEquals(
        new float[] {0, 0.25f, -0.25f, 0.25f},
        run(Loss.MEAN_ABSOLUTE_ERROR, Backend.VECTOR, 4, y, t, null).gradient);
    assertArrayEquals(
        new float[] {0, 0.0625f, -0.1875f, 0.0625f},
        run(Loss.quantile(0.75f), Backend.VECTOR, 4, y, t, null).gradient);
    assertArrayEquals(
        new float[] {0, 0.125f, -0.125f, 0.125f},
        run(Loss.huber(0.5f), Backend.VECTOR, 4, y, t, null).gradient);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 0, 1000, 1",
    "1000, 1, 0, 0",
    "-1000, 1, 1000, -1",
    "-1000, 0, 0, 0",
    "-80, 0, 1.8048514e-35, 1.8048514e-35",
    "30, 1, 9.3576230e-14, 0"
  })
  void binaryCrossEntropyIsExactForLargeLogits(float z, float t, double value, float gradient) {
    float[] logit = {z};
    Result got = run(Loss.BINARY_CROSS_ENTROPY, Backend.VECTOR, 1, logit, new float[] {t}, null);
    assertEquals(value, got.value, 1e-6 * value);
    assertEquals(gradient, got.gradient[0], 1e-6f * Math.abs(gradient));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void whatIsNoNumberStaysNone(Loss.Standard loss) {
    float[] y = {Float.NaN, Float.NaN};
    Result got = run(loss, Backend.VECTOR, 2, y, new float[] {0.5f, 0.5f}, null);
    assertTrue(Double.isNaN(got.value));
    assertTrue(Float.isNaN(got.gradient[0]) && Float.isNaN(got.gradient[1]));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, the weight of row 0 must be a finite number of at least 0 but is -1.0",
    "1, NaN, the weight of row 1 must be a finite number of at least 0 but is NaN",
    "1, Infinity, the weight of row 1 must be a finite number of at least 0 but is Infinity",
    "0, 0, the weights of the batch's rows add up to 0 (of 2)"
  })
  void badWeightsAreNamedAndNothingIsWritten(float first, float second, String message) {
    float[] weights = {first, second};
    float[] dy = {7, 7};
    LossFunction function = new LossFunction(Loss.MEAN_SQUARED_ERROR, dispatch(Backend.VECTOR), 1);
    float[] y = new float[2];
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> function.gradient(2, y, 0, y, 0, weights, 0, dy, 0));
    String got = e.getMessage().replace(",", "");
    assertTrue(got.startsWith(message), got);
    assertArrayEquals(new float[] {7, 7}, dy);
  }

  @Test
  void targetsThatAreNoProbabilitiesAreNamedWhereClassesHaveWeights() {
    LossFunction function =
        new LossFunction(
            Loss.MEAN_SQUARED_ERROR.withClassWeights(1, 2), dispatch(Backend.VECTOR), 2);
    float[] t = {1, 0, -3, 1};
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> function.gradient(2, new float[4], 0, t, 0, null, 0, new float[4], 0));
    assertEquals(
        "the weight of row 1 must be a finite number of at least 0, but is -1.0, from class"
            + " weights, which need targets that are probabilities",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1, a network with 1 output needs 2 class weights",
    "2, ok",
    "3, a network with 3 outputs needs 3 class weights"
  })
  void thereAreAsManyClassWeightsAsClasses(int outputs, String message) {
    Loss loss =
        Loss.POISSON.withClassWeights(outputs == 1 ? new float[] {1, 2, 3} : new float[] {1, 2});
    if (outputs == 2) {
      assertEquals(loss.toString(), new LossFunction(loss, dispatch(Backend.SCALAR), 2).toString());
      return;
    }
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LossFunction(loss, dispatch(Backend.SCALAR), outputs));
    assertEquals(message + ", but the loss is " + loss, e.getMessage());
  }

  /** The sum of all outputs, each times 10; its gradient is 10. */
  private static Loss.Custom tenTimesTheSum(List<Integer> calls) {
    return (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
      calls.add(rows);
      double sum = 0;
      for (int i = 0; i < rows * outputs; i++) {
        sum += 10 * y[yOffset + i];
        dy[dyOffset + i] = 10;
      }
      return sum;
    };
  }

  @Test
  void aCustomLossIsTakenAsItIs() {
    List<Integer> calls = new ArrayList<>();
    float[] y = {1, 2, 3, 4};
    Result got = run(tenTimesTheSum(calls), Backend.VECTOR, 2, y, new float[4], null);
    assertEquals(100, got.value);
    assertArrayEquals(new float[] {10, 10, 10, 10}, got.gradient);
    assertEquals(List.of(2), calls);
  }

  @Test
  void aCustomLossIsWeightedRowByRow() {
    List<Integer> calls = new ArrayList<>();
    float[] y = {1, 2, Float.NaN, 5, 3, 4};
    float[] weights = {1, 0, 3};
    Result got = run(tenTimesTheSum(calls), Backend.VECTOR, 2, y, new float[6], weights);
    assertEquals((30 + 3 * 70) / 4.0, got.value);
    assertArrayEquals(new float[] {2.5f, 2.5f, 0, 0, 7.5f, 7.5f}, got.gradient);
    assertEquals(List.of(1, 1), calls);
  }

  private static Dispatch dispatch(Backend backend) {
    return new Dispatch(backend.kernels(), backend.updates());
  }
}
