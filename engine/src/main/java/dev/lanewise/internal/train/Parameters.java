package dev.lanewise.internal.train;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network's numbers: what it learns, padded, and the buffers of its layers. Whatever is set,
 * copied or restored here leaves nothing but zeros in the padding, which kernels read: after an
 * overflow there may be anything in it.
 */
public final class Parameters {
  private final Layout layout;
  private final float[] block;
  private final float[] buffers;

  /** Counts beginnings and ends of updates by trainers: odd while one is being made. */
  private final AtomicLong changes = new AtomicLong();

  /** Makes room for a network's numbers, all zero. */
  public Parameters(Layout layout) {
    this.layout = layout;
    this.block = new float[layout.length()];
    this.buffers = new float[layout.buffersLength()];
  }

  /** Returns a copy. */
  public Parameters copy() {
    long known = changes();
    Parameters copy = new Parameters(layout);
    copy.set(this);
    requireUnchanged(known, "it was copied");
    return copy;
  }

  /** Overwrites these numbers with those of a network of the same layout. */
  public void set(Parameters other) {
    System.arraycopy(other.block, 0, block, 0, block.length);
    for (int l = 0; l < layout.size(); l++) {
      clearWeightPadding(l, block);
      clearBiasPadding(l, block);
    }
    System.arraycopy(other.buffers, 0, buffers, 0, buffers.length);
  }

  /** Returns how often a trainer began or ended an update. */
  public long changes() {
    return changes.getAcquire();
  }

  /**
   * Begins an update, which ends with {@link #endUpdate}.
   *
   * @param known what {@link #changes} was when the step began to read these numbers
   * @throws ConcurrentModificationException if another trainer has updated them since
   */
  public void beginUpdate(long known) {
    long now = changes.getPlain();
    if (now != known || now % 2 != 0) {
      throw new ConcurrentModificationException(
          "another trainer updated this network while a step was computed: train a network with one"
              + " trainer at a time, or give each a copy() of its own");
    }
    changes.setOpaque(now + 1);
    VarHandle.storeStoreFence();
  }

  /** Ends an update. */
  public void endUpdate() {
    changes.setRelease(changes.getPlain() + 1);
  }

  /**
   * Checks that what was read since is not torn.
   *
   * @param known what {@link #changes} was before
   * @param reading what was done, for the message
   * @throws ConcurrentModificationException if a trainer was updating these numbers meanwhile
   */
  public void requireUnchanged(long known, String reading) {
    VarHandle.loadLoadFence();
    if (known % 2 != 0 || changes.getOpaque() != known) {
      throw new ConcurrentModificationException(
          "a trainer updated this network while "
              + reading
              + ", so the result may be torn: let the thread that trains publish a copy() between"
              + " steps, and use that");
    }
  }

  /** Returns the first layer with a parameter that is infinite or not a number, or -1. */
  public int firstLayerNotFinite() {
    for (int l = 0; l < layout.size(); l++) {
      int end = layout.bias(l) + biasLength(l);
      for (int i = layout.weights(l); i < end; i++) {
        if (!Float.isFinite(block[i])) {
          return l;
        }
      }
    }
    return -1;
  }

  /** Returns how they lie. */
  public Layout layout() {
    return layout;
  }

  /** Returns what is learned, padded: the array itself. */
  float[] block() {
    return block;
  }

  /** Returns what is known, in the order of the layers: the array itself. */
  float[] buffers() {
    return buffers;
  }

  /** Returns all parameters, without padding. */
  public float[] all() {
    return unpadded(block);
  }

  /** Sets all parameters. */
  public void setAll(float[] values) {
    putPadded(values, block);
  }

  /** Returns the numbers of a block that is laid out like the parameters, without padding. */
  public float[] unpadded(float[] from) {
    float[] values = new float[layout.parameterCount()];
    int at = 0;
    for (int l = 0; l < layout.size(); l++) {
      copyWeights(l, from, values, at);
      at += weightCount(l);
      System.arraycopy(from, layout.bias(l), values, at, biasLength(l));
      at += biasLength(l);
    }
    return values;
  }

  /** Sets a block that is laid out like the parameters. */
  void putPadded(float[] values, float[] to) {
    int at = 0;
    for (int l = 0; l < layout.size(); l++) {
      putWeights(l, values, at, to);
      at += weightCount(l);
      putBias(l, values, at, to);
      at += biasLength(l);
    }
  }

  /** Returns the buffers of all layers. */
  public float[] allBuffers() {
    return buffers.clone();
  }

  /** Sets the buffers of all layers. */
  public void setAllBuffers(float[] values) {
    System.arraycopy(values, 0, buffers, 0, buffers.length);
  }

  /** Returns a layer's weights. */
  public float[] weights(int l) {
    float[] values = new float[weightCount(l)];
    copyWeights(l, block, values, 0);
    return values;
  }

  /** Sets a layer's weights. */
  public void setWeights(int l, float[] values) {
    putWeights(l, values, 0, block);
  }

  /** Returns a layer's bias. */
  public float[] bias(int l) {
    return Arrays.copyOfRange(block, layout.bias(l), layout.bias(l) + biasLength(l));
  }

  /** Sets a layer's bias. */
  public void setBias(int l, float[] values) {
    putBias(l, values, 0, block);
  }

  /** Returns a layer's buffers. */
  public float[] buffers(int l) {
    int at = layout.buffers(l);
    return Arrays.copyOfRange(buffers, at, at + layout.buffersLength(l));
  }

  /** Sets a layer's buffers. */
  public void setBuffers(int l, float[] values) {
    System.arraycopy(values, 0, buffers, layout.buffers(l), layout.buffersLength(l));
  }

  /** Returns how many weights a layer has, without padding. */
  public int weightCount(int l) {
    return layout.weightRows(l) * layout.layer(l).out();
  }

  /** Returns how many numbers a layer's bias has, without padding. */
  public int biasLength(int l) {
    return layout.hasBias(l) ? layout.layer(l).out() : 0;
  }

  private void copyWeights(int l, float[] from, float[] values, int at) {
    int out = layout.layer(l).out();
    int weights = layout.weights(l);
    Rows.copy(layout.weightRows(l), out, from, weights, layout.weightStride(l), values, at, out);
  }

  private void putWeights(int l, float[] values, int at, float[] to) {
    int out = layout.layer(l).out();
    int weights = layout.weights(l);
    Rows.copy(layout.weightRows(l), out, values, at, out, to, weights, layout.weightStride(l));
    clearWeightPadding(l, to);
  }

  private void putBias(int l, float[] values, int at, float[] to) {
    System.arraycopy(values, at, to, layout.bias(l), biasLength(l));
    clearBiasPadding(l, to);
  }

  /** Clears what lies beside a layer's weights, and the rows below them. */
  private void clearWeightPadding(int l, float[] to) {
    int rows = layout.weightRows(l);
    int weights = layout.weights(l);
    int stride = layout.weightStride(l);
    Rows.clearPadding(rows, layout.layer(l).out(), to, weights, stride);
    Arrays.fill(to, weights + rows * stride, layout.bias(l), 0);
  }

  private void clearBiasPadding(int l, float[] to) {
    int bias = layout.bias(l);
    Arrays.fill(to, bias + biasLength(l), bias + (layout.hasBias(l) ? layout.width(l) : 0), 0);
  }
}
