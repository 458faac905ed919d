package dev.lanewise.internal.parallel;

import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.tuning.Tunable;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of {@link Workers}, and what they agree by. They hold on to this and not to the
 * {@code Workers}, so that these can become unreachable.
 *
 * <p>A round is one task. Each thread marks in lines of its own that its part is taken, and whether
 * it is at work; others look there when they have nothing left to do. So no line of the cache is
 * written by all, however many threads there are. The caller goes on when all parts are taken and
 * nobody is at work: it does not wait for a thread that the machine does not run, unless that one
 * holds a part.
 */
final class Crew {
  static final int SPINS = Tunable.SPINS.orElse(Sizes.SPINS);

  /** How many numbers lie from one thread's to the next one's. */
  private static final int APART = 2 * Sizes.LINE * Float.BYTES / Long.BYTES;

  /** Where the number of the round stands. */
  private static final int ROUND = APART;

  /** Stands for the round of a crew that was stopped. */
  private static final long STOPPED = -1;

  private final String owner;
  private final int threads;
  private final long idleNanos;
  private final Member[] members;
  private final AtomicLongArray state;

  private long round;
  private Task task;
  private volatile Throwable failure;

  /** Makes a crew without starting a thread. */
  Crew(String owner, int threads, long idleNanos) {
    this.owner = owner;
    this.threads = threads;
    this.idleNanos = idleNanos;
    this.members = new Member[threads - 1];
    this.state = new AtomicLongArray((threads + 3) * APART);
  }

  /** Returns where stands in which round a thread's part was taken last. */
  private static int taken(int thread) {
    return (thread + 2) * APART;
  }

  /** Returns where stands whether a thread is at work. */
  private static int atWork(int thread) {
    return taken(thread) + 1;
  }

  void checkOpen() {
    if (state.get(ROUND) == STOPPED) {
      throw new IllegalStateException(owner + " was closed");
    }
  }

  void stop() {
    state.set(ROUND, STOPPED);
    for (Member member : members) {
      if (member != null) {
        LockSupport.unpark(member);
      }
    }
  }

  /** Runs a task in a part for each thread, and returns when they are done. */
  void run(Task newTask) {
    startMissing();
    task = newTask;
    failure = null;
    if (!state.compareAndSet(ROUND, round, round + 1)) {
      checkOpen();
    }
    round++;
    wakeBelow(0);
    takeParts(0, round);
    awaitOthers();
    // It may hold the Workers, which must be able to become unreachable.
    task = null;
    Throwable thrown = failure;
    if (thrown != null) {
      throw new IllegalStateException("a part of the work failed", thrown);
    }
  }

  /** Starts those that never ran, or went home. */
  private void startMissing() {
    for (int i = 0; i < members.length; i++) {
      if (members[i] == null || members[i].ended) {
        members[i] = started(i + 1);
      }
    }
  }

  /** Returns null where the machine has no thread left: somebody else does its parts. */
  private Member started(int thread) {
    Member member = new Member(this, thread);
    try {
      member.start();
      return member;
    } catch (OutOfMemoryError e) {
      return null;
    }
  }

  /** Wakes two others, each of which wakes two: to wake one takes longer than a small part. */
  private void wakeBelow(int thread) {
    int first = 2 * thread + 1;
    for (int other = first; other <= first + 1 && other < threads; other++) {
      Member member = members[other - 1];
      if (member != null && member.parked) {
        LockSupport.unpark(member);
      }
    }
  }

  /** Does parts of a round until all are taken: first the thread's own, then what others left. */
  private void takeParts(int thread, long now) {
    for (int i = 0; i < threads; i++) {
      int part = (thread + i) % threads;
      long last = state.get(taken(part));
      if (last < now && state.compareAndSet(taken(part), last, now)) {
        try {
          task.run(part, threads, thread);
        } catch (Throwable e) {
          failure = e;
        }
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // with more threads than cores, the others need this one
  private void awaitOthers() {
    int spins = 0;
    for (int thread = 1; thread < threads; thread++) {
      while (state.get(atWork(thread)) != 0) {
        if (spins < SPINS) {
          spins++;
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }
  }

  private static final class Member extends Thread {
    private final Crew crew;
    private final int thread;
    private long known;
    private volatile boolean parked;
    private volatile boolean ended;

    Member(Crew crew, int thread) {
      super("lanewise-worker-" + thread);
      this.crew = crew;
      this.thread = thread;
      setDaemon(true);
    }

    @Override
    public void run() {
      AtomicLongArray state = crew.state;
      try {
        while (awaitRound(state)) {
          crew.wakeBelow(thread);
          // Before it takes a part, so that a caller who finds all taken sees that it is at work.
          state.set(atWork(thread), 1);
          try {
            crew.takeParts(thread, known);
          } finally {
            state.setRelease(atWork(thread), 0);
          }
        }
      } finally {
        ended = true;
      }
    }

    private boolean awaitRound(AtomicLongArray state) {
      long idleSince = 0;
      long now = state.get(ROUND);
      for (int spins = 0; now == known; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          long time = System.nanoTime();
          idleSince = idleSince == 0 ? time : idleSince;
          if (time - idleSince > crew.idleNanos) {
            return false;
          }
          parked = true;
          if (state.get(ROUND) == known) {
            LockSupport.parkNanos(crew, crew.idleNanos);
          }
          parked = false;
          // Or an interrupted one would never sleep again.
          Thread.interrupted();
        }
        now = state.get(ROUND);
      }
      known = now;
      return now != STOPPED;
    }
  }
}
