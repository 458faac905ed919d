package dev.lanewise.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.tuning.Sizes;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final double LITTLE = Sizes.WARM_UP_FOR / 4.0;

  private final WarmUp warmUp = new WarmUp();

  @Test
  void vectorsAreNotTriedBeforePlainLoopsTookAsLongAsCompilingThemTakes() {
    warmUp.note(Sizes.WARM_UP_AFTER_NANOS - 1, 1);
    assertFalse(warmUp.isOpen());
    warmUp.note(1, 1);
    assertTrue(warmUp.isOpen());
    assertFalse(warmUp.isAtOnce());
  }

  @Test
  void aLargeNetworkDoesNotWaitForThat() {
    for (int step = 0; step < 10; step++) {
      warmUp.note(1, Sizes.LARGE_STEP - 1);
    }
    assertFalse(warmUp.isOpen());
    for (long work = 0; work < Sizes.WARM_UP_AFTER_LARGE; work += Sizes.LARGE_STEP) {
      assertFalse(warmUp.isOpen());
      warmUp.note(1, Sizes.LARGE_STEP);
    }
    assertTrue(warmUp.isOpen());
  }

  @Test
  void oneOfWhichMuchIsExpectedGoesOverAtOnce() {
    warmUp.expect(Sizes.WARM_UP_FOR - 1.0);
    assertFalse(warmUp.isAtOnce());
    warmUp.expect(Sizes.WARM_UP_FOR);
    assertTrue(warmUp.isAtOnce());
  }

  @Test
  void whereLittleIsExpectedPlainLoopsEndItHoweverLongTheyTake() {
    warmUp.expect(LITTLE);
    warmUp.note(10 * Sizes.WARM_UP_AFTER_NANOS, LITTLE);
    assertFalse(warmUp.isOpen());
    warmUp.note(Sizes.WARM_UP_AFTER_NANOS, 1);
    assertTrue(warmUp.isOpen());
  }

  @Test
  void littleThatIsExpectedManyTimesIsMuch() {
    for (int run = 1; run <= 3; run++) {
      warmUp.expect(LITTLE);
      warmUp.note(1, LITTLE);
      assertFalse(warmUp.isAtOnce());
    }
    warmUp.expect(LITTLE);
    assertTrue(warmUp.isAtOnce());
  }
}
