package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.model.Layer.Dense;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE, 0x9e3779b97f4a7c15L})
  void bitsAreThoseOfSplittableRandom(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int n = 0; n < 1000; n++) {
      assertEquals(random.nextLong(), SplitMix64.bits(seed, n));
    }
  }

  @Test
  void uniformNumbersFillTheirIntervalInStepsOf2ToTheMinus24() {
    double sum = 0;
    float largest = 0;
    for (int n = 0; n < 100_000; n++) {
      float u = SplitMix64.uniform(3, n);
      assertTrue(u >= 0 && u < 1 && u * 0x1p24f == (int) (u * 0x1p24f));
      sum += u;
      largest = Math.max(largest, u);
    }
    assertEquals(0.5, sum / 100_000, 0.005);
    assertTrue(largest > 0.9999);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1_000_003, Integer.MAX_VALUE})
  void wholeNumbersStayBelowTheirBound(int bound) {
    double sum = 0;
    for (int n = 0; n < 100_000; n++) {
      int number = SplitMix64.below(5, n, bound);
      assertTrue(number >= 0 && number < bound);
      sum += number;
    }
    assertEquals(0.5, (sum / 100_000 + 0.5) / bound, 0.005);
  }

  @ParameterizedTest
  @CsvSource({"HE, 300, 100, 300", "HE, 3, 1000, 3", "XAVIER, 300, 100, 400", "XAVIER, 1, 1, 2"})
  void symmetricWeightsHaveTheLimitAndVarianceOfTheirPaper(
      Initializer init, int in, int out, int fan) {
    int count = 200_000;
    double limit = Math.sqrt(6.0 / fan);
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (int n = 0; n < count; n++) {
      double w = init.weight(in, out, 99, n);
      sum += w;
      squares += w * w;
      largest = Math.max(largest, Math.abs(w));
    }
    assertTrue(largest <= limit * (1 + 1e-7) && largest > 0.999 * limit, "largest " + largest);
    assertEquals(0, sum / count / limit, 0.005);
    assertEquals(2.0 / fan, squares / count, 0.02 / fan);
  }

  @Test
  void heWeightsDependOnTheInputsOnly() {
    assertEquals(Initializer.HE.weight(50, 1, 1, 7), Initializer.HE.weight(50, 999, 1, 7));
  }

  @ParameterizedTest
  @ValueSource(floats = {-1e-9f, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aLearningRateThatIsNoneIsRefused(float rate) {
    String expected = "learning rate must be a finite number of at least 0, but was " + rate;
    Exception made = assertThrows(IllegalArgumentException.class, () -> new Sgd(rate));
    assertEquals(expected, made.getMessage());
    Sgd sgd = new Sgd(1);
    Exception changed =
        assertThrows(IllegalArgumentException.class, () -> sgd.withLearningRate(rate));
    assertEquals(expected, changed.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "3, 0", "-7, 3", "3, -2147483648"})
  void aLayerWithoutInputsOrOutputsIsRefused(int in, int out) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new Dense(in, out, Activation.RELU, true));
    assertEquals(
        "a layer needs at least 1 input and 1 output, but in = " + in + ", out = " + out,
        e.getMessage());
  }

  @Test
  void aLayerCountsItsParametersBeyondInt() {
    assertEquals(4, new Dense(2, 2, Activation.RELU, false).parameterCount());
    assertEquals(6, new Dense(2, 2, Activation.RELU, true).parameterCount());
    assertEquals(2_500_050_000L, new Dense(50_000, 50_000, Activation.RELU, true).parameterCount());
  }

  @Test
  void activationsThatNeedSumsAreThoseThatAreNotMonotone() {
    for (Activation.Kind kind : Activation.Kind.values()) {
      float parameter = kind == Activation.Kind.ELU ? 1 : 0;
      boolean expected =
          kind == Activation.Kind.GELU
              || kind == Activation.Kind.GELU_TANH
              || kind == Activation.Kind.SILU;
      assertEquals(expected, new Activation(kind, parameter).needsSums(), kind.name());
    }
  }

  @Test
  void anActivationIsWrittenWithItsParameter() {
    assertEquals("leaky_relu(0.01)", Activation.leakyRelu(0.01f).toString());
    assertEquals("elu(1.0)", Activation.elu(1).toString());
    assertEquals("gelu_tanh", Activation.GELU_TANH.toString());
  }

  @ParameterizedTest
  @ValueSource(floats = {-1e-9f, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aSlopeOrAnAlphaThatIsNoneIsRefused(float parameter) {
    Exception slope =
        assertThrows(IllegalArgumentException.class, () -> Activation.leakyRelu(parameter));
    assertEquals(
        "the slope of a leaky ReLU must be a finite number of at least 0, but was " + parameter,
        slope.getMessage());
    Exception alpha = assertThrows(IllegalArgumentException.class, () -> Activation.elu(parameter));
    assertEquals(
        "the alpha of an ELU must be a finite number above 0, but was " + parameter,
        alpha.getMessage());
  }

  @Test
  void anAlphaOfZeroAndAParameterOfNoUseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Activation.elu(0));
    assertThrows(IllegalArgumentException.class, () -> new Activation(Activation.Kind.SELU, 0.5f));
    assertEquals(0, Activation.leakyRelu(0).parameter());
  }
}
