package dev.lanewise.jmh.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TunerTest {
  private static final List<FlagSet> CANDIDATES =
      FlagSet.parse(
          List.of(
              "[tile]",
              "-Dlanewise.tileVectors=1",
              "-Dlanewise.tileVectors=2",
              "[depth]",
              "-Dlanewise.blockDepth=64",
              "-Dlanewise.blockDepth=1024"));

  private final List<String> tried = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private final Map<String, Double> factors = new HashMap<>();
  private final List<List<String>> kept = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private Tuner tuner;
  private int luckyCalls;
  private long now;

  /** Reads 100 and a little, times the factor of each option that has one. */
  private Map<String, Sweep.Reading> trial(FlagSet flags) throws Sweep.FailedTrialException {
    tried.add(String.join(" ", flags.options()));
    int call = calls.merge(flags.toString(), 1, Integer::sum);
    double speed = 100 + call % 3;
    for (String option : flags.options()) {
      double factor = factors.getOrDefault(option, 0.5);
      speed *= luckyCalls > 0 && call > luckyCalls ? 1 : factor;
    }
    return Map.of("B.step", new Sweep.Reading(speed, "ops/s", true));
  }

  private List<String> tuned(Sweep.Trial trial, Duration budget) throws Exception {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    tuner = new Tuner(trial, 3, budget, new PrintWriter(out), nowhere, () -> now);
    tuner.run(CANDIDATES, () -> kept.add(tuner.lines()));
    return tuner.lines();
  }

  @Test
  void whatIsFasterTwiceIsTakenAndTheNextGroupIsTriedOnTopOfIt() throws Exception {
    factors.put("-Dlanewise.tileVectors=2", 1.25);
    factors.put("-Dlanewise.blockDepth=1024", 1.2);
    List<String> lines = tuned(this::trial, Duration.ofMinutes(1));
    assertEquals("# 1.500 times as fast as the defaults, measured twice.", lines.get(0));
    assertEquals(
        List.of("lanewise.tileVectors=2", "lanewise.blockDepth=1024"),
        lines.subList(1, lines.size()));
    assertTrue(tried.contains("-Dlanewise.tileVectors=2 -Dlanewise.blockDepth=64"));
    assertEquals(2, kept.size());
    assertEquals(lines, kept.get(1));
  }

  @Test
  void whatIsFasterOnceOnlyIsNotTaken() throws Exception {
    factors.put("-Dlanewise.tileVectors=2", 1.25);
    luckyCalls = 3;
    tuned(this::trial, Duration.ofMinutes(1));
    assertFalse(tuner.hasFound());
    assertTrue(tuner.hasTried());
  }

  @Test
  void aGroupThatTheTimeDoesNotSufficeForIsNotTriedButNamed() throws Exception {
    Sweep.Trial slow =
        flags -> {
          now += Duration.ofSeconds(1).toNanos();
          return trial(flags);
        };
    List<String> lines = tuned(slow, Duration.ofSeconds(20));
    assertEquals("# No time was left for: depth.", lines.get(1));
    assertTrue(tried.stream().noneMatch(options -> options.contains("blockDepth")));
    assertTrue(
        out.toString()
            .startsWith(
                "A value takes about 0.1 min (3 rounds of 1 s). Into 0 min fit 2 of 4 values, of"
                    + " the groups tile.\n"),
        out.toString());
  }

  @Test
  void aStepThatFailsWithoutAnyPropertyIsTold() {
    Sweep.Trial broken =
        flags -> {
          throw new Sweep.FailedTrialException("it broke");
        };
    String message =
        assertThrows(Sweep.FailedTrialException.class, () -> tuned(broken, Duration.ofMinutes(1)))
            .getMessage();
    assertEquals("the benchmark fails with no property: it broke", message);
  }

  @Test
  void whereNoGroupFitsNothingIsTriedAndNothingKept() throws Exception {
    Sweep.Trial slow =
        flags -> {
          now += Duration.ofSeconds(2).toNanos();
          return trial(flags);
        };
    tuned(slow, Duration.ofSeconds(20));
    assertFalse(tuner.hasTried());
    assertEquals(List.of(), kept);
    assertEquals(List.of("tile", "depth"), tuner.untried());
  }

  @Test
  void aValueThatFailsIsToldByTheOutcome() throws Exception {
    tuned(
        flags -> {
          if (flags.toString().contains("blockDepth=64")) {
            throw new Sweep.FailedTrialException("it broke");
          }
          return trial(flags);
        },
        Duration.ofMinutes(1));
    assertTrue(tuner.hasFailed());
  }
}
