package dev.lanewise.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.tuning.Sizes;
import org.junit.jupiter.api.Test;

class TurnTest {
  private static final long WORK = 1_000;
  private static final long SCALAR_NANOS = 1_000_000;

  private final Turn turn = new Turn(new WarmUp(0, 0));

  @Test
  void plainLoopsComeFirst() {
    assertFalse(turn.vectors());
    turn.note(false, SCALAR_NANOS, WORK);
    assertTrue(turn.vectors());
  }

  @Test
  void slowVectorsGetNoMoreTimeThanPlainLoopsBesideAnAdvance() {
    turn.note(false, SCALAR_NANOS, WORK);
    long loops = 0;
    long vectors = 0;
    for (int call = 0; call < 10_000; call++) {
      boolean tried = turn.vectors();
      turn.note(tried, tried ? 50 * SCALAR_NANOS : SCALAR_NANOS, WORK);
      loops += tried ? 0 : SCALAR_NANOS;
      vectors += tried ? 50 * SCALAR_NANOS : 0;
      assertTrue(vectors <= loops + Sizes.TRIAL_NANOS + 50 * SCALAR_NANOS);
    }
    assertTrue(vectors > loops);
    assertFalse(turn.isDecided());
  }

  @Test
  void vectorsThatBecomeFasterStay() {
    turn.note(false, SCALAR_NANOS, WORK);
    assertFalse(turn.hasBegun());
    for (int trial = 1; trial < Sizes.LEAST_TRIALS; trial++) {
      turn.note(true, SCALAR_NANOS / 2, WORK);
    }
    assertTrue(turn.hasBegun());
    assertFalse(turn.isDecided());
    turn.note(true, SCALAR_NANOS / 2, WORK);
    assertTrue(turn.isDecided());
    turn.note(true, Sizes.TRIAL_NANOS, WORK);
    assertTrue(turn.vectors());
  }

  @Test
  void vectorsThatNeverBecomeFasterStayOnceTheyMustBeCompiled() {
    turn.note(false, SCALAR_NANOS, WORK);
    for (int trial = 0; trial < Sizes.MOST_TRIALS; trial++) {
      assertFalse(turn.isDecided());
      turn.note(true, 2 * SCALAR_NANOS, WORK);
    }
    assertTrue(turn.isDecided());
  }

  @Test
  void whereMuchIsExpectedItIsTheVectorsTurnAtOnce() {
    WarmUp warmUp = new WarmUp();
    Turn other = new Turn(warmUp);
    assertFalse(other.vectors());
    warmUp.expect(Sizes.WARM_UP_FOR);
    assertTrue(other.vectors());
    assertTrue(other.isDecided());
    other.note(true, Sizes.SETTLED_AFTER_NANOS, WORK);
    assertTrue(other.isSettled());
  }

  @Test
  void itIsSettledOnceVectorsRanAloneForSomeTime() {
    turn.note(false, SCALAR_NANOS, WORK);
    for (int trial = 0; trial < Sizes.LEAST_TRIALS; trial++) {
      turn.note(true, SCALAR_NANOS / 2, WORK);
    }
    turn.note(true, Sizes.SETTLED_AFTER_NANOS - 1, WORK);
    assertFalse(turn.isSettled());
    turn.note(true, 1, WORK);
    assertTrue(turn.isSettled());
  }
}
