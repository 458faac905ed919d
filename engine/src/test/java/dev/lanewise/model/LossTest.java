package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void aParameterThatIsNotPositiveIsRefused(float value) {
    refused(
        "delta of the Huber loss must be a finite number above 0, but was " + value,
        () -> Loss.huber(value));
    refused(
        "positive weight of binary cross-entropy must be a finite number above 0, but was " + value,
        () -> Loss.binaryCrossEntropy(value));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.5f, 1, Float.NaN, Float.POSITIVE_INFINITY})
  void aParameterThatIsNoProportionIsRefused(float value) {
    refused("quantile must be above 0 and below 1, but was " + value, () -> Loss.quantile(value));
    refused(
        "label smoothing must be at least 0 and below 1, but was " + value,
        () -> Loss.softmaxCrossEntropy(value));
  }

  @Test
  void aParameterOfALossThatHasNoneIsRefused() {
    refused(
        "parameter of POISSON, which has none, must be 0, but was 2.0",
        () -> new Loss.Standard(Loss.Standard.Kind.POISSON, 2));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.5f, Float.NaN, Float.POSITIVE_INFINITY})
  void aClassWeightThatIsNoneIsRefused(float value) {
    refused(
        "weight of class 1 must be a finite number of at least 0, but was " + value,
        () -> Loss.POISSON.withClassWeights(1, value));
  }

  @Test
  void classWeightsOfNothingButZerosAreRefused() {
    refused(
        "at least one class weight must be above 0, but all 2 are 0",
        () -> Loss.POISSON.withClassWeights(0, 0));
  }

  @Test
  void classWeightsAreCopied() {
    float[] weights = {1, 2};
    Loss.Standard loss = Loss.huber(2).withClassWeights(weights);
    weights[0] = 9;
    assertEquals(List.of(1f, 2f), loss.classWeights());
    assertEquals("huber(2.0) with class weights [1.0, 2.0]", loss.toString());
    assertEquals(Loss.huber(2), loss.withClassWeights());
  }

  @Test
  void lossesAreValues() {
    assertEquals(Loss.huber(2), Loss.huber(2));
    assertNotEquals(Loss.huber(2), Loss.huber(3));
    assertEquals(Loss.SOFTMAX_CROSS_ENTROPY, Loss.softmaxCrossEntropy(0));
    assertEquals(Loss.BINARY_CROSS_ENTROPY, Loss.binaryCrossEntropy(1));
    assertEquals("mean_squared_error", Loss.MEAN_SQUARED_ERROR.toString());
  }
}
