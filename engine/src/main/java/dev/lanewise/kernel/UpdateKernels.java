package dev.lanewise.kernel;

/**
 * The kernels that update weights from their gradients, for optimizers. How operands lie in their
 * arrays, what is checked and thrown, and to which bit results are defined, stands in the
 * description of this package.
 *
 * <p>Every operand is a vector of {@code n} elements, and element {@code j} of the results depends
 * on the elements {@code j} of the operands alone. A kept mean {@code beta m + (1 - beta) g} is
 * {@code fma(beta, m, (1 - beta) g)}, a mean square {@code fma((1 - beta) g, g, beta v)}, and the
 * last step of each update is {@code w = fma(-rate, step, w)}. Where gradient and state are zero,
 * the state stays zero and the weight stays as it is, except that {@code -0.0} may become {@code
 * 0.0}: padding stays padding.
 *
 * <p>Hyper-parameters are not checked: outside their usual ranges the formulas hold all the same.
 * Implementations are stateless and safe for use by any number of threads.
 */
public interface UpdateKernels {
  /**
   * Shrinks weights: {@code w[j] = factor w[j]}, the decoupled weight decay.
   *
   * @param n how many elements
   * @param factor what is left of each weight: 1 minus the learning rate times the decay
   * @param w the weights, which are changed
   * @param wOffset where they start
   */
  void decay(int n, float factor, float[] w, int wOffset);

  /**
   * Adds the gradient of penalties on weights, {@code l1 |w| + l2 w^2 / 2}: {@code dw[j] = dw[j] +
   * l2 w[j] + l1 sign(w[j])}, where the sign of zero is zero.
   *
   * @param n how many elements
   * @param l1 the factor on the signs
   * @param l2 the factor on the weights
   * @param w the weights
   * @param wOffset where they start
   * @param dw the gradients, which are changed
   * @param dwOffset where they start
   */
  void penalize(int n, float l1, float l2, float[] w, int wOffset, float[] dw, int dwOffset);

  /**
   * Limits gradients: those above {@code limit} become {@code limit}, those below {@code -limit}
   * become {@code -limit}; a {@code NaN} stays one.
   *
   * @param n how many elements
   * @param limit the largest magnitude, at least 0
   * @param dw the gradients, which are changed
   * @param dwOffset where they start
   */
  void clip(int n, float limit, float[] dw, int dwOffset);

  /**
   * Makes a step of gradient descent: {@code w[j] = w[j] - rate dw[j]}.
   *
   * @param n how many elements
   * @param rate the learning rate
   * @param dw the gradients
   * @param dwOffset where they start
   * @param w the weights, which are changed
   * @param wOffset where they start
   */
  void sgd(int n, float rate, float[] dw, int dwOffset, float[] w, int wOffset);

  /**
   * Makes a step of gradient descent with momentum, as PyTorch's SGD: {@code v[j] = momentum v[j] +
   * dw[j]}, then {@code w[j] = w[j] - rate v[j]}, or with Nesterov's momentum {@code w[j] = w[j] -
   * rate (dw[j] + momentum v[j])}.
   *
   * @param n how many elements
   * @param rate the learning rate
   * @param momentum how much of the velocities is kept
   * @param nesterov whether the momentum is Nesterov's
   * @param dw the gradients
   * @param dwOffset where they start
   * @param v the velocities, which are changed
   * @param vOffset where they start
   * @param w the weights, which are changed
   * @param wOffset where they start
   */
  void momentum(
      int n,
      float rate,
      float momentum,
      boolean nesterov,
      float[] dw,
      int dwOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset);

  /**
   * Makes a step of Lion (Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023)
   * without its weight decay: {@code w[j] = w[j] - rate sign(beta1 m[j] + (1 - beta1) dw[j])}, then
   * {@code m[j] = beta2 m[j] + (1 - beta2) dw[j]}. The sign of zero is zero, that of a {@code NaN}
   * is one.
   *
   * @param n how many elements
   * @param rate the learning rate
   * @param beta1 how much of the mean gradients decides the sign
   * @param beta2 how much of the mean gradients is kept
   * @param dw the gradients
   * @param dwOffset where they start
   * @param m the mean gradients, which are changed
   * @param mOffset where they start
   * @param w the weights, which are changed
   * @param wOffset where they start
   */
  void lion(
      int n,
      float rate,
      float beta1,
      float beta2,
      float[] dw,
      int dwOffset,
      float[] m,
      int mOffset,
      float[] w,
      int wOffset);

