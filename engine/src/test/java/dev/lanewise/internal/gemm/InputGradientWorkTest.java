package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is transposed for an input gradient fits into the room that callers were asked for. */
@Tag("every-width")
class InputGradientWorkTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 100, 10_000})
  void whateverTransposingIsSaidToCost(int transposing) {
    for (int rows = 1; rows <= 70; rows++) {
      for (int in = 1; in <= 70; in++) {
        for (int out = 1; out <= 70; out++) {
          long work = InPlaceGemm.inputGradientWork(rows, in, out, transposing);
          String sizes = rows + " x " + in + " x " + out;
          assertTrue(work <= Gemm.inputGradientWork(rows, in, out), () -> sizes + " takes " + work);
        }
      }
    }
  }

  @Test
  void bothWaysAreTaken() {
    assertEquals(64 * (200 + 100), InPlaceGemm.inputGradientWork(64, 200, 100, 10));
    assertEquals(200 * 100, InPlaceGemm.inputGradientWork(65, 200, 100, 10));
  }

  @Test
  void moreThanAnArrayHoldsIsRefused() {
    assertThrows(ArithmeticException.class, () -> Gemm.inputGradientWork(1, 1 << 16, 1 << 16));
  }
}
