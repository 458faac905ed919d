package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Loss;

/** From the names of losses to their values and gradients. */
final class Losses {
  /** Squares summed in single precision before the sum goes on in double. */
  private static final int SUMMED_AT_ONCE = 1_024;

  private Losses() {}

  /**
   * Computes a loss and its gradient.
   *
   * @param loss which one
   * @param kernels the kernels to run on
   * @param rows how many rows
   * @param n how many outputs a row has
   * @param y the outputs; for cross-entropy the logits
   * @param yOffset where they start
   * @param t the targets
   * @param tOffset where they start
   * @param dy the gradients of the outputs, which are overwritten
   * @param dyOffset where they start
   * @return the loss
   */
  static double gradient(
      Loss loss,
      Kernels kernels,
      int rows,
      int n,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      float[] dy,
      int dyOffset) {
    return switch (loss) {
      case SQUARED_ERROR -> differences(kernels, rows, n, y, yOffset, t, tOffset, dy, dyOffset) / 2;
      case MEAN_SQUARED_ERROR -> {
        double count = (double) rows * n;
        double squares = differences(kernels, rows, n, y, yOffset, t, tOffset, dy, dyOffset);
        kernels.scale(rows * n, (float) (2 / count), dy, dyOffset);
        yield squares / count;
      }
      case SOFTMAX_CROSS_ENTROPY -> {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
          int at = r * n;
          sum +=
              kernels.softmaxCrossEntropy(
                  n, y, yOffset + at, t, tOffset + at, (float) (1.0 / rows), dy, dyOffset + at);
        }
        yield sum / rows;
      }
    };
  }

  private static double differences(
      Kernels kernels,
      int rows,
      int n,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      float[] dy,
      int dyOffset) {
    System.arraycopy(y, yOffset, dy, dyOffset, rows * n);
    kernels.axpy(rows * n, -1, t, tOffset, dy, dyOffset);
    int all = rows * n;
    double squares = 0;
    for (int done = 0; done < all; done += SUMMED_AT_ONCE) {
      int at = dyOffset + done;
      squares += kernels.dot(Math.min(SUMMED_AT_ONCE, all - done), dy, at, dy, at);
    }
    return squares;
  }
}
