package dev.lanewise.kernel;

/**
 * The functions that are applied element by element, and their derivatives. The description of this
 * package holds for them as for all {@link Kernels}, of which they are a part.
 */
public interface ActivationKernels {
  /**
   * Applies {@code y[j] = x[j] <= 0 ? 0 : x[j]}; a {@code NaN} stays one.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void relu(int n, float[] x, int xOffset, float[] y, int yOffset);

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
   * Applies {@code y[j] = 1 / (1 + exp(-x[j]))}.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies the hyperbolic tangent.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void tanh(int n, float[] x, int xOffset, float[] y, int yOffset);

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
   * Applies {@code y[j] = log(1 + exp(x[j]))}, without overflow.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void softplus(int n, float[] x, int xOffset, float[] y, int yOffset);

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
   * Applies {@code y[j] = x[j] > 0 ? x[j] : slope x[j]}.
   *
   * @param n how many elements
   * @param slope the factor on what is not positive
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void leakyRelu(int n, float slope, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies {@code y[j] = x[j] > 0 ? x[j] : alpha (exp(x[j]) - 1)} (Clevert et al. 2015).
   *
   * @param n how many elements
   * @param alpha the factor on what is not positive
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void elu(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies {@code y[j] = s (x[j] > 0 ? x[j] : alpha (exp(x[j]) - 1))} with {@code s =
   * 1.0507009873554805} and {@code alpha = 1.6732632423543772} (Klambauer et al. 2017).
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void selu(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies {@code y[j] = x[j] / 2 (1 + erf(x[j] / sqrt(2)))} (Hendrycks and Gimpel 2016).
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void gelu(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies {@code y[j] = x[j] / 2 (1 + tanh(sqrt(2 / pi) (x[j] + 0.044715 x[j]^3)))}, an
   * approximation of {@link #gelu} from the same paper.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void geluTanh(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies {@code y[j] = x[j] / (1 + exp(-x[j]))}, also called swish.
   *
   * @param n how many elements
   * @param x the arguments
   * @param xOffset where they start
   * @param y the results; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void silu(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Applies {@code y[j] = exp(x[j] - max(x)) / sum over k of exp(x[k] - max(x))}.
   *
   * @param n how many elements, the outputs of one sample
   * @param x the logits
   * @param xOffset where they start
   * @param y the probabilities; may be {@code x} at the same offset
   * @param yOffset where they start
   */
  void softmax(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Multiplies a gradient by ReLU's derivative: {@code dy[j] = y[j] > 0 ? dy[j] : 0}.
   *
   * @param n how many elements
   * @param y the results of {@link #relu}
   * @param yOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void reluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by the sigmoid's derivative: {@code dy[j] = dy[j] (y[j] (1 - y[j]))}.
   *
   * @param n how many elements
   * @param y the results of {@link #sigmoid}
   * @param yOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void sigmoidGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by the hyperbolic tangent's derivative: {@code dy[j] = dy[j] (1 -
   * y[j]^2)}.
   *
   * @param n how many elements
   * @param y the results of {@link #tanh}
   * @param yOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void tanhGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by softplus' derivative: {@code dy[j] = dy[j] (1 - exp(-y[j]))}.
   *
   * @param n how many elements
   * @param y the results of {@link #softplus}
   * @param yOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void softplusGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by the leaky ReLU's derivative: {@code dy[j] = y[j] > 0 ? dy[j] : slope
   * dy[j]}.
   *
   * @param n how many elements
   * @param slope its slope, at least 0
   * @param y the results of {@link #leakyRelu}
   * @param yOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void leakyReluGradient(int n, float slope, float[] y, int yOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by ELU's derivative: {@code dy[j] = dy[j] (y[j] > 0 ? 1 : y[j] + alpha)}.
   *
   * @param n how many elements
   * @param alpha its factor, at least 0
   * @param y the results of {@link #elu}
   * @param yOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void eluGradient(int n, float alpha, float[] y, int yOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by SELU's derivative: {@code dy[j] = dy[j] (y[j] > 0 ? s : y[j] + s
   * alpha)}.
   *
   * @param n how many elements
   * @param y the results of {@link #selu}
   * @param yOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void seluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by GELU's derivative, which follows from the argument only.
   *
   * @param n how many elements
   * @param z the arguments of {@link #gelu}, not its results
   * @param zOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void geluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by the derivative of GELU's approximation, which follows from the
   * argument only.
   *
   * @param n how many elements
   * @param z the arguments of {@link #geluTanh}, not its results
   * @param zOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void geluTanhGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset);

  /**
   * Multiplies a gradient by SiLU's derivative, which follows from the argument only.
   *
   * @param n how many elements
   * @param z the arguments of {@link #silu}, not its results
   * @param zOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void siluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset);

  /**
   * Takes a gradient back through softmax: {@code dy[j] = y[j] (dy[j] - dot(y, dy))}.
   *
   * @param n how many elements, the outputs of one sample
   * @param y the results of {@link #softmax}
   * @param yOffset where they start
   * @param dy the gradients, which are changed
   * @param dyOffset where they start
   */
  void softmaxGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset);

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