  /**
   * Makes a step of Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015)
   * without weight decay: {@code m[j] = beta1 m[j] + (1 - beta1) dw[j]} and {@code v[j] = beta2
   * v[j] + (1 - beta2) dw[j]^2}, then {@code w[j] = w[j] - (rate / correction1) m[j] / (sqrt(v[j])
   * / sqrt(correction2) + epsilon)}.
   *
   * <p>What does not depend on {@code j} is computed in double and rounded once: the first
   * quotient, and {@code 1 / sqrt(correction2)}, by which the root is multiplied.
   *
   * @param n how many elements
   * @param rate the learning rate
   * @param beta1 how much of the mean gradients is kept
   * @param beta2 how much of the mean squares is kept
   * @param epsilon what is added to the root, above 0
   * @param correction1 {@code 1 - beta1^t} in step {@code t}, counted from 1
   * @param correction2 {@code 1 - beta2^t}
   * @param dw the gradients
   * @param dwOffset where they start
   * @param m the mean gradients, which are changed
   * @param mOffset where they start
   * @param v the mean squares, which are changed
   * @param vOffset where they start
   * @param w the weights, which are changed
   * @param wOffset where they start
   */
  void adam(
      int n,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float correction1,
      float correction2,
      float[] dw,
      int dwOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset);

  /**
   * Makes a step of RMSProp without weight decay, as PyTorch's: {@code square[j] = alpha square[j]
   * + (1 - alpha) dw[j]^2}, {@code d = dw[j] / (sqrt(square[j]) + epsilon)}, and {@code w[j] = w[j]
   * - rate d}.
   *
   * <p>Centered, {@code mean[j] = alpha mean[j] + (1 - alpha) dw[j]}, and {@code square[j] -
   * mean[j]^2} is under the root, or 0 where that is negative. With a momentum other than 0, {@code
   * velocity[j] = momentum velocity[j] + d}, and {@code w[j] = w[j] - rate velocity[j]}. An array
   * that is not needed is not looked at, and may be null.
   *
   * @param n how many elements
   * @param rate the learning rate
   * @param alpha how much of the means is kept
   * @param epsilon what is added to the root, above 0
   * @param momentum how much of the velocities is kept; 0 to do without them
   * @param centered whether the variance takes the place of the mean square
   * @param dw the gradients
   * @param dwOffset where they start
   * @param square the mean squares, which are changed
   * @param squareOffset where they start
   * @param mean if centered, the mean gradients, which are changed
   * @param meanOffset where they start
   * @param velocity with a momentum, the velocities, which are changed
   * @param velocityOffset where they start
   * @param w the weights, which are changed
   * @param wOffset where they start
   */
  void rmsProp(
      int n,
      float rate,
      float alpha,
      float epsilon,
      float momentum,
      boolean centered,
      float[] dw,
      int dwOffset,
      float[] square,
      int squareOffset,
      float[] mean,
      int meanOffset,
      float[] velocity,
      int velocityOffset,
      float[] w,
      int wOffset);

  /**
   * Makes a step of AdaGrad (Duchi et al., "Adaptive Subgradient Methods for Online Learning and
   * Stochastic Optimization", 2011) without weight decay: {@code sum[j] = sum[j] + dw[j]^2}, then
   * {@code w[j] = w[j] - rate dw[j] / (sqrt(sum[j]) + epsilon)}.
   *
   * @param n how many elements
   * @param rate the learning rate
   * @param epsilon what is added to the root, above 0
   * @param dw the gradients
   * @param dwOffset where they start
   * @param sum the sums of squares, which are changed
   * @param sumOffset where they start
   * @param w the weights, which are changed
   * @param wOffset where they start
   */
  void adaGrad(
      int n,
      float rate,
      float epsilon,
      float[] dw,
      int dwOffset,
      float[] sum,
      int sumOffset,
      float[] w,
      int wOffset);
}
