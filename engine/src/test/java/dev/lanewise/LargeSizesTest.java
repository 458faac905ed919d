package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.Scaling;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes near the largest int work, or are refused in one line. */
class LargeSizesTest {
  private static final int MOST = Integer.MAX_VALUE;

  /** Rows of zeros, as many and as wide as one likes. */
  private record Zeros(int rows, int inputs, int outputs) implements RowSource {
    @Override
    public boolean hasWeights() {
      return false;
    }

    @Override
    public void gather(
        int[] chosen, int from, int count, float[] xBatch, float[] tBatch, float[] weightBatch) {
      Arrays.fill(xBatch, 0, count * inputs, 0);
      Arrays.fill(tBatch, 0, count * outputs, 0);
    }
  }

  private static void assertRefused(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }

  @ParameterizedTest
  @EnumSource
  void aLayerOfMoreParametersThanAnArrayHolds(Backend backend) {
    int[][] sizes = {{50_000, 50_000}, {MOST, MOST}, {MOST, 2}, {1, MOST}, {MOST - 15, MOST - 15}};
    for (int[] size : sizes) {
      NetworkBuilder builder =
          Network.builder(size[0]).dense(size[1], Activation.RELU).backend(backend);
      assertRefused("parameters, but one network holds at most", builder::build);
    }
  }

  @ParameterizedTest
  @EnumSource
  void layersWithoutParametersThatAreWiderThanAnArray(Backend backend) {
    assertRefused("one row", () -> Network.builder(MOST).dropout(0.5f).backend(backend).build());
    assertRefused(
        "one row",
        () ->
            Network.builder(MOST / 2)
                .dropout(0.5f)
                .dropout(0.5f)
                .dropout(0)
                .backend(backend)
                .build());
    assertRefused(
        "buffers", () -> Network.builder(MOST / 2 + 1).normalization().backend(backend).build());
  }

  @Test
  void predictionsThatOneArrayCannotHold() {
    Network network = Network.builder(1).dense(65_536, Activation.RELU).build();
    assertRefused("65536", () -> network.predict(new float[40_000]));
  }

  @Test
  void aBatchThatOneArrayCannotHold() {
    assertRefused(
        "1048576", () -> new Batches(new Zeros(4096, 1 << 20, 1), 4096, 1, Batches.LastBatch.KEEP));
    assertRefused(
        "1048576", () -> new Batches(new Zeros(4096, 1, 1 << 20), 4096, 1, Batches.LastBatch.KEEP));
  }

  /** 256 of these rows at once would not fit into an array. */
  @Test
  void wideRowsAreTakenAFewAtATime() {
    Zeros wide = new Zeros(3, 9_000_000, 1);
    assertEquals(9_000_000, Scaling.standard(wide).columns());
  }

  @Test
  void aWideNetworkPredictsAFewRowsAtATimeAndRefusesToTrainOnTooManyAtOnce() {
    int rows = 20;
    Network network =
        Network.builder(1).dense(9_000_000, Activation.RELU).dense(1, Activation.IDENTITY).build();
    float[] x = Samples.numbers(rows, 1);
    float[] y = network.predict(x);
    for (int r : new int[] {0, rows - 1}) {
      assertEquals(network.predict(new float[] {x[r]})[0], y[r]);
    }
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f), 1);
    float[] many = new float[240];
    assertRefused("for 240 rows", () -> trainer.loss(240, many, 0, many, 0));
  }

  /** Kernels count in steps that must not pass the largest int. */
  @Test
  void matricesWithMoreRowsThanKernelsCount() {
    int most = Kernels.MAX_LENGTH;
    float[] none = {};
    Backend.VECTOR.kernels().gemm(most, 0, 0, none, 0, 0, none, 0, 0, none, 0, 0, none, 0);
    for (Backend backend : Backend.values()) {
      Kernels kernels = backend.kernels();
      assertRefused(
          "x has 2147483585 elements; a kernel takes at most 2147483584",
          () -> kernels.gemm(most + 1, 0, 0, none, 0, 0, none, 0, 0, none, 0, 0, none, 0));
    }
    assertTrue(most - 1 + 64 > 0, "a step of 64 passes the largest int");
  }
}
