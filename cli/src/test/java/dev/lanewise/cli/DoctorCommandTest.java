package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void tellsMachineMeasurementsAndAdvice() throws IOException {
    Typed typed = Typed.type("doctor", "--quick", "--json");

    assertEquals(0, typed.code(), typed.err().toString());
    for (String start :
        List.of("processor ", "Java ", "backend ", "memory ", "product ", "advice")) {
      assertTrue(typed.out().stream().anyMatch(line -> line.startsWith(start)), start);
    }
    Map<String, Object> json = JSON.std.mapFrom(typed.out().get(typed.out().size() - 1));
    assertTrue(((List<?>) json.get("advice")).stream().allMatch(a -> a instanceof String));
    Map<?, ?> measured = (Map<?, ?>) json.get("measured");
    for (String name : List.of("memoryGbs", "gemm512Gflops", "trainingSamplesPerSecond")) {
      assertTrue((double) measured.get(name) > 0, name);
    }
    assertEquals(
        Runtime.getRuntime().availableProcessors(), json.get("processors"), json.toString());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertEquals(2, Typed.type("doctor", "--slow").code());
  }
}
