package dev.lanewise.jmh.threads;

import dev.lanewise.internal.machine.FmaPeak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Does the same on several threads at once, and tells whether the machine has a core for each: a
 * virtual one may be half of a core, or somebody else's for a while. For one caller at a time.
 */
final class Cores implements AutoCloseable {
  private static final int CALLS = 20;
  private static final int TRIES = 2;
  private static final long WARM_NANOS = 800_000_000;
  private static final long UNTIL_OTHERS_SLEEP_MILLIS = 1;

  private final ExecutorService others;
  private final List<LongSupplier> chains = new ArrayList<>();

  Cores(int threads) {
    others =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            runnable -> {
              Thread thread = new Thread(runnable, "cores");
              thread.setDaemon(true);
              return thread;
            });
    FmaPeak.gflops(WARM_NANOS);
    for (int i = 0; i < threads; i++) {
      chains.add(new Chains());
    }
  }

  /** Multiply-adds that wait for no memory. */
  private static final class Chains implements LongSupplier {
    private final FmaPeak peak = new FmaPeak();
    private float sink;

    @Override
    public long getAsLong() {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        sink += peak.chains12();
      }
      long elapsed = System.nanoTime() - start;
      if (Float.isNaN(sink)) {
        throw new IllegalStateException("the sums are no numbers");
      }
      return elapsed;
    }
  }

  /** Runs all at once, the first one on this thread, and returns what each returns. */
  long[] together(List<? extends LongSupplier> works) {
    AtomicInteger missing = new AtomicInteger(works.size());
    List<Future<Long>> results = new ArrayList<>();
    for (LongSupplier work : works.subList(1, works.size())) {
      results.add(others.submit(() -> whenAllAreThere(missing, work)));
    }
    long[] all = new long[works.size()];
    all[0] = whenAllAreThere(missing, works.get(0));
    for (int i = 1; i < all.length; i++) {
      all[i] = result(results.get(i - 1));
    }
    return all;
  }

  private static long whenAllAreThere(AtomicInteger missing, LongSupplier work) {
    missing.decrementAndGet();
    while (missing.get() > 0) {
      Thread.onSpinWait();
    }
    return work.getAsLong();
  }

  private static long result(Future<Long> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the rate of the slowest of all threads beside that of one alone, a moment apart. */
  double rate() {
    try {
      TimeUnit.MILLISECONDS.sleep(UNTIL_OTHERS_SLEEP_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    long alone = Long.MAX_VALUE;
    long slowest = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      alone = Math.min(alone, chains.get(0).getAsLong());
    }
    for (int i = 0; i < TRIES; i++) {
      long most = 0;
      for (long nanos : together(chains)) {
        most = Math.max(most, nanos);
      }
      slowest = Math.min(slowest, most);
    }
    return Math.min(1, (double) alone / slowest);
  }

  /**
   * Returns for how long this process's threads were ready to run and had to wait for another
   * process, in nanoseconds; 0 where the operating system does not tell.
   */
  static long waited() {
    long sum = 0;
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      for (Path task : tasks.toList()) {
        sum += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", -1)[1]);
      }
    } catch (IOException _) {
      return 0;
    }
    return sum;
  }

  @Override
  public void close() {
    others.shutdownNow();
  }
}
