package dev.lanewise;

import dev.lanewise.data.RowSource;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Residual;
import java.util.List;
import java.util.Objects;

/** Checks of what callers of networks and trainers pass. */
final class Shapes {
  private Shapes() {}

  /** Returns how many rows of {@code columns} an array holds. */
  static int rows(String name, float[] a, int columns) {
    Objects.requireNonNull(a, name);
    if (a.length == 0 || a.length % columns != 0) {
      throw new IllegalArgumentException(
          name
              + " must hold a positive multiple of "
              + columns
              + " numbers (rows x "
              + columns
              + "), but holds "
              + a.length);
    }
    return a.length / columns;
  }

  /** Checks that {@code rows x columns} numbers lie in an array from an offset on. */
  static void check(String name, int rows, int columns, float[] a, int offset) {
    Objects.requireNonNull(a, name);
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1, but was " + rows);
    }
    long end = offset + (long) rows * columns;
    if (offset < 0 || end > a.length) {
      throw new IllegalArgumentException(
          name
              + " must hold "
              + rows
              + " x "
              + columns
              + " numbers from offset "
              + offset
              + " on, but its length is "
              + a.length);
    }
  }

  /** Tells whether outputs that are written row after row come to lie over inputs of later rows. */
  static boolean overwrites(
      int rows, float[] x, int xOffset, int inputs, float[] y, int yOffset, int outputs) {
    return overlap(rows, x, xOffset, inputs, y, yOffset, outputs)
        && !(outputs <= inputs && yOffset <= xOffset);
  }

  /** Tells whether inputs and outputs share a part of an array. */
  @SuppressWarnings("ReferenceEquality") // Only the same array can overlap.
  static boolean overlap(
      int rows, float[] x, int xOffset, int inputs, float[] y, int yOffset, int outputs) {
    return x == y
        && yOffset < xOffset + (long) rows * inputs
        && xOffset < yOffset + (long) rows * outputs;
  }

  /** Checks that {@code rows} whole numbers lie in an array from an offset on. */
  static void check(String name, int rows, int[] a, int offset) {
    Objects.requireNonNull(a, name);
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1, but was " + rows);
    }
    if (offset < 0 || offset + (long) rows > a.length) {
      throw new IllegalArgumentException(
          name
              + " must hold "
              + rows
              + " numbers from offset "
              + offset
              + " on, but its length is "
              + a.length);
    }
  }

  /** Checks that rows have as many inputs and targets as a network has inputs and outputs. */
  static void check(String what, int inputs, int outputs, RowSource data) {
    if (data.inputs() != inputs || data.outputs() != outputs) {
      throw new IllegalArgumentException(
          what
              + " must have "
              + inputs
              + " inputs and "
              + outputs
              + " targets, as many as the network has inputs and outputs, but has "
              + data.inputs()
              + " and "
              + data.outputs());
    }
  }

  /** Checks that a network of these layers can take rows given sparsely. */
  static void checkSparse(List<Layer> layers, SparseRows x) {
    Objects.requireNonNull(x, "x");
    int inputs = layers.get(0).in();
    if (x.columns() != inputs) {
      throw new IllegalArgumentException(
          "x must have as many columns as the network has inputs, "
              + inputs
              + ", but has "
              + x.columns());
    }
    if (!(layers.get(0) instanceof Dense)) {
      throw new IllegalArgumentException(
          "rows given sparsely need a dense first layer, but it is "
              + layers.get(0)
              + ": let the network begin with a dense layer, or give x as rows x inputs numbers");
    }
    for (int l = 1; l < layers.size(); l++) {
      if (layers.get(l) instanceof Residual residual && residual.from() < 0) {
        throw new IllegalArgumentException(
            "rows given sparsely are read by the first layer only, but layer "
                + l
                + " adds the network's inputs: let it start from a layer, or give x as rows x"
                + " inputs numbers");
      }
    }
  }
}
