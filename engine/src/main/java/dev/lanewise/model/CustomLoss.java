package dev.lanewise.model;

/**
 * A loss of your own: a method that returns the loss of a batch and writes its gradient. {@code
 * dev.lanewise.GradientCheck} tells whether the two belong together.
 *
 * <pre>{@code
 * CustomLoss logCosh = (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
 *   int n = rows * outputs;
 *   double sum = 0;
 *   for (int i = 0; i < n; i++) {
 *     double d = (double) y[yOffset + i] - t[tOffset + i];
 *     sum += StrictMath.log(StrictMath.cosh(d));
 *     dy[dyOffset + i] = (float) (StrictMath.tanh(d) / n);
 *   }
 *   return sum / n;
 * };
 * }</pre>
 *
 * <p>Bits are the same everywhere only as far as the method's are: {@code StrictMath} is, {@code
 * Math.exp} need not be. A method that allocates, does so in every step.
 */
@FunctionalInterface
public non-sealed interface CustomLoss extends Loss {
  /**
   * Computes the loss of some rows, and its gradient.
   *
   * <p>A step without weights calls this once, with all its rows, and takes both as they are. A
   * step with sample weights {@code w} calls it row by row ({@code rows} is 1), leaving out rows of
   * weight 0, and makes weighted means of the results: the loss {@code sum over r of w[r] l[r] /
   * sum over r of w[r]}, its gradient accordingly. For a loss that is a mean over rows, weights of
   * 1 then are like none.
   *
   * <p>It is called by the thread that trains. An exception passes through the step, which changes
   * nothing then.
   *
   * @param rows how many rows, at least 1
   * @param outputs how many outputs a row has
   * @param y the network's outputs, {@code rows x outputs}, which must not be changed
   * @param yOffset where they start
   * @param t the targets, {@code rows x outputs}, which must not be changed
   * @param tOffset where they start
   * @param dy the gradients of the outputs, {@code rows x outputs}, every one of which must be
   *     written, and nothing beside them
   * @param dyOffset where they start
   * @return the loss
   */
  double gradient(
      int rows,
      int outputs,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      float[] dy,
      int dyOffset);

  /**
   * Returns false: what {@link #gradient} returns is taken as a mean over the rows.
   *
   * @return whether it is a sum
   */
  @Override
  default boolean isSum() {
    return false;
  }
}
