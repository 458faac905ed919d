package dev.lanewise.jmh.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedsTest {
  private static Speeds speeds(double... forks) {
    return new Speeds(Arrays.stream(forks).boxed().toList());
  }

  @Test
  void theMedianAndTheSpreadAreThoseOfTheForks() {
    Speeds speeds = speeds(3, 9, 1, 4);
    assertEquals(3.5, speeds.median());
    assertEquals(1, speeds.lowest());
    assertEquals(9, speeds.highest());
  }

  @Test
  void spreadsThatOverlapShowNoDifferenceHoweverFarTheMediansAre() {
    assertEquals(Speeds.Verdict.NO_DIFFERENCE, speeds(1, 9, 9).beside(speeds(1, 1, 1)));
    assertEquals(Speeds.Verdict.NO_DIFFERENCE, speeds(1, 1, 2).beside(speeds(2, 2, 3)));
    assertEquals("no difference", Speeds.Verdict.NO_DIFFERENCE.toString());
  }

  @Test
  void itIsFasterOrSlowerWhereEveryForkIs() {
    assertEquals(Speeds.Verdict.FASTER, speeds(2.1, 3, 3).beside(speeds(1, 2, 2)));
    assertEquals(Speeds.Verdict.SLOWER, speeds(1, 1, 2).beside(speeds(2.1, 3, 3)));
  }

  @Test
  void theMeanOfBenchmarksIsGeometricForkByFork() {
    Speeds mean = Speeds.mean(List.of(speeds(1, 2, 3), speeds(4, 8, 27)));
    assertEquals(2, mean.forks().get(0), 1e-12);
    assertEquals(4, mean.forks().get(1), 1e-12);
    assertEquals(9, mean.forks().get(2), 1e-12);
  }

  @Test
  void chanceSetsTwoOfFiveForksApartOnceIn126Times() {
    assertEquals(126, Speeds.oddsOfChance(5));
    assertEquals(10, Speeds.oddsOfChance(3));
    assertEquals(3, Speeds.oddsOfChance(2));
  }

  @Test
  void withFewerThanThreeForksThereIsNoConclusion() {
    assertEquals(Speeds.Verdict.NO_CONCLUSION, speeds(5, 6).beside(speeds(1, 2)));
    assertEquals(Speeds.Verdict.NO_CONCLUSION, speeds(5, 6, 7).beside(speeds(1, 2)));
    assertEquals("no conclusion", Speeds.Verdict.NO_CONCLUSION.toString());
  }
}
