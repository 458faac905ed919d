package dev.lanewise.jmh.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Backend;
import dev.lanewise.jmh.work.LayerProducts.Product;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LayerProductsTest {
  private static final int ROWS = 5;
  private static final int IN = 7;
  private static final int OUT = 3;
  private static final int OFFSET = 4;
  private static final ProductShape SHAPE = new ProductShape(ROWS, IN, OUT);

  private static int distance(int columns) {
    return columns + 2;
  }

  private static float at(float[] matrix, int columns, int row, int column) {
    return matrix[OFFSET + row * distance(columns) + column];
  }

  @Test
  void eachIsTheProductOfItsDefinitionWhereverItLies() {
    int room = LayerProducts.room(SHAPE, OFFSET, LayerProductsTest::distance);
    float[] a = Operands.symmetric(room, 1);
    float[] b = Operands.symmetric(room, 2);
    for (Product product : Product.values()) {
      float[] c = new float[room];
      float fill = product == Product.INPUT_GRADIENT ? 0 : 0.5f;
      Arrays.fill(c, 0.5f);
      new LayerProducts(
              Backend.SCALAR.kernels(),
              SHAPE,
              OFFSET,
              LayerProductsTest::distance,
              a,
              b,
              c,
              new float[room])
          .run(product);
      switch (product) {
        case FORWARD -> {
          for (int r = 0; r < ROWS; r++) {
            for (int j = 0; j < OUT; j++) {
              double sum = fill;
              for (int i = 0; i < IN; i++) {
                sum += at(a, IN, r, i) * (double) at(b, OUT, i, j);
              }
              assertEquals(sum, at(c, OUT, r, j), 1e-6, product + " " + r + ", " + j);
            }
          }
        }
        case INPUT_GRADIENT -> {
          for (int r = 0; r < ROWS; r++) {
            for (int i = 0; i < IN; i++) {
              double sum = fill;
              for (int j = 0; j < OUT; j++) {
                sum += at(a, OUT, r, j) * (double) at(b, OUT, i, j);
              }
              assertEquals(sum, at(c, IN, r, i), 1e-6, product + " " + r + ", " + i);
            }
          }
        }
        case WEIGHT_GRADIENT -> {
          for (int i = 0; i < IN; i++) {
            for (int j = 0; j < OUT; j++) {
              double sum = fill;
              for (int r = 0; r < ROWS; r++) {
                sum += at(a, IN, r, i) * (double) at(b, OUT, r, j);
              }
              assertEquals(sum, at(c, OUT, i, j), 1e-6, product + " " + i + ", " + j);
            }
          }
        }
      }
      assertEquals(0.5f, c[0], "in front of the operands");
    }
  }
}
