package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
  private static final double CLOSE = 1e-15;

  private static void rates(Schedule schedule, double base, double... expected) {
    for (int t = 0; t < expected.length; t++) {
      assertEquals(expected[t], schedule.rate(base, t), CLOSE * base, "time " + t);
    }
  }

  private static Map<?, ?> trace(String name) throws IOException {
    try (InputStream file = ScheduleTest.class.getResourceAsStream("/torch/" + name)) {
      assertNotNull(file, name);
      return JSON.std.mapFrom(file);
    }
  }

  private static double number(Map<?, ?> fields, String group, String name) {
    return ((Number) ((Map<?, ?>) fields.get(group)).get(name)).doubleValue();
  }

  private static void equalsTrace(Schedule schedule, Map<?, ?> trace) {
    List<?> recorded = (List<?>) trace.get("lrs");
    assertTrue(recorded.size() >= 45);
    double base = number(trace, "hp", "lr");
    for (int t = 0; t < recorded.size(); t++) {
      double expected = ((Number) recorded.get(t)).doubleValue();
      assertEquals(expected, schedule.rate(base, t), 1e-12 * base, "time " + t);
    }
  }

  @Test
  void aCosineGivesTheRatesThatPyTorchRecorded() throws IOException {
    Map<?, ?> trace = trace("cosine.json");
    long length = (long) number(trace, "sched", "t_max");
    equalsTrace(Schedule.cosine(length, number(trace, "sched", "eta_min")), trace);
  }

  @Test
  void aStepDecayGivesTheRatesThatPyTorchRecorded() throws IOException {
    Map<?, ?> trace = trace("step-decay.json");
    long size = (long) number(trace, "sched", "step_size");
    equalsTrace(Schedule.step(size, number(trace, "sched", "gamma")), trace);
  }

  @Test
  void aConstantRateStays() {
    rates(Schedule.constant(), 0.3, 0.3, 0.3, 0.3);
    assertEquals(0.3, Schedule.constant().rate(0.3, Long.MAX_VALUE));
  }

  @Test
  void anExponentialDecayMultipliesEachTime() {
    rates(Schedule.exponential(0.5), 0.8, 0.8, 0.4, 0.2, 0.1);
    assertEquals(0, Schedule.exponential(0.5).rate(1, Long.MAX_VALUE));
  }

  @Test
  void aCosineGoesDownToItsMinimumAndStaysThere() {
    double quarter = Math.sqrt(0.5);
    rates(
        Schedule.cosine(4, 0.2),
        1,
        1,
        0.2 + 0.4 * (1 + quarter),
        0.6,
        0.2 + 0.4 * (1 - quarter),
        0.2,
        0.2,
        0.2);
  }

  @Test
  void warmRestartsAreCosinesOfGrowingLength() {
    Schedule restarts = Schedule.cosineRestarts(2, 3, 0.1);
    rates(restarts, 1, 1, 0.55, 1);
    for (int since = 0; since < 6; since++) {
      assertEquals(Schedule.cosine(6, 0.1).rate(1, since), restarts.rate(1, 2 + since));
    }
    for (int since = 0; since < 18; since++) {
      assertEquals(Schedule.cosine(18, 0.1).rate(1, since), restarts.rate(1, 8 + since));
    }
    assertEquals(1, restarts.rate(1, 26));
    rates(Schedule.cosineRestarts(2, 1, 0), 1, 1, 0.5, 1, 0.5, 1, 0.5);
    double late = restarts.rate(1, Long.MAX_VALUE);
    assertTrue(late >= 0.1 && late <= 1, "rate " + late);
  }

  @Test
  void aWarmUpRisesInALineAndStaysUp() {
    rates(Schedule.warmUp(4), 0.8, 0.2, 0.35, 0.5, 0.65, 0.8, 0.8);
    rates(Schedule.warmUp(4, 0), 0.8, 0, 0.2, 0.4, 0.6, 0.8, 0.8);
    rates(Schedule.warmUp(2, 0.5), 0.8, 0.4, 0.6, 0.8, 0.8);
  }

  @Test
  void whatFollowsBeginsAtItsOwnTimeZero() {
    Schedule schedule = Schedule.warmUp(2).then(Schedule.step(1, 0.5));
    rates(schedule, 1, 0.5, 0.75, 1, 0.5, 0.25);
    Schedule three =
        Schedule.constant().until(1).then(Schedule.warmUp(2, 0.5)).then(Schedule.cosine(2, 0));
    assertEquals(5, three.length());
    rates(three, 1, 1, 0.5, 0.75, 1, 0.5, 0, 0);
    Schedule own = (base, t) -> base / (1.0 + t);
    rates(Schedule.warmUp(1).then(own), 1, 1, 1, 0.5, 1.0 / 3);
  }

  @Test
  void onlyAScheduleWithAnEndCanBeFollowed() {
    Schedule endless = Schedule.warmUp(2).then(Schedule.constant());
    for (Schedule schedule : List.of(Schedule.constant(), Schedule.exponential(1), endless)) {
      Exception e =
          assertThrows(IllegalStateException.class, () -> schedule.then(Schedule.constant()));
      assertTrue(e.getMessage().endsWith("give it one with until"), e.getMessage());
    }
  }

  /** What OneCycleLR's get_lr does, phase by phase. */
  private static double oneCycle(
      double max, double total, double rise, double divisor, double lastDivisor, int t) {
    double initial = max / divisor;
    double least = initial / lastDivisor;
    double[][] phases = {{rise * total - 1, initial, max}, {total - 1, max, least}};
    double start = 0;
    for (int i = 0; ; i++) {
      double end = phases[i][0];
      if (t <= end || i == 1) {
        double part = (t - start) / (end - start);
        return phases[i][2] + (phases[i][1] - phases[i][2]) / 2 * (Math.cos(Math.PI * part) + 1);
      }
      start = end;
    }
  }

  @Test
  void oneCycleGoesAsPyTorchsDoes() {
    for (int length : new int[] {3, 7, 10, 100, 101}) {
      Schedule usual = Schedule.oneCycle(length);
      Schedule other = Schedule.oneCycle(length, 0.45, 5, 20);
      for (int t = 0; t < length; t++) {
        assertEquals(oneCycle(2, length, 0.3, 25, 1e4, t), usual.rate(2, t), 2e-15, "time " + t);
        assertEquals(oneCycle(2, length, 0.45, 5, 20, t), other.rate(2, t), 2e-15, "time " + t);
      }
      assertEquals(2 / 25.0 / 1e4, usual.rate(2, length + 5), 1e-15);
    }
    assertEquals(0.08, Schedule.oneCycle(10).rate(2, 0), 1e-15);
    assertEquals(2, Schedule.oneCycle(10).rate(2, 2), 1e-15);
    assertEquals(8e-6, Schedule.oneCycle(10).rate(2, 9), 1e-15);
    assertEquals(8e-6, Schedule.oneCycle(1).rate(2, 0), 1e-15);
  }

  private static Arguments row(String message, Supplier<Object> bad) {
    return Arguments.of(message, bad);
  }

  static Stream<Arguments> badNumbers() {
    String length = "length must be at least 1, but was 0";
    return Stream.of(
        row("size must be at least 1, but was 0", () -> Schedule.step(0, 1)),
        row(
            "gamma must be a finite number of at least 0, but was -0.1",
            () -> Schedule.exponential(-0.1)),
        row(length, () -> Schedule.cosine(0, 0)),
        row(
            "minimum must be a finite number of at least 0, but was NaN",
            () -> Schedule.cosine(1, Double.NaN)),
        row("first must be at least 1, but was 0", () -> Schedule.cosineRestarts(0, 1, 0)),
        row("multiplier must be at least 1, but was 0", () -> Schedule.cosineRestarts(1, 0, 0)),
        row(length, () -> Schedule.warmUp(0)),
        row("from must be from 0 to 1, but was 1.5", () -> Schedule.warmUp(1, 1.5)),
        row(length, () -> Schedule.oneCycle(0)),
        row(
            "rise must be at least 0 and below 1, but was 1.0",
            () -> Schedule.oneCycle(1, 1, 1, 1)),
        row(
            "divisor must be a finite number above 0, but was 0.0",
            () -> Schedule.oneCycle(1, 0, 0, 1)),
        row(
            "last divisor must be a finite number above 0, but was 0.0",
            () -> Schedule.oneCycle(1, 0, 1, 0)),
        row(length, () -> Schedule.constant().until(0)),
        row("factor must be at least 0 and below 1, but was 1.0", () -> plateau(1, 0, 0, 0, 0)),
        row("patience must be at least 0, but was -1", () -> plateau(0, -1, 0, 0, 0)),
        row("threshold must be at least 0 and below 1, but was 2.0", () -> plateau(0, 0, 2, 0, 0)),
        row("cooldown must be at least 0, but was -1", () -> plateau(0, 0, 0, -1, 0)),
        row(
            "minimum must be a finite number of at least 0, but was -1.0",
            () -> plateau(0, 0, 0, 0, -1)));
  }

  private static Plateau plateau(
      double factor, int patience, double threshold, int cooldown, double minimum) {
    return new Plateau(Plateau.Mode.MIN, factor, patience, threshold, cooldown, minimum);
  }

  @ParameterizedTest
  @MethodSource("badNumbers")
  void aNumberOutsideItsRangeIsRefusedByName(String message, Supplier<Object> bad) {
    Exception e = assertThrows(IllegalArgumentException.class, bad::get);
    assertEquals(message, e.getMessage());
  }

  @Test
  void aNegativeTimeIsRefused() {
    List<Schedule> all =
        List.of(
            Schedule.constant(),
            Schedule.step(2, 1),
            Schedule.cosine(2, 0),
            Schedule.cosineRestarts(2, 1, 0),
            Schedule.warmUp(2),
            Schedule.oneCycle(2),
            Schedule.constant().until(2),
            Schedule.warmUp(2).then(Schedule.constant()));
    for (Schedule schedule : all) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> schedule.rate(1, -1));
      assertEquals("time must be at least 0, but was -1", e.getMessage());
    }
  }
}
