package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a caller passed is not kept, and what predictions work with is bounded. */
class RetainedArraysTest {
  private static final int ROWS = 300;

  private final Network network =
      Network.builder(10).dense(7, Activation.RELU).dense(2, Activation.SOFTMAX).build();
  private final Trainer trainer =
      new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f), 1);

  /** Uses an array that nobody else holds. */
  private interface Use {
    Object of();
  }

  private void assertLetGo(Use use) throws InterruptedException {
    WeakReference<Object> used = new WeakReference<>(use.of());
    try {
      for (int i = 0; i < 100 && used.get() != null; i++) {
        System.gc();
        Thread.sleep(10);
      }
      assertNull(used.get());
    } finally {
      Reference.reachabilityFence(network);
      Reference.reachabilityFence(trainer);
    }
  }

  private static SparseRows sparse() {
    int[] starts = new int[ROWS + 1];
    int[] indices = new int[ROWS];
    float[] values = new float[ROWS];
    for (int r = 0; r < ROWS; r++) {
      starts[r + 1] = r + 1;
      indices[r] = r % 10;
      values[r] = 1;
    }
    return new SparseRows(10, starts, indices, values);
  }

  @Test
  void aNetworkLetsGoOfWhatItPredicted() throws InterruptedException {
    assertLetGo(
        () -> {
          float[] x = new float[ROWS * 10];
          network.predict(x);
          return x;
        });
    assertLetGo(
        () -> {
          SparseRows x = sparse();
          network.predict(x);
          return x.values();
        });
  }

  @Test
  void aTrainerLetsGoOfItsBatch() throws InterruptedException {
    float[] targets = Samples.probabilities(ROWS, 2, 1);
    assertLetGo(
        () -> {
          float[] x = Samples.numbers(ROWS * 10, 2);
          trainer.step(x, targets);
          return x;
        });
    assertLetGo(
        () -> {
          float[] t = targets.clone();
          trainer.loss(ROWS, new float[ROWS * 10], 0, t, 0);
          return t;
        });
    assertLetGo(
        () -> {
          SparseRows x = sparse();
          trainer.step(Batch.of(x, targets, 0));
          return x.values();
        });
    assertLetGo(
        () -> {
          float[] x = new float[ROWS * 10];
          trainer.forward(ROWS, x, 0, new float[ROWS * 2], 0);
          trainer.backward(new float[ROWS * 2], 0);
          return x;
        });
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(20);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void afterABurstOfThreadsOnlyAsMuchIsKeptAsProcessorsNeed() throws InterruptedException {
    int width = 5_000;
    int threads = 4 * Runtime.getRuntime().availableProcessors() + 20;
    Network wide = Network.builder(1).dense(width, Activation.RELU).build();
    long before = used();
    CountDownLatch running = new CountDownLatch(threads);
    AtomicBoolean go = new AtomicBoolean(true);
    List<Thread> burst = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                float[] y = new float[256 * width];
                running.countDown();
                while (go.get()) {
                  wide.predict(256, new float[256], 0, y, 0);
                }
              });
      thread.start();
      burst.add(thread);
    }
    running.await();
    Thread.sleep(1_000);
    go.set(false);
    for (Thread thread : burst) {
      thread.join();
    }
    burst.clear();
    long pass = 4L * 256 * width;
    long most = (Runtime.getRuntime().availableProcessors() + 1) * (pass + pass / 10);
    try {
      long kept = used() - before;
      assertTrue(kept < most, () -> kept + " bytes are kept, " + kept / pass + " passes");
    } finally {
      Reference.reachabilityFence(wide);
    }
  }
}
