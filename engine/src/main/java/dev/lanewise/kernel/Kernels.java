package dev.lanewise.kernel;

import dev.lanewise.model.Activation;

/**
 * The array kernels. How operands lie in their arrays, what is checked and thrown, and to which bit
 * results are defined, stands in the description of this package.
 *
 * <p>In the shapes below {@code rows} counts samples, {@code in} and {@code out} a layer's inputs
 * and outputs. Implementations are stateless and safe for use by any number of threads.
 */
public interface Kernels {
  /**
   * The most elements of a vector, and the most rows and columns of a matrix: kernels count in
   * steps of up to 64, which must not pass the largest int.
   */
  int MAX_LENGTH = Integer.MAX_VALUE - 63;

  /**
   * Returns {@code sum over j of x[j] y[j]}.
   *
   * @param n how many elements
   * @param x the first vector
   * @param xOffset where it starts
   * @param y the second vector; may be the first one
   * @param yOffset where it starts
   * @return the dot product, 0 if {@code n} is 0
   */
  float dot(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Returns {@code sum over j of x[j]}.
   *
   * @param n how many elements
   * @param x the vector
   * @param xOffset where it starts
   * @return the sum, 0 if {@code n} is 0
   */
  float sum(int n, float[] x, int xOffset);

  /**
   * Returns the largest element, passing over {@code NaN}s.
   *
   * @param n how many elements
   * @param x the vector
   * @param xOffset where it starts
   * @return the largest element, negative infinity if there is none
   */
  float max(int n, float[] x, int xOffset);

  /**
   * Adds a multiple: {@code y[j] = y[j] + a x[j]}.
   *
   * @param n how many elements
   * @param a the factor
   * @param x the vector to add
   * @param xOffset where it starts
   * @param y the vector that is changed
   * @param yOffset where it starts
   */
  void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Multiplies by a number: {@code x[j] = a x[j]}.
   *
   * @param n how many elements
   * @param a the factor
   * @param x the vector that is changed
   * @param xOffset where it starts
   */
  void scale(int n, float a, float[] x, int xOffset);

  /**
   * Adds the product of a row vector and a matrix: {@code y[j] = y[j] + sum over i of x[i]
   * w[i][j]}. Inputs that are zero cost nothing: their row of {@code w} is not read.
   *
   * @param in how many inputs
   * @param out how many outputs
   * @param x {@code in} inputs
   * @param xOffset where they start
   * @param w {@code in x out} weights
   * @param wOffset where they start
   * @param ldw their leading dimension
   * @param y {@code out} sums, which are changed
   * @param yOffset where they start
   */
  void gemv(
      int in,
      int out,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset);

  /**
   * Adds an outer product: {@code w[i][j] = w[i][j] + (a x[i]) y[j]}. Rows where {@code x[i]} is
   * zero are left as they are.
   *
   * @param in how many rows
   * @param out how many columns
   * @param a the factor
   * @param x {@code in} elements
   * @param xOffset where they start
   * @param y {@code out} elements
   * @param yOffset where they start
   * @param w the {@code in x out} matrix that is changed
   * @param wOffset where it starts
   * @param ldw its leading dimension
   */
  void ger(
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      float[] w,
      int wOffset,
      int ldw);

  /**
   * Takes one sample back through a layer and updates its weights, in one pass over them: {@code
   * dx[i] = dot(dy, w[i])} with the old weights, then {@code w[i][j] = w[i][j] + (a x[i]) dy[j]}.
   *
   * @param in how many inputs
   * @param out how many outputs
   * @param a the factor of the update: the negative learning rate
   * @param x {@code in} inputs of the layer
   * @param xOffset where they start
   * @param dy {@code out} gradients of the layer's sums
   * @param dyOffset where they start
   * @param w {@code in x out} weights, which are changed
   * @param wOffset where they start
   * @param ldw their leading dimension
   * @param dx {@code in} gradients of the inputs, which are overwritten
   * @param dxOffset where they start
   * @param skipZeros whether rows where {@code x[i]} is zero are left as they are and get {@code
   *     dx[i] = 0}: right where the inputs come from a ReLU, whose derivative is zero there
   */
  void gemvGer(
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] dx,
      int dxOffset,
      boolean skipZeros);

  /**
   * Adds a matrix product, the forward shape: {@code y[r][j] = y[r][j] + sum over i of x[r][i]
   * w[i][j]}.
   *
   * @param rows how many samples
   * @param in how many inputs
   * @param out how many outputs
   * @param x {@code rows x in} inputs
   * @param xOffset where they start
   * @param ldx their leading dimension
   * @param w {@code in x out} weights
   * @param wOffset where they start
   * @param ldw their leading dimension
   * @param y {@code rows x out} sums, which are changed
   * @param yOffset where they start
   * @param ldy their leading dimension
   * @param work room for {@link #gemmWork} elements, whose content is lost
   * @param workOffset where it starts
   */
  void gemm(
      int rows,
      int in,
      int out,
      float[] x,
      int xOffset,
      int ldx,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset,
      int ldy,
      float[] work,
      int workOffset);

