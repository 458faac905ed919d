package dev.lanewise.jmh.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Times two parties in turn, in slices so short that whoever else uses the machine slows both
 * alike.
 */
final class Turns {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final int STEADY_ROUNDS = 3;
  private static final int MOST_ROUNDS = 25;
  private static final double STILL_FASTER = 0.97;

  private final double seconds;
  private final int pairs;

  /**
   * What one turn of each came to.
   *
   * @param ours seconds for a call of ours
   * @param theirs seconds for one of theirs
   */
  record Pair(double ours, double theirs) {
    /** How many times as fast as theirs ours was. */
    double ratio() {
      return theirs / ours;
    }
  }

  /** Slices of so many seconds, and so many pairs of them. */
  Turns(double seconds, int pairs) {
    this.seconds = seconds;
    this.pairs = pairs;
  }

  /** Lets both run until neither becomes faster, then times them. */
  List<Pair> time(Runnable ours, Runnable theirs) {
    Party us = new Party(ours);
    Party them = new Party(theirs);
    double ourBest = Double.POSITIVE_INFINITY;
    double theirBest = Double.POSITIVE_INFINITY;
    int steady = 0;
    for (int round = 0; round < MOST_ROUNDS && steady < STEADY_ROUNDS; round++) {
      Pair pair = new Pair(us.slice(), them.slice());
      boolean faster = pair.ours < STILL_FASTER * ourBest || pair.theirs < STILL_FASTER * theirBest;
      steady = faster ? 0 : steady + 1;
      ourBest = Math.min(ourBest, pair.ours);
      theirBest = Math.min(theirBest, pair.theirs);
    }
    List<Pair> timed = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      timed.add(new Pair(us.slice(), them.slice()));
    }
    return timed;
  }

  private final class Party {
    private final Runnable work;
    private long calls = 1;

    Party(Runnable work) {
      this.work = work;
    }

    /** Returns the seconds for a call. */
    double slice() {
      awaitQuiet();
      long done = 0;
      long start = System.nanoTime();
      double elapsed;
      do {
        for (long i = 0; i < calls; i++) {
          work.run();
        }
        done += calls;
        elapsed = (System.nanoTime() - start) * 1e-9;
      } while (elapsed < seconds);
      calls = Math.max(1, (long) (seconds / 20 * done / elapsed)); // the clock is read 20 times
      return elapsed / done;
    }
  }

  /**
   * Waits, though not for ever, until this process does nothing: threads of the party that was on
   * go on spinning for a while, and would take a core from the next one, as do HotSpot's compilers.
   */
  private static void awaitQuiet() {
    int step = 20;
    for (int waited = 0; waited < 2_000; waited += step) {
      long before = SYSTEM.getProcessCpuTime();
      try {
        Thread.sleep(step);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      long used = SYSTEM.getProcessCpuTime() - before;
      if (used < step * 1_000_000L / 4) {
        return;
      }
    }
  }
}
