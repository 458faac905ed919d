package dev.lanewise.cli.article;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The expected texts are what numpy 2.4 and Python 3.11 print. */
@SuppressWarnings("FloatingPointLiteralPrecision")
class NumpyFormatTest {
  @Test
  void printsNumbersAsPythonDoes() {
    assertEquals("0.0", NumpyFormat.number(0));
    assertEquals("1.39", NumpyFormat.number(1.39));
    assertEquals("0.019999999999999997", NumpyFormat.number(0.019999999999999997));
    assertEquals("0.0001", NumpyFormat.number(0.0001));
    assertEquals("1e-05", NumpyFormat.number(0.00001));
    assertEquals("1.5e-07", NumpyFormat.number(1.5e-7));
    assertEquals("12345678.25", NumpyFormat.number(12345678.25));
    assertEquals("1000000000000000.0", NumpyFormat.number(1e15));
    assertEquals("1e+16", NumpyFormat.number(1e16));
    assertEquals("nan", NumpyFormat.number(Double.NaN));
    assertEquals("-inf", NumpyFormat.number(Double.NEGATIVE_INFINITY));
  }

  @Test
  void padsColumns() {
    assertEquals(
        "[ 0.10819863  0.28437993 -0.12201187  0.54867315]",
        NumpyFormat.vector(new float[] {0.10819863f, 0.28437993f, -0.12201187f, 0.54867315f}));
    assertEquals("[0.  0.5 0. ]", NumpyFormat.vector(new float[] {0, 0.5f, 0}));
    assertEquals("[23. 34.]", NumpyFormat.vector(new float[] {23, 34}));
    assertEquals(
        "[[ 1.5  -0.25]\n [10.    0.  ]]",
        NumpyFormat.matrix(2, 2, new float[] {1.5f, -0.25f, 10, 0}));
  }

  @Test
  void usesExponentsWhereNumbersLieFarApart() {
    assertEquals(
        "[ 1.00000000e+00 -1.22070312e-04]", NumpyFormat.vector(new float[] {1, -0.00012207031f}));
    assertEquals("[1.e+09]", NumpyFormat.vector(new float[] {1e9f}));
  }

  @Test
  void breaksLongLines() {
    float[] values = new float[8];
    Arrays.fill(values, 1 / 3f);
    assertEquals(
        "[0.33333334 0.33333334 0.33333334 0.33333334 0.33333334 0.33333334\n"
            + " 0.33333334 0.33333334]",
        NumpyFormat.vector(values));
  }

  @Test
  void printsWhatIsNotANumber() {
    assertEquals(
        "[ nan  0.5 -inf]",
        NumpyFormat.vector(new float[] {Float.NaN, 0.5f, Float.NEGATIVE_INFINITY}));
  }
}
