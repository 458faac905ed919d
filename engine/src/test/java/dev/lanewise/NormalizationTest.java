package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.data.Scaling;
import dev.lanewise.model.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizationTest {
  private static final Scaling SCALING =
      new Scaling(new float[] {10, -2, 0.5f}, new float[] {0.25f, 4, 2});

  @ParameterizedTest
  @EnumSource
  void aNetworkScalesRawNumbersAndBack(Backend backend) {
    Network there = Network.builder(3).normalization(SCALING).backend(backend).build();
    assertArrayEquals(
        new float[] {1, 4, 0, -2.5f, 8, -1}, there.predict(new float[] {14, -1, 0.5f, 0, 0, 0}));
    Network back =
        Network.builder(3)
            .normalization(SCALING)
            .normalization(SCALING.inverse())
            .backend(backend)
            .build();
    float[] x = {14, -1, 0.5f, 0, 0, 0};
    assertArrayEquals(x, back.predict(x));
  }

  @ParameterizedTest
  @EnumSource
  void aScalingOfOtherColumnsIsRefused(Backend backend) {
    NetworkBuilder builder = Network.builder(3).dense(2, Activation.RELU).backend(backend);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> builder.normalization(SCALING));
    assertEquals("layer 1 scales 2 numbers, but the scaling has 3 columns", e.getMessage());
  }
}
