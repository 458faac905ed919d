package dev.lanewise.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Backend;
import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.UpdateKernels;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private final Kernels first = Backend.SCALAR.kernels();
  private final Kernels last = Backend.SCALAR.kernels();
  private final UpdateKernels firstUpdates = Backend.SCALAR.updates();
  private final UpdateKernels lastUpdates = Backend.SCALAR.updates();
  private final WarmUp warmUp = new WarmUp(0, 0);
  private final Dispatch dispatch = new Dispatch(first, firstUpdates, last, lastUpdates, warmUp);

  private void assertRuns(Kernels kernels, UpdateKernels updates) {
    assertSame(kernels, dispatch.now());
    assertSame(updates, dispatch.updates());
  }

  /** Makes a step that took about so long for so much work. */
  private void step(long nanos, double work) {
    dispatch.end(dispatch.begin() - nanos, work);
  }

  @Test
  void whatNeverChangesKeepsNoTime() {
    Dispatch fixed = new Dispatch(first, firstUpdates);
    assertEquals(0, fixed.begin());
    fixed.end(0, 1);
    assertSame(first, fixed.now());
    assertSame(firstUpdates, fixed.updates());
    assertFalse(fixed.isCold());
    assertFalse(fixed.isWarming());
  }

  @Test
  void aStepIsWhollyTheOnesOrTheOthers() {
    long began = dispatch.begin();
    assertRuns(first, firstUpdates);
    assertTrue(dispatch.isCold());
    dispatch.end(began, 1);
    long trial = dispatch.begin();
    assertRuns(last, lastUpdates);
    dispatch.end(trial, 1);
    assertTrue(dispatch.isWarming());
    // What is not a step, such as a gradient alone, is not tried on vectors.
    assertRuns(first, firstUpdates);
  }

  @Test
  void thatTheWorkIsForOtherSizesDoesNotCount() {
    step(1_000_000, 1e6);
    for (int trial = 0; trial < 10 * Sizes.LEAST_TRIALS; trial++) {
      step(1_000_000, 1e5);
    }
    assertTrue(dispatch.isWarming());
  }

  @Test
  void vectorsStayOnceTheyAreFasterAndNoTimeIsKeptOnceThatIsSettled() {
    step(1_000_000_000, 1e6);
    for (int trial = 0; trial < Sizes.LEAST_TRIALS; trial++) {
      assertFalse(!dispatch.isWarming() && !dispatch.isCold());
      step(1_000_000, 1e6);
    }
    assertFalse(dispatch.isWarming());
    assertRuns(last, lastUpdates);
    step(Sizes.SETTLED_AFTER_NANOS, 1e6);
    assertEquals(0, dispatch.begin());
    assertRuns(last, lastUpdates);
  }

  @Test
  void whereMuchIsExpectedTheFirstStepRunsOnVectors() {
    warmUp.expect(Sizes.WARM_UP_FOR);
    dispatch.begin();
    assertRuns(last, lastUpdates);
    assertFalse(dispatch.isCold());
    assertFalse(dispatch.isWarming());
  }

  @Test
  void aStepThatBeganWhereNoTimeWasKeptIsNotCounted() {
    dispatch.end(0, 1);
    dispatch.begin();
    assertRuns(first, firstUpdates);
  }
}
