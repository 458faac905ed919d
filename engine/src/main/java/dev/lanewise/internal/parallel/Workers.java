package dev.lanewise.internal.parallel;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A few threads that run the parts of one task at a time, together with the caller.
 *
 * <p>Waiting threads spin briefly, since the next task of a training step comes within
 * microseconds, then park. The threads are daemons; they end at {@link #close}, or when nobody
 * holds this object any more. For use by one caller at a time.
 */
public final class Workers implements AutoCloseable {
  /** Work that can be done in parts, each of which may run on another thread. */
  public interface Task {
    /** Does one part of the work. */
    void run(int part, int parts);
  }

  /** Below so many floating-point operations handing over costs more than it brings. */
  private static final long WORTH_SHARING = 1_000_000;

  /** Parts begin at multiples of this: whole tiles, and no two threads write to one cache line. */
  private static final int ALIGNMENT = 16;

  private static final int SPINS = 5_000;

  private final Crew crew;
  private final int parts;
  private final Cleaner.Cleanable ending;

  /**
   * Starts the threads.
   *
   * @param threads how many threads share the work, the caller among them; at least 1
   */
  public Workers(int threads) {
    this.parts = threads;
    this.crew = new Crew(threads);
    this.ending = threads == 1 ? crew::stop : Ending.CLEANER.register(this, crew::stop);
    crew.start();
  }

  /** Returns how many threads share the work, the caller among them. */
  public int threads() {
    return parts;
  }

  /**
   * Runs all parts of a task, and returns when they are done.
   *
   * @param task the work
   * @param operations about how many floating-point operations it takes
   */
  public void run(Task task, long operations) {
    crew.checkOpen();
    if (parts == 1 || operations < WORTH_SHARING) {
      task.run(0, 1);
    } else {
      try {
        crew.run(task);
      } finally {
        // Or the cleaner might stop the crew at work, once nothing else needs this object.
        Reference.reachabilityFence(this);
      }
    }
  }

  /** Returns where part {@code part} of {@code n} columns starts. */
  public static int boundary(int n, int part, int parts) {
    if (part == parts) {
      return n;
    }
    long even = (long) n * part / parts;
    return (int) Math.min(n, (even + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  }

  @Override
  public void close() {
    ending.clean();
  }

  /** Apart, so that the cleaner's own thread starts only where there are threads to end. */
  private static final class Ending {
    static final Cleaner CLEANER = Cleaner.create();
  }

  /** What the threads hold on to: not the {@code Workers}, so that these can become unreachable. */
  private static final class Crew {
    private final Member[] members;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger round = new AtomicInteger();
    private volatile boolean stopped;
    private volatile Throwable failure;
    private Task task;

    Crew(int threads) {
      members = new Member[threads - 1];
      for (int i = 0; i < members.length; i++) {
        members[i] = new Member(this, i + 1);
      }
    }

    void start() {
      for (Member member : members) {
        member.start();
      }
    }

    void stop() {
      stopped = true;
      for (Member member : members) {
        LockSupport.unpark(member);
      }
    }

    void checkOpen() {
      if (stopped) {
        throw new IllegalStateException("this trainer was closed");
      }
    }

    void run(Task newTask) {
      task = newTask;
      failure = null;
      unfinished.set(members.length);
      round.incrementAndGet();
      for (Member member : members) {
        if (member.parked) {
          LockSupport.unpark(member);
        }
      }
      try {
        newTask.run(0, members.length + 1);
      } finally {
        awaitMembers();
      }
      Throwable thrown = failure;
      if (thrown != null) {
        throw new IllegalStateException("a worker thread failed", thrown);
      }
    }

    @SuppressWarnings(
        "ThreadPriorityCheck") // with more threads than cores, the others need this one
    private void awaitMembers() {
      for (int spins = 0; unfinished.get() > 0; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }
  }

  private static final class Member extends Thread {
    private final Crew crew;
    private final int part;
    private volatile boolean parked;

    Member(Crew crew, int part) {
      super("lanewise-worker-" + part);
      this.crew = crew;
      this.part = part;
      setDaemon(true);
    }

    @Override
    public void run() {
      int seen = 0;
      while (awaitRound(seen)) {
        seen = crew.round.get();
        try {
          crew.task.run(part, crew.members.length + 1);
        } catch (Throwable e) {
          crew.failure = e;
        } finally {
          crew.unfinished.decrementAndGet();
        }
      }
    }

    private boolean awaitRound(int seen) {
      for (int spins = 0; crew.round.get() == seen; spins++) {
        if (crew.stopped) {
          return false;
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          parked = true;
          if (crew.round.get() == seen && !crew.stopped) {
            LockSupport.park(crew);
          }
          parked = false;
        }
      }
      return !crew.stopped;
    }
  }
}
