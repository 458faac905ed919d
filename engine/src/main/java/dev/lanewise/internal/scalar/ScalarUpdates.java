package dev.lanewise.internal.scalar;

import static dev.lanewise.internal.scalar.Fma.fma;

import dev.lanewise.kernel.UpdateKernels;

/** The reference for updates: plain loops, written to be read. No subclass changes a bit. */
public class ScalarUpdates implements UpdateKernels {
  @Override
  public void decay(int n, float factor, float[] w, int wOffset) {
    for (int j = 0; j < n; j++) {
      w[wOffset + j] *= factor;
    }
  }

  @Override
  public void penalize(
      int n, float l1, float l2, float[] w, int wOffset, float[] dw, int dwOffset) {
    for (int j = 0; j < n; j++) {
      float weight = w[wOffset + j];
      float gradient = fma(l2, weight, dw[dwOffset + j]);
      dw[dwOffset + j] = fma(l1, Math.signum(weight), gradient);
    }
  }

  @Override
  public void clip(int n, float limit, float[] dw, int dwOffset) {
    for (int j = 0; j < n; j++) {
      float gradient = dw[dwOffset + j];
      float least = gradient < -limit ? -limit : gradient;
      dw[dwOffset + j] = least > limit ? limit : least;
    }
  }

  @Override
  public void sgd(int n, float rate, float[] dw, int dwOffset, float[] w, int wOffset) {
    for (int j = 0; j < n; j++) {
      w[wOffset + j] = fma(-rate, dw[dwOffset + j], w[wOffset + j]);
    }
  }

  @Override
  public void momentum(
      int n,
      float rate,
      float momentum,
      boolean nesterov,
      float[] dw,
      int dwOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset) {
    for (int j = 0; j < n; j++) {
      float gradient = dw[dwOffset + j];
      float velocity = fma(momentum, v[vOffset + j], gradient);
      v[vOffset + j] = velocity;
      float step = nesterov ? fma(momentum, velocity, gradient) : velocity;
      w[wOffset + j] = fma(-rate, step, w[wOffset + j]);
    }
  }

  @Override
  public void lion(
      int n,
      float rate,
      float beta1,
      float beta2,
      float[] dw,
      int dwOffset,
      float[] m,
      int mOffset,
      float[] w,
      int wOffset) {
    for (int j = 0; j < n; j++) {
      float gradient = dw[dwOffset + j];
      float mean = m[mOffset + j];
      float direction = fma(beta1, mean, (1 - beta1) * gradient);
      w[wOffset + j] = fma(-rate, Math.signum(direction), w[wOffset + j]);
      m[mOffset + j] = fma(beta2, mean, (1 - beta2) * gradient);
    }
  }

  @Override
  public void adam(
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
      int wOffset) {
    float step = (float) ((double) rate / correction1);
    float scale = (float) (1 / Math.sqrt(correction2));
    for (int j = 0; j < n; j++) {
      float gradient = dw[dwOffset + j];
      float mean = fma(beta1, m[mOffset + j], (1 - beta1) * gradient);
      float square = fma((1 - beta2) * gradient, gradient, beta2 * v[vOffset + j]);
      m[mOffset + j] = mean;
      v[vOffset + j] = square;
      float divisor = fma((float) Math.sqrt(square), scale, epsilon);
      w[wOffset + j] = fma(-step, mean / divisor, w[wOffset + j]);
    }
  }

  @Override
  public void rmsProp(
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
      int wOffset) {
    for (int j = 0; j < n; j++) {
      float gradient = dw[dwOffset + j];
      float spread = fma((1 - alpha) * gradient, gradient, alpha * square[squareOffset + j]);
      square[squareOffset + j] = spread;
      if (centered) {
        float centre = fma(alpha, mean[meanOffset + j], (1 - alpha) * gradient);
        mean[meanOffset + j] = centre;
        spread = Math.max(0f, fma(-centre, centre, spread));
      }
      float step = gradient / ((float) Math.sqrt(spread) + epsilon);
      if (momentum != 0) {
        step = fma(momentum, velocity[velocityOffset + j], step);
        velocity[velocityOffset + j] = step;
      }
      w[wOffset + j] = fma(-rate, step, w[wOffset + j]);
    }
  }

  @Override
  public void adaGrad(
      int n,
      float rate,
      float epsilon,
      float[] dw,
      int dwOffset,
      float[] sum,
      int sumOffset,
      float[] w,
      int wOffset) {
    for (int j = 0; j < n; j++) {
      float gradient = dw[dwOffset + j];
      float squares = fma(gradient, gradient, sum[sumOffset + j]);
      sum[sumOffset + j] = squares;
      float step = gradient / ((float) Math.sqrt(squares) + epsilon);
      w[wOffset + j] = fma(-rate, step, w[wOffset + j]);
    }
  }
}
