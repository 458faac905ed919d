package dev.lanewise.internal.parallel;

import static dev.lanewise.internal.tuning.Sizes.PART_ALIGNMENT;

import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.tuning.Tunable;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A few threads that run the parts of one task at a time, together with the caller.
 *
 * <p>The threads start with the first task that is shared. Waiting for another one they spin
 * briefly, since the next task of a training step comes within microseconds, then park; after a
 * second they end, until there is one. They are daemons, and also end at {@link #close}, or when
 * nobody holds this object any more. For use by one caller at a time.
 */
public final class Workers implements AutoCloseable {
  /** Work that can be done in parts, each of which may run on another thread. */
  public interface Task {
    /** Does one part of the work. */
    void run(int part, int parts);
  }

  private static final int SHARE_FROM = Tunable.SHARE_FROM.orElse(Sizes.SHARE_FROM);

  private static final int SPINS = Tunable.SPINS.orElse(Sizes.SPINS);

  private final Crew crew;
  private final int parts;
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
    this.parts = threads;
    this.crew = new Crew(owner, threads, idleNanos);
    this.ending = threads == 1 ? crew::stop : Ending.CLEANER.register(this, crew::stop);
  }

  /** Returns what is in use of what can be tuned. */
  public static Map<Tunable, Integer> tuned() {
    return Map.of(Tunable.SHARE_FROM, SHARE_FROM, Tunable.SPINS, SPINS);
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
    if (parts == 1 || operations < SHARE_FROM) {
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
    return (int) Math.min(n, (even + PART_ALIGNMENT - 1) / PART_ALIGNMENT * PART_ALIGNMENT);
  }

  /** Returns how many columns of {@code n} a part has at most. */
  public static int largest(int n, int parts) {
    return parts == 1 ? n : Math.min(n, n / parts + PART_ALIGNMENT);
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
    private final String owner;
    private final int parts;
    private final long idleNanos;
    private final Member[] members;
    private final AtomicInteger unfinished = new AtomicInteger();

    /**
     * The round, times 2^32, and which part nobody has taken yet. Whoever comes first takes it: a
     * caller does all parts of a round for which the machine gives it no second core.
     */
    private final AtomicLong next;

    private volatile boolean stopped;
    private volatile Throwable failure;
    private Task task;

    Crew(String owner, int threads, long idleNanos) {
      this.owner = owner;
      this.parts = threads;
      this.idleNanos = idleNanos;
      next = new AtomicLong(threads);
      members = new Member[threads - 1];
    }

    /** Starts those that never ran, or went home. */
    private void callTogether() {
      for (int i = 0; i < members.length; i++) {
        if (members[i] == null || members[i].ended) {
          members[i] = started(i + 1);
        } else if (members[i].parked) {
          LockSupport.unpark(members[i]);
        }
      }
    }

    /** Returns null where the machine has no thread left: somebody else does its parts. */
    private Member started(int number) {
      Member member = new Member(this, number);
      try {
        member.start();
        return member;
      } catch (OutOfMemoryError e) {
        return null;
      }
    }

    void stop() {
      stopped = true;
      for (Member member : members) {
        if (member != null) {
          LockSupport.unpark(member);
        }
      }
    }

    void checkOpen() {
      if (stopped) {
        throw new IllegalStateException(owner + " was closed");
      }
    }

    void run(Task newTask) {
      task = newTask;
      failure = null;
      unfinished.set(parts);
      next.set(((next.get() >>> Integer.SIZE) + 1) << Integer.SIZE);
      callTogether();
      takeParts();
      awaitOthers();
      // It may hold the Workers, which must be able to become unreachable.
      task = null;
      Throwable thrown = failure;
      if (thrown != null) {
        throw new IllegalStateException("a part of the work failed", thrown);
      }
    }

    boolean hasParts() {
      return (int) next.get() < parts;
    }

    void takeParts() {
      for (long now = next.get(); (int) now < parts; now = next.get()) {
        if (next.compareAndSet(now, now + 1)) {
          try {
            task.run((int) now, parts);
          } catch (Throwable e) {
            failure = e;
          } finally {
            unfinished.decrementAndGet();
          }
        }
      }
    }

    @SuppressWarnings(
        "ThreadPriorityCheck") // with more threads than cores, the others need this one
    private void awaitOthers() {
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
    private volatile boolean parked;
    private volatile boolean ended;

    Member(Crew crew, int number) {
      super("lanewise-worker-" + number);
      this.crew = crew;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (awaitParts()) {
          crew.takeParts();
        }
      } finally {
        ended = true;
      }
    }

    private boolean awaitParts() {
      long idleSince = 0;
      for (int spins = 0; !crew.hasParts(); spins++) {
        if (crew.stopped) {
          return false;
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          long now = System.nanoTime();
          idleSince = idleSince == 0 ? now : idleSince;
          if (now - idleSince > crew.idleNanos) {
            return false;
          }
          parked = true;
          if (!crew.hasParts() && !crew.stopped) {
            LockSupport.parkNanos(crew, crew.idleNanos);
          }
          parked = false;
          // Or an interrupted one would never sleep again.
          Thread.interrupted();
        }
      }
      return !crew.stopped;
    }
  }
}
