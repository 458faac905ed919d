package dev.lanewise.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.tuning.Sizes;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {
  private static final long WORK = 1_000;
  private static final long SCALAR_NANOS = 1_000_000;

  private final WarmUp warmUp = new WarmUp();
  private final Turn turn = new Turn(warmUp);

  private void open() {
    warmUp.expect(Sizes.WARM_UP_FOR);
  }

  @Test
  void vectorsAreNotTriedBeforePlainLoopsTookAsLongAsCompilingThemTakes() {
    long calls = Sizes.WARM_UP_AFTER_NANOS / SCALAR_NANOS;
    for (int i = 0; i < calls; i++) {
      assertFalse(turn.vectors());
      assertEquals(0, turn.part(100, 10));
      turn.note(false, SCALAR_NANOS, WORK);
    }
    assertTrue(turn.vectors());
    assertTrue(warmUp.isOpen());
  }

  @Test
  void aLargeNetworkDoesNotWaitForThat() {
    turn.note(false, 1, Sizes.LARGE_CALL - 1);
    turn.note(false, 1, Sizes.WARM_UP_AFTER_LARGE - 1);
    assertFalse(turn.vectors());
    turn.note(false, 1, Sizes.LARGE_CALL);
    assertTrue(turn.vectors());
  }

  @Test
  void norDoesOneOfWhichMuchIsExpected() {
    turn.note(false, SCALAR_NANOS, WORK);
    warmUp.expect(Sizes.WARM_UP_FOR - 1.0);
    assertFalse(turn.vectors());
    open();
    assertTrue(turn.vectors());
  }

  @Test
  void plainLoopsComeFirstInAnyCase() {
    open();
    assertFalse(turn.vectors());
    turn.note(false, SCALAR_NANOS, WORK);
    assertTrue(turn.vectors());
  }

  @Test
  void slowVectorsGetNoMoreTimeThanPlainLoopsBesideAnAdvance() {
    open();
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
    assertFalse(Turn.allSettled(List.of(turn)));
  }

  @Test
  void vectorsThatBecomeFasterStay() {
    open();
    turn.note(false, SCALAR_NANOS, WORK);
    for (int trial = 1; trial < Sizes.LEAST_TRIALS; trial++) {
      turn.note(true, SCALAR_NANOS / 2, WORK);
    }
    assertFalse(Turn.allSettled(List.of(turn)));
    assertNotEquals(0, turn.time());
    turn.note(true, SCALAR_NANOS / 2, WORK);
    assertTrue(Turn.allSettled(List.of(turn, new Turn(warmUp))));
    assertEquals(0, turn.time());
    turn.note(false, 1, WORK);
    assertTrue(turn.vectors());
    assertEquals(7, turn.part(7, 64));
  }

  @Test
  void vectorsThatNeverBecomeFasterStayOnceTheyMustBeCompiled() {
    open();
    turn.note(false, SCALAR_NANOS, WORK);
    for (int trial = 0; trial < Sizes.MOST_TRIALS; trial++) {
      assertFalse(Turn.allSettled(List.of(turn)));
      turn.note(true, 2 * SCALAR_NANOS, WORK);
    }
    assertTrue(Turn.allSettled(List.of(turn)));
  }

  @Test
  void slowVectorsGetSoMuchOfACallThatTheyTakeAsLongAsPlainLoopsForAllOfIt() {
    open();
    turn.note(false, SCALAR_NANOS, WORK);
    assertEquals(64, turn.part(1_000, 64));
    turn.note(true, SCALAR_NANOS, WORK / 4);
    assertEquals(192, turn.part(1_000, 64));
    assertEquals(40, turn.part(40, 64));
  }
}
