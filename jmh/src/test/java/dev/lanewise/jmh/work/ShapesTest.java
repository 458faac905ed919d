package dev.lanewise.jmh.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapesTest {
  @Test
  void aProductIsSamplesByInputsByOutputsOrOneNumber() {
    ProductShape product = ProductShape.parse("100x784x300");
    assertEquals(new ProductShape(100, 784, 300), product);
    assertEquals("100x784x300", product.toString());
    assertEquals(2.0 * 100 * 784 * 300, product.flop());
    assertEquals(new ProductShape(256, 256, 256), ProductShape.parse("256"));
    assertEquals("256", ProductShape.parse("256x256x256").toString());
  }

  @Test
  void whatIsNoProductIsNamedWithWhatWasExpected() {
    for (String text : new String[] {"", "0", "64x", "64x64", "1x2x0", "32769", "1x2x3x4", "-1"}) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> ProductShape.parse(text), text);
      assertTrue(
          e.getMessage().startsWith("'" + text + "' is no product: expected samples, inputs"),
          e.getMessage());
    }
  }

  @Test
  void aNetworkIsItsInputsAndTheOutputsOfEachLayer() {
    NetworkShape network = NetworkShape.parse("784-300-100-10");
    assertEquals(List.of(784, 300, 100, 10), network.widths());
    assertEquals("784-300-100-10", network.toString());
    assertEquals(NetworkShape.parse("64-64-64-64"), NetworkShape.square(64));
  }

  @Test
  void whatIsNoNetworkIsNamedWithWhatWasExpected() {
    for (String text : new String[] {"", "784", "784-", "784-x", "784-0-10", "784 300", "-3-4"}) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> NetworkShape.parse(text), text);
      assertTrue(
          e.getMessage().startsWith("'" + text + "' is no network: expected its inputs and"),
          e.getMessage());
    }
  }

  @Test
  void aNetworkHasNoMoreParametersThanFit() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> NetworkShape.parse("100000-100000-10"));
    assertEquals(
        "'100000-100000-10' has 10001100010 parameters: expected at most 2147483584",
        e.getMessage());
  }
}
