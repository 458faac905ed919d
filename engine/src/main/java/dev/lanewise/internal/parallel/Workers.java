package dev.lanewise.internal.parallel;

import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.tuning.Tunable;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Map;

/**
 * A few threads that run the parts of one task at a time, together with the caller.
 *
 * <p>There is a part for each thread, the same one in every task, with which it begins: so numbers
 * stay with the core that wrote them. Then it takes what the others have not begun. The threads
 * start with the first task that is shared. They are daemons, and end after a second without work,
 * at {@link #close}, or when nobody holds this object any more. For use by one caller at a time.
 */
public final class Workers implements AutoCloseable {
  private static final int SHARE_FROM = Tunable.SHARE_FROM.orElse(Sizes.SHARE_FROM);

  private final Crew crew;
  private final int threads;
  private final Cleaner.Cleanable ending;

  /**
   * Makes workers without starting a thread.
   *
   * @param owner what is closed with them, as the message says to a caller who goes on
   * @param threads how many threads share the work, the caller among them; at least 1
   */
  public Workers(String owner, int threads) {
    this(owner, threads, Sizes.IDLE_NANOS);
  }

  /** Makes workers whose threads end after being idle for so long. */
  Workers(String owner, int threads, long idleNanos) {
    this.threads = threads;
    this.crew = new Crew(owner, threads, idleNanos);
    this.ending = threads == 1 ? crew::stop : Ending.CLEANER.register(this, crew::stop);
  }

  /** Returns what is in use of what can be tuned. */
  public static Map<Tunable, Integer> tuned() {
    return Map.of(Tunable.SHARE_FROM, SHARE_FROM, Tunable.SPINS, Crew.SPINS);
  }

  /** Returns how many threads share the work, the caller among them. */
  public int threads() {
    return threads;
  }

  /** Returns in how many parts a task of so many floating-point operations is done. */
  public int parts(long operations) {
    return operations < SHARE_FROM ? 1 : threads;
  }

  /**
   * Runs all parts of a task, and returns when they are done.
   *
   * @param task the work
   * @param operations about how many floating-point operations it takes
   */
  public void run(Task task, long operations) {
    crew.checkOpen();
    if (parts(operations) == 1) {
      task.run(0, 1, 0);
    } else {
      try {
        crew.run(task);
      } finally {
        // Or the cleaner might stop the crew at work, once nothing else needs this object.
        Reference.reachabilityFence(this);
      }
    }
  }

  @Override
  public void close() {
    ending.clean();
  }

  /** Apart, so that the cleaner's own thread starts only where there are threads to end. */
  private static final class Ending {
    static final Cleaner CLEANER = Cleaner.create();
  }
}
