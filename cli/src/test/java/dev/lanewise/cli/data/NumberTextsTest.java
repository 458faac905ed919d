package dev.lanewise.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+7",
        "1.",
        ".5",
        "-.5e3",
        "1e22",
        "1E-22",
        "123456789012345678901234567890",
        "9007199254740993",
        "0.1",
        "1e-400",
        "1.7976931348623157e308",
        "4.9e-324",
        "1e23",
        "8.5e-23",
        "0.000000000000000000000000000001",
        "16777217",
        "43211504"
      })
  void aPlainNumberIsTheNearestDouble(String text) {
    assertEquals(Double.parseDouble(text), PlainNumber.parse(text));
  }

  /** What Java takes for numbers beside. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1d",
        "2f",
        "0x1p3",
        "0x10",
        "1_000",
        "1,5",
        " 1",
        "1 ",
        "NaN",
        "--1",
        "1.2.3",
        "\uff11\uff12",
        "1e5.5",
        "1-2",
        "tru",
        "i",
        "infinite"
      })
  void anyOtherTextIsNone(String text) {
    assertTrue(Double.isNaN(PlainNumber.parse(text)), text);
  }

  @Test
  void numbersRoundToTheSameFloatsAsEver() {
    Random random = new Random(1);
    String[] hard = {"16777217", "1.00000005960464477539063", "3.4028235677973366e38", "1e-46"};
    for (int i = 0; i < 200_000; i++) {
      String text =
          switch (i % 4) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 -> Float.toString(Float.intBitsToFloat(random.nextInt()));
            case 2 -> random.nextInt(100_000) + "." + random.nextLong(1_000_000_000_000L);
            default -> i / 4 < hard.length ? hard[i / 4] : between(random);
          };
      double value = PlainNumber.parse(text);
      if (!Double.isNaN(value)) {
        assertEquals(Double.parseDouble(text), value, text);
        assertEquals(Float.parseFloat(text), PlainNumber.nearestFloat(value, text), text);
      }
    }
  }

  /** A little more or less than half-way between two floats: a double is that itself. */
  private static String between(Random random) {
    float low = random.nextFloat();
    BigDecimal half =
        new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.TWO);
    BigDecimal little = new BigDecimal("1e-40");
    return (random.nextBoolean() ? half.add(little) : half.subtract(little)).toPlainString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "1,234;1234;1.234",
        "1.234;1.234;1234",
        "1,5;;1.5",
        "0,123;;0.123",
        "1.234,5;;1234.5",
        "1,234.5;1234.5;",
        "1,234,567;1234567;",
        "12,34,567;1234567;",
        "1 234 567,5;;1234567.5",
        "1 234;1234;1234",
        "1\u00a0234\u202f567;1234567;1234567",
        "1'234.50;1234.5;",
        "1\u2019234;1234;1234",
        "1_000;1000;1000",
        "\u22125.5;-5.5;",
        "-5\u00a0;-5;-5",
        "(1,234.50);-1234.5;",
        "$9.20;9.2;",
        "-$9.20;-9.2;",
        "$-9.20;-9.2;",
        "9,20 \u20ac;;9.2",
        "\u20ac 9,20;;9.2",
        "USD 9.20;9.2;",
        "9.20 CHF;9.2;",
        "45.3 %;45.3;",
        "45,3%;;45.3",
        "\uff11\uff12;12;12",
        "1,23,4;;",
        "1,2345;;1.2345",
        "12 34;;",
        "2020-01-05;;",
        "10:30;;",
        "1.2.3;;",
        "A1;;",
        "1st;;",
        "5 kg;;",
        "$9.20 EUR;;",
        "0x10;;",
        "1d;;"
      })
  void aWrittenNumberIsReadWithAPointAndWithAComma(String text, Double point, Double comma) {
    assertRead(point, WrittenNumber.of(text, '.'));
    assertRead(comma, WrittenNumber.of(text, ','));
  }

  private static void assertRead(Double expected, WrittenNumber read) {
    if (expected == null) {
      assertNull(read);
    } else {
      assertEquals(expected, read.value(), 1e-12);
    }
  }

  @Test
  void aLargeNumberThatWasShiftedIsPrintedWithTheDigitsThatTellItFromTheNext() {
    Numbers times = new Numbers(Numbers.Decimal.PLAIN, "", 1_700_000_000, 1);
    assertEquals("1699999992.324", times.text((float) (1699999992.324 - 1_700_000_000)));
    assertEquals("1700000000", times.text(0));
    Numbers between = new Numbers(Numbers.Decimal.PLAIN, "", 1_699_999_998.877, 1);
    assertEquals("1699999992.964657", between.text(-5.912343f));
    Numbers large = new Numbers(Numbers.Decimal.PLAIN, "", 0, 0x1p-996);
    assertEquals("1.5E300", large.text((float) (1.5e300 * 0x1p-996)));
    assertEquals("0.1", Numbers.PLAIN.text(0.1f));
  }
}
