package dev.lanewise.internal.train;

import java.util.Arrays;

/** A network's numbers: what it learns, padded, and the statistics of its layers. */
public final class Parameters {
  private final Layout layout;
  private final float[] block;
  private final float[] statistics;

  /** Makes room for a network's numbers, all zero. */
  public Parameters(Layout layout) {
    this(layout, new float[layout.length()], new float[layout.statisticsLength()]);
  }

  private Parameters(Layout layout, float[] block, float[] statistics) {
    this.layout = layout;
    this.block = block;
    this.statistics = statistics;
  }

  /** Returns a copy. */
  public Parameters copy() {
    return new Parameters(layout, block.clone(), statistics.clone());
  }

  /** Overwrites these numbers with those of a network of the same layout. */
  public void set(Parameters other) {
    System.arraycopy(other.block, 0, block, 0, block.length);
    System.arraycopy(other.statistics, 0, statistics, 0, statistics.length);
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
  float[] statistics() {
    return statistics;
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

  /** Sets all but the padding of a block that is laid out like the parameters. */
  void putPadded(float[] values, float[] to) {
    int at = 0;
    for (int l = 0; l < layout.size(); l++) {
      putWeights(l, values, at, to);
      at += weightCount(l);
      System.arraycopy(values, at, to, layout.bias(l), biasLength(l));
      at += biasLength(l);
    }
  }

  /** Returns the statistics of all layers. */
  public float[] allStatistics() {
    return statistics.clone();
  }

  /** Sets the statistics of all layers. */
  public void setAllStatistics(float[] values) {
    System.arraycopy(values, 0, statistics, 0, statistics.length);
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
    System.arraycopy(values, 0, block, layout.bias(l), biasLength(l));
  }

  /** Returns a layer's statistics. */
  public float[] statistics(int l) {
    int at = layout.statistics(l);
    return Arrays.copyOfRange(statistics, at, at + layout.statisticsLength(l));
  }

  /** Sets a layer's statistics. */
  public void setStatistics(int l, float[] values) {
    System.arraycopy(values, 0, statistics, layout.statistics(l), layout.statisticsLength(l));
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
  }
}
