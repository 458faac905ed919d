package dev.lanewise.jmh.peers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A virtual machine of its own for one peer and one number of threads: no library, and no decision
 * of HotSpot, gets in the way of another's.
 *
 * @param peer whom Lanewise is compared with
 * @param threads how many threads each has
 * @param points what to time
 */
record Fork(Peer peer, int threads, List<Point> points) {
  /** Without the heap: it is of fixed size and touched beforehand: nobody pays for fresh pages. */
  private static final List<String> FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+AlwaysPreTouch");

  private static final int LEAST_MEGABYTES = 1024;

  private static final String PREFIX = "lanewise-peers";

  /**
   * Returns the options of a virtual machine in which these points are timed. The user's, if any,
   * come last and may overrule.
   */
  static List<String> flags(List<Point> points) {
    double most = points.stream().mapToDouble(Point::heapBytes).max().orElse(0);
    long megabytes = LEAST_MEGABYTES + (long) (most / (1 << 20));
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(List.of("-Xms" + megabytes + "m", "-Xmx" + megabytes + "m"));
    flags.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    return flags;
  }

  /** Reports to the virtual machine that has started this one; called by {@link Contest}. */
  static void tell(Object... fields) {
    System.out.println(
        PREFIX + "\t" + Stream.of(fields).map(String::valueOf).collect(Collectors.joining("\t")));
  }

  /** Runs it, and adds to the results. Ends when it does, however that may be. */
  void run(double seconds, int pairs, Results results) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(flags(points));
    command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    command.add(Contest.class.getName());
    command.addAll(List.of(peer.name(), String.valueOf(threads)));
    command.addAll(List.of(String.valueOf(seconds), String.valueOf(pairs)));
    points.forEach(point -> command.add(point.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(peer.environment(threads));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    results.beginFork();
    Set<Point> unheardOf = new LinkedHashSet<>(points);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines
          .lines()
          .map(line -> line.split("\t", -1))
          .forEach(fields -> receive(fields, results, unheardOf));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      process.destroy();
    }
    int status = process.waitFor();
    for (Point point : unheardOf) {
      results.row(peer, point, threads).fail("nothing came, the status is " + status);
    }
  }

  private void receive(String[] fields, Results results, Set<Point> unheardOf) {
    if (!fields[0].equals(PREFIX)) {
      return; // a library that is talkative
    }
    if (fields[1].equals("about")) {
      results.about(peer, fields[2], fields[3], Double.parseDouble(fields[4]));
      return;
    }
    Point point = Point.parse(fields[2]);
    unheardOf.remove(point);
    Row row = results.row(peer, point, threads);
    if (fields[1].equals("failed")) {
      row.fail(fields[3]);
    } else {
      row.add(
          results.fork(),
          results.forkPeak(),
          new Turns.Pair(Double.parseDouble(fields[3]), Double.parseDouble(fields[4])));
    }
  }
}
