package dev.lanewise.spark;

import dev.lanewise.Network;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Layer.Dense;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * Gives one row of features at a time to a network. Sparse vectors stay sparse where the network
 * begins with a dense layer. Any number of threads may use one.
 */
final class RowPredictor {
  private static final class Room {
    final float[] x;
    final float[] y;
    SparseRows.Builder sparse;

    Room(int inputs, int outputs) {
      this.x = new float[inputs];
      this.y = new float[outputs];
    }
  }

  /** What is done with outputs, which are overwritten later. */
  interface Outputs<T> {
    T of(float[] y);
  }

  private final Network network;
  private final String column;
  private final boolean takesSparse;

  /** What the last row needed, for the next one. */
  private final AtomicReference<Room> spare = new AtomicReference<>();

  RowPredictor(Network network, String column) {
    this.network = network;
    this.column = column;
    this.takesSparse = network.layers().getFirst() instanceof Dense;
  }

  /**
   * Predicts.
   *
   * @throws IllegalArgumentException if there is no vector, it is of another length, or a feature
   *     is no finite number
   */
  <T> T predict(Vector features, Outputs<T> outputs) {
    requireLength(features);
    Room room = spare.getAndSet(null);
    if (room == null) {
      room = new Room(network.inputs(), network.outputs());
    }
    if (takesSparse && features instanceof SparseVector sparse) {
      predictSparse(sparse, room);
    } else {
      fill(features, room.x);
      network.predict(1, room.x, 0, room.y, 0);
    }
    T result = outputs.of(room.y);
    spare.set(room);
    return result;
  }

  private void requireLength(Vector features) {
    if (features == null) {
      throw new IllegalArgumentException(
          "a vector in column '"
              + column
              + "' is null: leave such rows out before, with na().drop()");
    }
    if (features.size() != network.inputs()) {
      throw new IllegalArgumentException(
          "a vector in column '%s' has %d features, but the network learned from %d"
              .formatted(column, features.size(), network.inputs()));
    }
  }

  private void fill(Vector features, float[] x) {
    switch (features) {
      case DenseVector dense -> {
        double[] values = dense.values();
        for (int i = 0; i < x.length; i++) {
          x[i] = finite(i, values[i]);
        }
      }
      case SparseVector sparse -> {
        Arrays.fill(x, 0);
        int[] indices = sparse.indices();
        double[] values = sparse.values();
        for (int p = 0; p < indices.length; p++) {
          x[indices[p]] = finite(indices[p], values[p]);
        }
      }
      default ->
          throw new IllegalArgumentException(
              "a vector must be dense or sparse, but is a " + features.getClass().getName());
    }
  }

  private void predictSparse(SparseVector sparse, Room room) {
    int[] indices = sparse.indices();
    double[] values = sparse.values();
    for (int p = 0; p < indices.length; p++) {
      room.x[p] = finite(indices[p], values[p]);
    }
    if (room.sparse == null) {
      room.sparse = new SparseRows.Builder(network.inputs());
    }
    room.sparse.clear();
    room.sparse.add(indices.length, indices, 0, room.x, 0);
    network.predict(room.sparse.rows(), room.y, 0);
  }

  private float finite(int feature, double value) {
    float number = (float) value;
    if (!Float.isFinite(number)) {
      throw new IllegalArgumentException(
          ("feature %d of a vector in column '%s' is %s, but must be a finite number of a float's"
                  + " range: replace it before, for example with an Imputer")
              .formatted(feature, column, value));
    }
    return number;
  }
}
