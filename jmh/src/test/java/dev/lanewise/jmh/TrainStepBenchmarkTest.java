package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainStepBenchmarkTest {
  private static TrainStepBenchmark benchmark(String backend, int width, int batch) {
    TrainStepBenchmark benchmark = new TrainStepBenchmark();
    benchmark.backend = backend;
    benchmark.width = width;
    benchmark.batch = batch;
    benchmark.threads = 1;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void everyParamMakesAStepOfTheCountedSize() throws ReflectiveOperationException {
    for (TrainStepBenchmark benchmark : ParamCases.of(TrainStepBenchmark.class)) {
      if ((long) benchmark.width * benchmark.width * benchmark.batch > 1 << 22) {
        continue;
      }
      benchmark.setUp();
      Flops flops = new Flops();
      Bytes bytes = new Bytes();
      double expected = meanSquaredError(benchmark);
      assertEquals(expected, benchmark.step(flops, bytes), 1e-6 * expected);
      assertEquals(flop(benchmark.network.layers()) * benchmark.batch * 1e-9, flops.gflop, 1e-12);
      int moved = benchmark.network.parameters().length + benchmark.x.length;
      assertEquals(2 * moved * 4e-9, bytes.gigabyte, 1e-12);
      benchmark.tearDown();
    }
  }

  /**
   * A multiply-add for each weight: forward, and back to the weight; from the second layer to the
   * input.
   */
  private static double flop(List<Layer> layers) {
    double flop = 0;
    for (int l = 0; l < layers.size(); l++) {
      flop += 2.0 * layers.get(l).in() * layers.get(l).out() * (l == 0 ? 2 : 3);
    }
    return flop;
  }

  private static double meanSquaredError(TrainStepBenchmark benchmark) {
    float[] y = benchmark.network.predict(benchmark.x);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += Math.pow((double) y[i] - benchmark.targets[i], 2);
    }
    return sum / y.length;
  }

  @Test
  void bothBackendsTrainToTheSameBits() {
    for (int batch : new int[] {1, 32}) {
      TrainStepBenchmark scalar = benchmark("scalar", 64, batch);
      TrainStepBenchmark vector = benchmark("vector", 64, batch);
      for (int step = 0; step < 20; step++) {
        assertEquals(
            scalar.step(new Flops(), new Bytes()),
            vector.step(new Flops(), new Bytes()),
            "loss of step " + step);
      }
      assertTrue(
          Arrays.equals(scalar.network.parameters(), vector.network.parameters()), "parameters");
    }
  }

  @Test
  void trainingSettlesNearWhereItBegan() {
    for (int batch : new int[] {1, 32}) {
      TrainStepBenchmark benchmark = benchmark("vector", 64, batch);
      double first = benchmark.loss();
      Flops flops = new Flops();
      for (int step = 0; step < 20_000; step++) {
        benchmark.step(flops, new Bytes());
      }
      assertTrue(benchmark.loss() < first / 2, "loss " + benchmark.loss() + " after " + first);
      assertEquals(0.5, zeros(benchmark), 0.2, "share of hidden outputs that are zero");
      benchmark.tearDown();
    }
  }

  private static double zeros(TrainStepBenchmark benchmark) {
    int width = benchmark.width;
    Network hidden =
        Network.builder(width).dense(width, Activation.RELU).dense(width, Activation.RELU).build();
    hidden.setParameters(Arrays.copyOf(benchmark.network.parameters(), hidden.parameterCount()));
    int zeros = 0;
    float[] y = hidden.predict(benchmark.x);
    for (float value : y) {
      zeros += value == 0 ? 1 : 0;
    }
    return (double) zeros / y.length;
  }

  @Test
  void divergedTrainingFailsTheTrial() {
    TrainStepBenchmark benchmark = benchmark("vector", 16, 1);
    float[] parameters = benchmark.network.parameters();
    parameters[parameters.length - 1] = Float.NaN;
    benchmark.network.setParameters(parameters);
    assertThrows(IllegalStateException.class, benchmark::tearDown);
  }
}
