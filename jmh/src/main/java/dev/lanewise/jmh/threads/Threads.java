package dev.lanewise.jmh.threads;

import dev.lanewise.jmh.run.Machine;
import dev.lanewise.jmh.threads.Scaling.Way;
import dev.lanewise.jmh.work.NetworkShape;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells what more threads bring. */
@Command(
    name = "threads",
    header = "what more threads bring to a step, in one table",
    description = {
      "Times steps on one thread, shared by several, and of as many networks at once that each have"
          + " a thread of their own, in turn in one JVM: what the last reach is what the machine"
          + " has.",
      "Before and after each round multiply-adds run on all threads at once and on one alone. A"
          + " round counts where the slowest keeps its rate: virtual cores may be two halves of"
          + " one, or lent to somebody else.",
      "Prints GFLOP/s, the mean of the fastest quarter of the rounds that count, their ratios to"
          + " one thread, and in brackets the median of the ratios within a round."
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
public final class Threads implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "N-N",
      defaultValue = "64-64-64-64,256-256-256-256,512-512-512-512",
      description = "Networks: inputs, and outputs of each layer.")
  private List<NetworkShape> networks;

  @Option(
      names = {"--batch", "--batches"},
      split = ",",
      paramLabel = "B",
      defaultValue = "32,256",
      description = "How many samples a step has.")
  private List<Integer> batches;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "2",
      description = "How many threads.")
  private int threads;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long to measure, after two seconds for each size.")
  private int seconds;

  @Option(
      names = "--millis",
      paramLabel = "N",
      defaultValue = "2",
      description = "How long a slice is, at least; a round has three.")
  private int millis;

  @Option(
      names = "--least",
      paramLabel = "R",
      defaultValue = "0.92",
      description = "The rate from which on a round counts.")
  private double least;

  @Option(
      names = "--waited",
      paramLabel = "R",
      defaultValue = "0.02",
      description = "Of a round that counts, in which threads may wait for another process.")
  private double waited;

  @Override
  public Integer call() {
    batches.forEach(batch -> atLeast(1, "--batch", batch));
    atLeast(2, "--threads", threads);
    atLeast(0, "--seconds", seconds);
    atLeast(1, "--millis", millis);
    List<Scaling> all = new ArrayList<>();
    try (Cores cores = new Cores(threads)) {
      for (NetworkShape network : networks) {
        batches.forEach(batch -> all.add(new Scaling(network, batch, threads, cores)));
      }
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      do {
        all.forEach(scaling -> scaling.round(cores, least, waited, millis * 1_000_000L));
      } while (System.nanoTime() < end);
      print(all);
    } finally {
      all.forEach(Scaling::close);
    }
    return 0;
  }

  private void atLeast(int smallest, String option, int value) {
    if (value < smallest) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least " + smallest + ", but was " + value);
    }
  }

  private void print(List<Scaling> all) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Machine   " + Machine.processor());
    out.println("JVM       " + Machine.jvm());
    out.println("Flags     " + String.join(" ", Machine.flags()));
    out.printf(Locale.ROOT, "Threads   %d%n%n", threads);
    out.println(
        line("network", "counted", "one", "shared", "apart", "shared / one", "apart / one"));
    for (Scaling scaling : all) {
      out.println(
          line(
              scaling.name(),
              scaling.counted() + " of " + (scaling.counted() + scaling.left()),
              gflops(scaling, Way.ONE),
              gflops(scaling, Way.SHARED),
              gflops(scaling, Way.APART),
              ratios(scaling, Way.SHARED),
              ratios(scaling, Way.APART)));
    }
    out.flush();
  }

  private static String gflops(Scaling scaling, Way way) {
    return scaling.counted() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", scaling.fastest(way));
  }

  private static String ratios(Scaling scaling, Way way) {
    return scaling.counted() == 0
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.2f (%.2f)",
            scaling.fastest(way) / scaling.fastest(Way.ONE),
            scaling.medianRatio(way));
  }

  private static String line(Object... columns) {
    return String.format(Locale.ROOT, "%-27s %12s %7s %7s %7s  %13s  %13s", columns);
  }
}