  /**
   * Returns how much room {@link #gemm} needs: large products run on copies of their operands.
   *
   * @param rows how many samples
   * @param in how many inputs
   * @param out how many outputs
   * @return how many elements: 0 for small products, and never more for a smaller one
   * @throws ArithmeticException if they are more than the largest int
   */
  int gemmWork(int rows, int in, int out);

  /**
   * Returns how much room {@link #gemmNT} needs, which copies or transposes its operands.
   *
   * @param rows how many samples
   * @param in how many inputs
   * @param out how many outputs
   * @return how many elements: never more for a smaller product
   * @throws ArithmeticException if they are more than the largest int
   */
  int gemmNTWork(int rows, int in, int out);

  /**
   * Returns how much room {@link #gemmTN} needs: large products run on copies of their operands.
   *
   * @param rows how many samples
   * @param in how many inputs
   * @param out how many outputs
   * @return how many elements: 0 for small products, and never more for a smaller one
   * @throws ArithmeticException if they are more than the largest int
   */
  int gemmTNWork(int rows, int in, int out);

  /**
   * Multiplies by a transposed matrix, the shape of the input gradient: {@code dx[r][i] = sum over
   * j of dy[r][j] w[i][j]}.
   *
   * @param rows how many samples
   * @param in how many inputs
   * @param out how many outputs
   * @param dy {@code rows x out} gradients of the outputs
   * @param dyOffset where they start
   * @param lddy their leading dimension
   * @param w {@code in x out} weights
   * @param wOffset where they start
   * @param ldw their leading dimension
   * @param dx {@code rows x in} gradients of the inputs, which are overwritten
   * @param dxOffset where they start
   * @param lddx their leading dimension
   * @param work room for {@link #gemmNTWork} elements, whose content is lost
   * @param workOffset where it starts
   */
  void gemmNT(
      int rows,
      int in,
      int out,
      float[] dy,
      int dyOffset,
      int lddy,
      float[] w,
      int wOffset,
      int ldw,
      float[] dx,
      int dxOffset,
      int lddx,
      float[] work,
      int workOffset);

  /**
   * Adds a multiple of the product of a transposed matrix, the shape of the weight gradient: {@code
   * w[i][j] = w[i][j] + a (sum over r of x[r][i] dy[r][j])}. With the negative learning rate for
   * {@code a} this is the update itself, and the gradient is never stored.
   *
   * @param rows how many samples
   * @param in how many inputs
   * @param out how many outputs
   * @param a the factor
   * @param x {@code rows x in} inputs
   * @param xOffset where they start
   * @param ldx their leading dimension
   * @param dy {@code rows x out} gradients of the outputs
   * @param dyOffset where they start
   * @param lddy their leading dimension
   * @param w {@code in x out} weights, which are changed
   * @param wOffset where they start
   * @param ldw their leading dimension
   * @param work room for {@link #gemmTNWork} elements, whose content is lost
   * @param workOffset where it starts
   */
  void gemmTN(
      int rows,
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      int ldx,
      float[] dy,
      int dyOffset,
      int lddy,
      float[] w,
      int wOffset,
      int ldw,
      float[] work,
      int workOffset);

  /**
   * Applies an activation to each element: {@code y[j] = f(x[j])}. {@link Activation#SOFTMAX} is
   * applied to all of them as the outputs of one sample.
   *
   * @param f the function
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void activate(Activation f, int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Takes gradients back through an activation: {@code dy[j] = dy[j] f'(x[j])}, and through {@link
   * Activation#SOFTMAX} {@code dy[j] = y[j] (dy[j] - dot(y, dy))}.
   *
   * @param f the function
   * @param n how many elements
   * @param xOrY its arguments if {@link Activation#needsSums}, otherwise its results
   * @param offset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void activationGradient(Activation f, int n, float[] xOrY, int offset, float[] dy, int dyOffset);

  /**
   * Applies the natural exponential function.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void exp(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies the natural logarithm: negative infinity at zero, {@code NaN} below.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void log(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies the error function.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void erf(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Gives the cross-entropy of one sample's softmax, and its gradient: {@code dz[j] = a (s
   * softmax(z)[j] - t[j])} with {@code s = sum(t)}.
   *
   * @param n how many elements, the outputs of one sample
   * @param z the logits
   * @param zOffset where they start
   * @param t the targets: probabilities
   * @param tOffset where they start
   * @param a the factor on the gradient
   * @param dz the gradients of the logits, which are overwritten
   * @param dzOffset where they start
   * @return {@code -sum over j of t[j] log(softmax(z)[j])}, without the factor
   */
  double softmaxCrossEntropy(
      int n, float[] z, int zOffset, float[] t, int tOffset, float a, float[] dz, int dzOffset);
}
