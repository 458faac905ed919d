package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.run.Machine;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes results for people, and for programs. */
final class Report {
  private static final String CSV =
      "peer,version,op,widths,batch,threads,forks,peer_samples_per_s,peer_gflops,"
          + "ours_samples_per_s,ours_gflops,ours_to_peer,lowest_fork,highest_fork,peak_gflops,"
          + "failure";

  private final Results results;

  Report(Results results) {
    this.results = results;
  }

  void print(PrintWriter out) {
    header(out);
    out.println();
    out.println(
        line("", "", "", "", "peer", "", "", "of", "Lanewise", "", "of", "Lanewise", "lowest to"));
    out.println(
        line(
            "op",
            "W",
            "B",
            "T",
            "",
            "samples/s",
            "GFLOP/s",
            "peak",
            "samples/s",
            "GFLOP/s",
            "peak",
            "/ peer",
            "highest fork"));
    for (Row row : results.rows()) {
      out.println(row.failure() == null ? timed(row) : failed(row));
    }
    out.flush();
  }

  private void header(PrintWriter out) {
    out.println("Lanewise beside its peers: the same work, the same loss, timed in turn");
    out.println();
    out.println("Machine   " + Machine.processor());
    out.println("JVM       " + Machine.jvm());
    out.println("Flags     " + String.join(" ", Fork.flags(results.points())));
    out.println("Lanewise  " + results.backend());
    out.println(
        String.format(
            Locale.ROOT,
            "Peak      %.1f GFLOP/s for one thread, the most that a fork measured",
            results.peak()));
    results
        .versions()
        .forEach((peer, version) -> out.println("Peer      " + peer + ": " + version));
  }

  private String timed(Row row) {
    return line(
        row.point.op(),
        row.point.shape(),
        row.point.batch(),
        row.threads,
        row.peer,
        rate(row.theirs()),
        String.format(Locale.ROOT, "%.2f", gflops(row, row.theirs())),
        percent(row, row.theirPartOfPeak()),
        rate(row.ours()),
        String.format(Locale.ROOT, "%.2f", gflops(row, row.ours())),
        percent(row, row.ourPartOfPeak()),
        String.format(Locale.ROOT, "%.2f", row.ratio()),
        String.format(Locale.ROOT, "%.2f to %.2f", row.lowestFork(), row.highestFork()));
  }

  private static String failed(Row row) {
    return line(
        row.point.op(),
        row.point.shape(),
        row.point.batch(),
        row.threads,
        row.peer,
        "FAILED",
        "",
        "",
        "",
        "",
        "",
        "",
        "");
  }

  private static double gflops(Row row, double samplesPerSecond) {
    return row.flopPerSample() * samplesPerSecond * 1e-9;
  }

  /** Of the peak that the same virtual machines measured when they started. */
  private String percent(Row row, double ofPeak) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * ofPeak / row.threads);
  }

  private static String rate(double samplesPerSecond) {
    return String.format(Locale.ROOT, samplesPerSecond < 1000 ? "%.1f" : "%.0f", samplesPerSecond);
  }

  /** Returns one line for each row there is so far. */
  byte[] csv() {
    StringBuilder lines = new StringBuilder(CSV + "\n");
    results.rows().forEach(row -> lines.append(csv(row)).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String csv(Row row) {
    String key =
        String.format(
            Locale.ROOT,
            "%s,%s,%s,%s,%d,%d,%d",
            row.peer,
            results.versions().getOrDefault(row.peer, ""),
            row.point.op(),
            row.point.allWidths(),
            row.point.batch(),
            row.threads,
            row.forks());
    if (row.failure() != null) {
      return key + ",,,,,,,,," + row.failure().replace(',', ';');
    }
    return key
        + String.format(
            Locale.ROOT,
            ",%.6g,%.5g,%.6g,%.5g,%.4g,%.4g,%.4g,%.5g,",
            row.theirs(),
            gflops(row, row.theirs()),
            row.ours(),
            gflops(row, row.ours()),
            row.ratio(),
            row.lowestFork(),
            row.highestFork(),
            results.peak());
  }

  private static String line(Object... columns) {
    return String.format(
            Locale.ROOT, "%-7s %-14s %3s %1s %-15s %9s %8s %4s %9s %8s %4s %9s  %s", columns)
        .stripTrailing();
  }
}
