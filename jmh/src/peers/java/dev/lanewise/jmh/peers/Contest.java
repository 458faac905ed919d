package dev.lanewise.jmh.peers;

import dev.lanewise.BackendInfo;
import dev.lanewise.internal.machine.FmaPeak;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The program of a forked virtual machine: here a peer and Lanewise do the same, in turn. Whether
 * they come to the same is checked first.
 */
final class Contest {
  private static final double LOSS_TOLERANCE = 1e-3;
  private static final double PRODUCT_TOLERANCE = 1e-4;
  private static final double LEAST_MOVE = 0.01;
  private static final int CHECK_STEPS = 10;
  private static final float CHECK_RATE = 0.1f;

  /** So small that nothing is learned while it is timed: no gradient fades to zero. */
  private static final float TIMED_RATE = 1e-6f;

  private static final long PEAK_NANOS = 1_600_000_000;

  private final Library ours;
  private final Library theirs;
  private final Turns turns;

  private Contest(Library ours, Library theirs, Turns turns) {
    this.ours = ours;
    this.theirs = theirs;
    this.turns = turns;
  }

  /** Arguments: peer, threads, seconds, pairs, and then the points. */
  public static void main(String[] args) {
    int threads = Integer.parseInt(args[1]);
    Library theirs = Peer.valueOf(args[0]).open(threads);
    Turns turns = new Turns(Double.parseDouble(args[2]), Integer.parseInt(args[3]));
    Contest contest = new Contest(new Lanewise(threads), theirs, turns);
    Fork.tell("about", theirs.version(), BackendInfo.current(), FmaPeak.gflops(PEAK_NANOS));
    for (String text : List.of(args).subList(4, args.length)) {
      Point point = Point.parse(text);
      try {
        for (Turns.Pair pair : contest.hold(point)) {
          Fork.tell("timed", point, pair.ours(), pair.theirs());
        }
      } catch (CheckFailed e) {
        Fork.tell("failed", point, e.getMessage());
      }
      System.gc(); // what a peer allocates outside the heap goes with its owner in it
    }
    System.exit(0); // a native library may have left threads
  }

  private List<Turns.Pair> hold(Point point) throws CheckFailed {
    if (point.op().isProduct()) {
      return products(point);
    }
    Problem theirProblem = Problem.usual(point);
    Problem ourProblem = theirProblem;
    if (point.op() == Point.Op.ZEROS) {
      theirProblem = Problem.withoutZeros(point);
      ourProblem = Problem.halfZeros(point);
    } else {
      check(theirProblem);
    }
    try (Net us = ours.net(ourProblem, TIMED_RATE);
        Net them = theirs.net(theirProblem, TIMED_RATE)) {
      int batches = theirProblem.batches();
      return turns.time(eachBatch(point, us, batches), eachBatch(point, them, batches));
    }
  }

  private static Runnable eachBatch(Point point, Net net, int batches) {
    IntConsumer work = point.op() == Point.Op.FORWARD ? net::forward : net::train;
    return new Runnable() {
      private int next;

      @Override
      public void run() {
        work.accept(next);
        next = next + 1 == batches ? 0 : next + 1;
      }
    };
  }

  private List<Turns.Pair> products(Point point) throws CheckFailed {
    Products products = new Products(point, (Blas) theirs);
    double difference = products.difference();
    if (!(difference < PRODUCT_TOLERANCE)) {
      throw new CheckFailed("elements of the product differ by " + difference);
    }
    return turns.time(products::ours, products::theirs);
  }

  /** Throws unless both predict the same, learn, and then predict the same again. */
  private void check(Problem problem) throws CheckFailed {
    try (Net us = ours.net(problem, CHECK_RATE);
        Net them = theirs.net(problem, CHECK_RATE)) {
      double before = agreed(problem, us, them);
      for (int step = 0; step < CHECK_STEPS; step++) {
        us.train(step % problem.batches());
        them.train(step % problem.batches());
      }
      double after = agreed(problem, us, them);
      if (Math.abs(after - before) < LEAST_MOVE * before) {
        throw new CheckFailed("the loss only went from " + before + " to " + after);
      }
    }
  }

  private static double agreed(Problem problem, Net us, Net them) throws CheckFailed {
    us.forward(0);
    them.forward(0);
    double ours = problem.loss(0, us.output());
    double theirs = problem.loss(0, them.output());
    if (!(Math.abs(theirs - ours) <= LOSS_TOLERANCE * ours)) {
      throw new CheckFailed("a loss of " + theirs + " instead of " + ours);
    }
    return ours;
  }

  private static final class CheckFailed extends Exception {
    private static final long serialVersionUID = 1;

    CheckFailed(String message) {
      super(message);
    }
  }
}
