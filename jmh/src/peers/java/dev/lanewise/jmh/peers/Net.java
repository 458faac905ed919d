package dev.lanewise.jmh.peers;

/**
 * A network with the weights and the batches of a {@link Problem}, in the memory of its library.
 */
interface Net extends AutoCloseable {
  /** Makes one step of plain SGD on the mean squared error of a batch. */
  void train(int k);

  /** Predicts a batch. */
  void forward(int k);

  /** Returns a copy of what {@link #forward} predicted last, {@code rows x outputs}. */
  float[] output();

  @Override
  default void close() {}
}
