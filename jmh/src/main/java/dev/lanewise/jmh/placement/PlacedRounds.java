package dev.lanewise.jmh.placement;

import com.sun.management.ThreadMXBean;
import dev.lanewise.internal.machine.FmaPeak;
import dev.lanewise.jmh.work.Operands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program of a virtual machine in which work is done at several places: each line it reads is a
 * {@link Task}, which it does in turn at all its places, and tells how fast it was at each. It
 * computes nothing while it waits for the next line.
 */
final class PlacedRounds {
  /** What the lines that it writes begin with; others come from the virtual machine. */
  static final String PREFIX = "placed ";

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final long PEAK_NANOS = 1_600_000_000;
  private static final long WARM_NANOS = 400_000_000;
  private static final long PATIENCE_NANOS = 15_000_000_000L;

  private static final int SLICES = 3;

  private final List<Integer> offsets;
  private final long sliceNanos;
  private final float[][] arrays;

  /** Tasks that came before: another pass goes on with the same operands. */
  private final Map<String, Placed> known = new HashMap<>();

  /** What computes at each place, and how much; each round begins with another place. */
  private static final class Placed {
    private final List<Runnable> runs;
    private final double flop;
    private int first;

    Placed(List<Runnable> runs, double flop) {
      this.runs = runs;
      this.flop = flop;
    }
  }

  private PlacedRounds(int room, long sliceNanos, List<Integer> offsets) {
    this.offsets = offsets;
    this.sliceNanos = sliceNanos;
    arrays =
        new float[][] {
          Operands.symmetric(room, 1), Operands.symmetric(room, 2), new float[room], new float[room]
        };
  }

  /**
   * Arguments: how long the arrays are, milliseconds of a slice, and the offsets. It ends with its
   * input.
   */
  public static void main(String[] args) throws IOException {
    PlacedRounds rounds =
        new PlacedRounds(
            Integer.parseInt(args[0]),
            Long.parseLong(args[1]) * 1_000_000,
            Stream.of(args).skip(2).map(Integer::valueOf).toList());
    System.out.println(PREFIX + FmaPeak.gflops(PEAK_NANOS));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      StringBuilder answer = new StringBuilder(PREFIX);
      for (double rate : rounds.round(line)) {
        answer.append(rate).append(' ');
      }
      System.out.println(answer);
    }
  }

  /**
   * Returns GFLOP/s at each place, the best of some short slices in turn; of long calls, of one.
   */
  private double[] round(String line) {
    Placed placed = known.computeIfAbsent(line, this::begin);
    double[] best = new double[placed.runs.size()];
    slice(placed.runs.get(placed.first), 0, sliceNanos); // the core has slept
    long end = System.nanoTime() + SLICES * sliceNanos * best.length;
    do {
      for (int i = 0; i < best.length; i++) {
        int at = (placed.first + i) % best.length;
        best[at] = Math.max(best[at], slice(placed.runs.get(at), placed.flop, sliceNanos));
      }
    } while (System.nanoTime() < end);
    placed.first = (placed.first + 1) % best.length;
    return best;
  }

  private Placed begin(String line) {
    Task task = Task.parse(line);
    Placed placed = new Placed(task.place(task.placements(offsets), arrays), task.flop());
    warmUp(placed.runs.getFirst());
    return placed;
  }

  /** Runs until nothing is allocated any more: vectors are objects until C2 has compiled them. */
  private static void warmUp(Runnable run) {
    long start = System.nanoTime();
    long allocated;
    do {
      slice(run, 0, WARM_NANOS);
      allocated = THREADS.getCurrentThreadAllocatedBytes();
      run.run();
    } while (THREADS.getCurrentThreadAllocatedBytes() > allocated
        && System.nanoTime() - start < PATIENCE_NANOS);
  }

  private static double slice(Runnable run, double flop, long nanos) {
    long start = System.nanoTime();
    long elapsed;
    double done = 0;
    do {
      run.run();
      done += flop;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return done / elapsed;
  }
}
