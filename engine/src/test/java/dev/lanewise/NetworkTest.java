package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  private static Network twoTwoOne(Activation hidden) {
    return Network.builder(2).dense(2, hidden).dense(1, Activation.IDENTITY).build();
  }

  @ParameterizedTest
  @EnumSource
  void predictsWhatOneComputesByHand(Backend backend) {
    Network network =
        Network.builder(2)
            .dense(2, Activation.RELU)
            .dense(1, Activation.IDENTITY)
            .backend(backend)
            .build();
    network.setWeights(0, new float[] {1, -1, 2, 0.5f});
    network.setBias(0, new float[] {0.5f, -3});
    network.setWeights(1, new float[] {2, -1});
    network.setBias(1, new float[] {0.25f});
    // (1, 2): sums 5.5 and -3, so 2 * 5.5 + 0.25; (-4, 2): sums 0.5 and 2, so 1 - 2 + 0.25.
    assertArrayEquals(new float[] {11.25f}, network.predict(new float[] {1, 2}));
    assertArrayEquals(new float[] {11.25f, -0.75f}, network.predict(new float[] {1, 2, -4, 2}));
  }

  @ParameterizedTest
  @EnumSource
  void appliesTheLastActivation(Activation.Kind activation) {
    Network network = Network.builder(2).dense(2, Samples.activation(activation), false).build();
    network.setWeights(0, new float[] {1, 0, 0, 1});
    double p = 1 / (1 + Math.exp(-2.5));
    double[] expected =
        switch (activation) {
          case IDENTITY -> new double[] {2, -0.5};
          case RELU -> new double[] {2, 0};
          case SIGMOID -> new double[] {1 / (1 + Math.exp(-2)), 1 / (1 + Math.exp(0.5))};
          case TANH -> new double[] {Math.tanh(2), Math.tanh(-0.5)};
          case SOFTMAX -> new double[] {p, 1 - p};
          case LEAKY_RELU -> new double[] {2, -0.125};
          case ELU -> new double[] {2.0, -0.590204010431};
          case SELU -> new double[] {2.10140197471, -0.691758187803};
          case GELU -> new double[] {1.9544997361, -0.154268769363};
          case GELU_TANH -> new double[] {1.95459769409, -0.154285990175};
          case SILU -> new double[] {1.76159415596, -0.188770334399};
          case SOFTPLUS -> new double[] {2.12692801104, 0.47407698418};
        };
    float[] y = network.predict(new float[] {2, -0.5f});
    assertEquals(expected[0], y[0], 2e-7);
    assertEquals(expected[1], y[1], 2e-7);
  }

  @ParameterizedTest
  @EnumSource
  void aRowGivesTheSameBitsAloneAsAmongOthers(Backend backend) {
    for (Activation hidden : List.of(Activation.RELU, Activation.TANH)) {
      Network network = Samples.odd(hidden, Activation.SOFTMAX, backend);
      for (int rows : new int[] {2, 7, 64, 65, 131}) {
        float[] x = Samples.numbers(rows * 33, rows);
        float[] together = network.predict(x);
        for (int r = 0; r < rows; r++) {
          float[] alone = network.predict(Arrays.copyOfRange(x, r * 33, (r + 1) * 33));
          assertArrayEquals(Arrays.copyOfRange(together, r * 5, (r + 1) * 5), alone);
        }
      }
    }
  }

  @Test
  void predictsIntoAPartOfTheCallersArray() {
    Network network = twoTwoOne(Activation.TANH);
    float[] x = Samples.numbers(10, 1);
    float[] y = {9, 9, 9, 9, 9};
    network.predict(2, x, 3, y, 2);
    float[] alone = network.predict(Arrays.copyOfRange(x, 3, 7));
    assertArrayEquals(new float[] {9, 9, alone[0], alone[1], 9}, y);
  }

  @Test
  void manyThreadsPredictTheSameBitsAtOnce() throws Exception {
    Network network = Samples.odd(Activation.SIGMOID, Activation.SOFTMAX, Backend.preferred());
    float[] x = Samples.numbers(70 * 33, 5);
    float[] expected = network.predict(x);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(
          () -> {
            boolean same = true;
            for (int repetition = 0; repetition < 50; repetition++) {
              same &= Arrays.equals(expected, network.predict(x));
            }
            return same;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> same : threads.invokeAll(tasks)) {
        assertTrue(same.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void parametersAreInPublicOrder() {
    Network network =
        Network.builder(2)
            .dense(3, Activation.RELU)
            .dense(2, Activation.TANH, false)
            .dense(1, Activation.IDENTITY)
            .build();
    network.setWeights(0, new float[] {1, 2, 3, 4, 5, 6});
    network.setBias(0, new float[] {7, 8, 9});
    network.setWeights(1, new float[] {10, 11, 12, 13, 14, 15});
    network.setBias(1, new float[] {});
    network.setWeights(2, new float[] {16, 17});
    network.setBias(2, new float[] {18});
    float[] all = new float[18];
    for (int i = 0; i < 18; i++) {
      all[i] = i + 1;
    }
    assertEquals(18, network.parameterCount());
    assertArrayEquals(all, network.parameters());

    Network other = network.copy();
    other.setParameters(Samples.numbers(18, 3));
    assertArrayEquals(all, network.parameters());
    other.setParameters(all);
    assertArrayEquals(new float[] {10, 11, 12, 13, 14, 15}, other.weights(1));
    assertArrayEquals(new float[] {}, other.bias(1));
    assertArrayEquals(new float[] {18}, other.bias(2));
    assertEquals(network.layers(), other.layers());
  }

  @Test
  void whatItReturnsIsACopy() {
    Network network = twoTwoOne(Activation.RELU);
    float[] before = network.parameters();
    Arrays.fill(network.parameters(), 5);
    Arrays.fill(network.weights(0), 5);
    Arrays.fill(network.bias(0), 5);
    assertArrayEquals(before, network.parameters());
    assertThrows(UnsupportedOperationException.class, () -> network.layers().clear());
  }

  /** What a seed means never changes, on any machine. */
  @ParameterizedTest
  @CsvSource({"UNIFORM, 1852483405", "HE, 3788849855", "XAVIER, 3351806410"})
  void aSeedMeansTheSameWeightsForEver(Initializer init, long checksum) {
    Network network =
        Network.builder(5)
            .dense(7, Activation.RELU)
            .dense(3, Activation.SOFTMAX)
            .initializer(init, 42)
            .build();
    assertEquals(checksum, Samples.checksum(network.parameters()));
    assertArrayEquals(new float[7], network.bias(0));
  }

  @Test
  void anotherSeedMeansOtherWeights() {
    Network a = Network.builder(5).dense(7, Activation.RELU).initializer(Initializer.HE, 1).build();
    Network b = Network.builder(5).dense(7, Activation.RELU).initializer(Initializer.HE, 2).build();
    assertNotEquals(Samples.checksum(a.weights(0)), Samples.checksum(b.weights(0)));
  }

  @Test
  void twoLinearLayersCollapseToTheirProduct() {
    Network network = twoTwoOne(Activation.IDENTITY);
    float w1 = 2;
    float w2 = 3;
    float w3 = 5;
    float w4 = 7;
    float w5 = 11;
    float w6 = 13;
    // Inputs 1 and 2 leave through w1, w3 and w2, w4 to the hidden layer, that through w5 and w6.
    network.setWeights(0, new float[] {w1, w3, w2, w4});
    network.setWeights(1, new float[] {w5, w6});
    Network one = network.collapse();
    assertEquals(1, one.layers().size());
    assertArrayEquals(new float[] {w1 * w5 + w3 * w6, w2 * w5 + w4 * w6}, one.weights(0));
    assertArrayEquals(network.predict(new float[] {4, -9}), one.predict(new float[] {4, -9}));
  }

  @Test
  void collapsingKeepsBiasesAndTheLastActivation() {
    Network deep =
        Network.builder(6)
            .dense(9, Activation.IDENTITY)
            .dense(4, Activation.IDENTITY, false)
            .dense(3, Activation.SOFTMAX)
            .initializer(Initializer.XAVIER, 4)
            .build();
    deep.setBias(0, Samples.numbers(9, 1));
    deep.setBias(2, Samples.numbers(3, 2));
    Network one = deep.collapse();
    assertEquals(
        List.of(Activation.SOFTMAX), one.layers().stream().map(l -> l.activation()).toList());
    float[] x = Samples.numbers(60, 3);
    assertArrayEquals(deep.predict(x), one.predict(x), 1e-6f);
    assertArrayEquals(one.parameters(), one.collapse().parameters());
  }

  @Test
  void aNetworkOfVeryManyInputsCollapses() {
    Network wide =
        Network.builder(50_000).dense(2, Activation.IDENTITY).dense(1, Activation.IDENTITY).build();
    float[] w0 = wide.weights(0);
    float[] w1 = wide.weights(1);
    double first = (double) w0[0] * w1[0] + (double) w0[1] * w1[1];
    assertEquals((float) first, wide.collapse().weights(0)[0]);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"IDENTITY", "SOFTMAX"})
  void aStackThatIsNotLinearDoesNotCollapse(Activation.Kind kind) {
    Activation hidden = Samples.activation(kind);
    Exception e = assertThrows(IllegalStateException.class, () -> twoTwoOne(hidden).collapse());
    assertEquals(
        "only a stack of layers without activation is one layer, but layer 0 has " + hidden,
        e.getMessage());
  }

  @Test
  void tellsWhatItRunsOn() {
    BackendInfo scalar =
        Samples.odd(Activation.RELU, Activation.TANH, Backend.SCALAR).backendInfo();
    assertEquals(Backend.SCALAR, scalar.backend());
    assertEquals(32, scalar.vectorBits());
    assertEquals(1, scalar.lanes());
    BackendInfo vector =
        Samples.odd(Activation.RELU, Activation.TANH, Backend.VECTOR).backendInfo();
    assertEquals(Backend.VECTOR, vector.backend());
    assertEquals(vector.vectorBits(), 32 * vector.lanes());
    assertEquals(1, vector.threads());
    String text = "vector, " + vector.vectorBits() + " bits (" + vector.lanes() + " lanes)";
    assertTrue(vector.toString().startsWith(text), vector::toString);
  }

  @ParameterizedTest
  @EnumSource
  void aClassIsTheFirstOfTheLargestOutputs(Backend backend) {
    Network network = Samples.odd(Activation.TANH, Activation.IDENTITY, backend);
    int rows = 600;
    float[] x = Samples.numbers(rows * 33, 7);
    float[] y = network.predict(x);
    int[] classes = new int[rows + 2];
    network.predictClasses(rows - 1, x, 33, classes, 2);
    int[] all = network.predictClasses(x);
    for (int r = 0; r < rows; r++) {
      int largest = 0;
      for (int j = 1; j < 5; j++) {
        largest = y[r * 5 + j] > y[r * 5 + largest] ? j : largest;
      }
      assertEquals(largest, all[r]);
      assertEquals(r == 0 ? 0 : largest, classes[r + 1]);
    }
    Network equal = Network.builder(1).dense(3, Activation.SOFTMAX).backend(backend).build();
    equal.setWeights(0, new float[] {1, 2, 2});
    assertEquals(1, equal.predictClass(new float[] {1}));
    assertThrows(IllegalArgumentException.class, () -> equal.predictClass(new float[2]));
  }

  @Test
  void oneOutputIsYesFromAHalfOn() {
    Network network = Network.builder(1).dense(1, Activation.SIGMOID, false).build();
    network.setWeights(0, new float[] {1});
    assertArrayEquals(
        new int[] {0, 1, 1}, network.predictClasses(new float[] {-0.001f, 0, 0.001f}));
    Network number = Network.builder(1).dense(1, Activation.IDENTITY).build();
    String message =
        assertThrows(IllegalStateException.class, () -> number.predictClass(new float[1]))
            .getMessage();
    assertTrue(message.startsWith("one output of identity says no class: "), message);
  }

  @Test
  void aNetworkIsATableOfItsLayers() {
    Network network =
        Network.builder(4)
            .normalization()
            .dense(1000, Activation.RELU, false)
            .batchNorm(Activation.IDENTITY)
            .dropout(0.5f)
            .dense(3, Activation.SOFTMAX)
            .build();
    assertEquals(
        """
            layer                          output shape         parameters
            inputs                         rows x 4
        0   normalization                  rows x 4                      0
        1   dense, no bias, relu           rows x 1000               4,000
        2   batch norm                     rows x 1000               2,000
        3   dropout 0.5                    rows x 1000                   0
        4   dense, softmax                 rows x 3                  3,003
            total                                                    9,003
        and 2,008 numbers that are not learned
        """,
        network.toString());
  }
}
