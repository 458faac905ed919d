package dev.lanewise.internal.train;

import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Layer.Dropout;

/**
 * Drops numbers and scales those that stay. The mask is never stored: the way back draws it again.
 *
 * <p>Number {@code p = row * width + column} of a step's batch is dropped where half {@code p mod
 * 2} (the lower one first) of {@code bits(bits(bits(seed, layer), step), p / 2)}, an unsigned
 * number of 32 bits, is below {@code rate * 2^32}; {@code bits} is {@link SplitMix64#bits}.
 */
final class DropoutStage extends Stage {
  private final int n;
  private final long limit;
  private final float factor;
  private boolean active;

  DropoutStage(int l, Dropout dropout, Parameters parameters, Dispatch kernels, Workspace desk) {
    super(l, parameters, kernels, desk);
    this.n = dropout.width();
    this.limit = (long) (dropout.rate() * 0x1p32);
    this.factor = 1 / (1 - dropout.rate());
  }

  @Override
  void forward(boolean training) {
    active = training && limit > 0;
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    move(x, xAt, inputStride, workspace.sums(layer), workspace.sumsAt(layer), stride);
  }

  @Override
  void backward(Updater updater, boolean inputGradient) {
    if (inputGradient) {
      float[] gradients = workspace.gradients();
      int dzAt = workspace.outputsAt(layer);
      int dxAt = workspace.outputsAt(layer - 1);
      move(gradients, dzAt, stride, gradients, dxAt, inputStride);
    }
  }

  private void move(float[] from, int fromAt, int ldfrom, float[] to, int toAt, int ldto) {
    int rows = workspace.rows();
    if (active) {
      long key = SplitMix64.bits(SplitMix64.bits(workspace.seed(), layer), workspace.pass());
      int p = 0;
      for (int r = 0; r < rows; r++) {
        int fromRow = fromAt + r * ldfrom;
        int toRow = toAt + r * ldto;
        for (int j = 0; j < n; j++, p++) {
          long half = SplitMix64.bits(key, p >>> 1) >>> ((p & 1) << 5) & 0xffff_ffffL;
          to[toRow + j] = half < limit ? 0 : from[fromRow + j] * factor;
        }
      }
    } else {
      Rows.copy(rows, n, from, fromAt, ldfrom, to, toAt, ldto);
    }
    Rows.clearPadding(rows, n, to, toAt, ldto);
  }
}
