package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlateauTest {
  /** ReduceLROnPlateau's step, with relative thresholds and eps = 0. */
  private static final class Reference {
    private final Plateau plateau;
    private double rate;
    private double best;
    private int bad;
    private int cooling;

    Reference(Plateau plateau, double rate) {
      this.plateau = plateau;
      this.rate = rate;
      this.best =
          plateau.mode() == Plateau.Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    void step(double metric) {
      boolean better =
          plateau.mode() == Plateau.Mode.MIN
              ? metric < best * (1 - plateau.threshold())
              : metric > best * (plateau.threshold() + 1);
      if (better) {
        best = metric;
        bad = 0;
      } else {
        bad++;
      }
      if (cooling > 0) {
        cooling--;
        bad = 0;
      }
      if (bad > plateau.patience()) {
        rate = Math.max(rate * plateau.factor(), plateau.minimum());
        cooling = plateau.cooldown();
        bad = 0;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRateGoesAsUnderPyTorchsScheduler(Plateau.Mode mode) {
    SplittableRandom random = new SplittableRandom(5);
    int reductions = 0;
    for (int run = 0; run < 200; run++) {
      Plateau plateau = new Plateau(mode, 0.5, random.nextInt(4), 0.05, random.nextInt(4), 0.0125);
      Reference reference = new Reference(plateau, 0.8);
      Plateau.State state = plateau.start();
      for (int epoch = 0; epoch < 60; epoch++) {
        double metric =
            (mode == Plateau.Mode.MIN ? 1.0 / (epoch + 1) : epoch) + random.nextDouble();
        state = plateau.next(state, metric);
        reference.step(metric);
        assertEquals(reference.rate, plateau.rate(0.8, state), 1e-15, "epoch " + epoch);
      }
      reductions += state.reductions();
    }
    assertTrue(reductions > 200, "only " + reductions + " reductions");
  }

  @Test
  void aLossThatStandsStillLowersTheRateAfterItsPatience() {
    Plateau plateau = new Plateau(Plateau.Mode.MIN);
    Plateau.State state = plateau.next(plateau.start(), 1);
    for (int bad = 1; bad <= 10; bad++) {
      state = plateau.next(state, 1);
      assertEquals(0.5, plateau.rate(0.5, state));
    }
    state = plateau.next(state, 0.99995);
    assertEquals(0.05, plateau.rate(0.5, state), 1e-15);
    assertEquals(new Plateau.State(1, 0, 0, 1), state);
  }

  @Test
  void aNanIsNoBetterThanAnything() {
    Plateau plateau = new Plateau(Plateau.Mode.MAX, 0.5, 0, 0, 0, 0);
    Plateau.State state = plateau.next(plateau.start(), Double.NaN);
    assertEquals(0.5, plateau.rate(1, state));
    assertEquals(0.5, plateau.rate(1, plateau.next(state, -3)));
  }

  @Test
  void theRateStaysAtItsMinimumAndIsNeverRaisedToIt() {
    Plateau plateau = new Plateau(Plateau.Mode.MIN, 0.1, 0, 0, 0, 0.03);
    Plateau.State reduced = new Plateau.State(1, 0, 0, 2);
    assertEquals(0.03, plateau.rate(1, reduced));
    assertEquals(0.02, plateau.rate(0.02, reduced));
  }
}
