package dev.lanewise.jmh.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final FlagSet FAST = FlagSet.of("a", "-XX:Fast");
  private static final FlagSet FASTER = FlagSet.of("a", "-XX:Faster");
  private static final FlagSet ALSO = FlagSet.of("b", "-XX:Also");
  private static final FlagSet SLOW = FlagSet.of("c", "-XX:Slow");
  private static final FlagSet BROKEN = FlagSet.of("d", "-XX:Broken");

  private final List<String> order = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private boolean rate = true;
  private boolean luck;

  /** Reads 100, and for each flag a factor more, a little off from fork to fork. */
  private Map<String, Sweep.Reading> run(FlagSet flags) throws Sweep.FailedTrialException {
    order.add(flags.toString());
    int call = calls.merge(flags.toString(), 1, Integer::sum);
    if (flags.equals(BROKEN)) {
      throw new Sweep.FailedTrialException("it broke");
    }
    double speed = 100 + call % 3;
    for (String option : flags.options()) {
      speed *=
          switch (option) {
            case "-XX:Fast" -> 1.1;
            case "-XX:Faster" -> luck && call > 3 ? 1 : 1.2;
            case "-XX:Also" -> 1.15;
            default -> 0.5;
          };
    }
    return Map.of(
        "B.step", new Sweep.Reading(rate ? speed : 1 / speed, rate ? "ops/s" : "s/op", rate));
  }

  private Sweep sweep(int rounds, FlagSet... sets) throws IOException {
    Sweep sweep = new Sweep(this::run, new PrintWriter(new StringWriter()));
    List<FlagSet> all = new ArrayList<>(List.of(FlagSet.DEFAULT));
    all.addAll(List.of(sets));
    sweep.run(all, rounds, () -> order.add("kept"));
    return sweep;
  }

  private static String printed(SweepReport report) {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text));
    return text.toString();
  }

  private String recommended(Sweep sweep) throws IOException {
    StringWriter text = new StringWriter();
    PrintWriter log = new PrintWriter(new StringWriter());
    new Recommendation(this::run, new PrintWriter(text), log).print(sweep, 3, () -> {});
    return text.toString();
  }

  @Test
  void everyRoundRunsEachSetOnceEverySecondOneBackwardsAndIsThenKept() throws IOException {
    sweep(2, FAST, SLOW);
    assertEquals(
        List.of(
            "(default)",
            "-XX:Fast",
            "-XX:Slow",
            "kept",
            "-XX:Slow",
            "-XX:Fast",
            "(default)",
            "kept"),
        order);
  }

  @Test
  void theTableHasMedianSpreadRatioAndVerdict() throws IOException {
    Sweep sweep = sweep(3, FAST, SLOW, FlagSet.of("e", "-XX:Fast -XX:Slow"));
    String table = printed(new SweepReport(sweep, Map.of(BROKEN, "unknown")));
    assertTrue(table.contains("\nB.step, ops/s\nflags "), table);
    assertTrue(
        table.contains("\n(default)              101.0        100.0 to 102.0  1.000\n"), table);
    assertTrue(
        table.contains("\n-XX:Fast               111.1        110.0 to 112.2  1.100  faster\n"),
        table);
    assertTrue(table.contains("    50.50        50.00 to 51.00  0.500  slower\n"), table);
    assertTrue(table.contains("\nskipped: -XX:Broken: unknown\n"), table);
  }

  @Test
  void ofTimesLessIsFaster() throws IOException {
    rate = false;
    String table = printed(new SweepReport(sweep(3, FAST, SLOW), Map.of()));
    assertTrue(table.contains("\nB.step, s/op\n"), table);
    assertTrue(table.contains("0.008913 to 0.009091  1.100  faster\n"), table);
    assertTrue(table.contains("0.01961 to 0.02000  0.500  slower\n"), table);
  }

  @Test
  void aSetThatFailsIsNotRunAgain() throws IOException {
    Sweep sweep = sweep(3, BROKEN, FAST);
    assertEquals(Map.of(BROKEN, "it broke"), sweep.failures());
    assertEquals(1, calls.get("-XX:Broken"));
    assertEquals(3, sweep.of(FAST).forks().size());
    assertTrue(printed(new SweepReport(sweep, Map.of())).contains("failed: -XX:Broken: it broke"));
  }

  @Test
  void withoutTheDefaultThereIsNothingToCompareWith() throws IOException {
    Sweep sweep = new Sweep(flags -> run(BROKEN), new PrintWriter(new StringWriter()));
    sweep.run(List.of(FlagSet.DEFAULT, FAST), 3, () -> {});
    assertEquals(Map.of(FlagSet.DEFAULT, "it broke"), sweep.failures());
    assertEquals(1, order.size());
  }

  @Test
  void theBestOfEachGroupAreRecommendedTogetherWhereThatIsFasterStill() throws IOException {
    Sweep sweep = sweep(3, FAST, ALSO, FASTER);
    assertEquals(List.of(FASTER, ALSO), sweep.winners());
    String text = recommended(sweep);
    assertTrue(
        text.endsWith(
            """
            Recommended for this machine: -XX:Faster -XX:Also, 1.380 times as fast as the default.
                java --add-modules jdk.incubator.vector -XX:Faster -XX:Also ...
                LANEWISE_JAVA_OPTS='-XX:Faster -XX:Also' lanewise ...
            """),
        text);
  }

  @Test
  void whatWasFasterOnceOnlyIsNotRecommended() throws IOException {
    luck = true;
    String text = recommended(sweep(3, FASTER));
    assertTrue(text.contains("Measured again"), text);
    assertTrue(
        text.contains("Recommended for this machine: the default; what was faster was not so"),
        text);
  }

  @Test
  void withoutAWinnerNothingIsMeasuredAgain() throws IOException {
    Sweep sweep = sweep(3, SLOW);
    order.clear();
    String text = recommended(sweep);
    assertEquals(List.of(), order);
    assertTrue(text.contains("the default; no set was faster"), text);
    assertTrue(text.contains("once in 10 times"), text);
    assertFalse(text.contains("LANEWISE_JAVA_OPTS"), text);
  }

  @Test
  void withTwoForksThereIsNoConclusionAndItSaysHowManyItTakes() throws IOException {
    Sweep sweep = sweep(2, FASTER, SLOW);
    String table = printed(new SweepReport(sweep, Map.of()));
    assertTrue(table.contains("  1.200  no conclusion\n"), table);
    assertTrue(table.contains("  0.500  no conclusion\n"), table);
    StringWriter text = new StringWriter();
    order.clear();
    new Recommendation(this::run, new PrintWriter(text), new PrintWriter(new StringWriter()))
        .print(sweep, 2, () -> {});
    assertTrue(text.toString().contains("No conclusion: 2 forks"), text.toString());
    assertTrue(text.toString().contains("3 at least (-f 3)"), text.toString());
    assertFalse(text.toString().contains("Recommended"), text.toString());
    assertEquals(List.of(), order);
  }
}
