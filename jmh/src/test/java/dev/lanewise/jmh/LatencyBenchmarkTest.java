package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class LatencyBenchmarkTest {
  @Test
  void predictsWhatTheNetworkWouldAsTheFirstRowOfABatch() throws ReflectiveOperationException {
    for (LatencyBenchmark benchmark : ParamCases.of(LatencyBenchmark.class)) {
      benchmark.setUp();
      int width = benchmark.width;
      float[] batch = new float[2 * width];
      System.arraycopy(benchmark.x, 0, batch, 0, width);
      float[] expected = new float[width];
      System.arraycopy(benchmark.network.predict(batch), 0, expected, 0, width);
      assertArrayEquals(expected, benchmark.predict());
    }
  }
}
