package dev.lanewise.jmh.run;

import java.io.PrintStream;
import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/** A line for each benchmark: GFLOP/s, percent of what one core reaches, time of a call. */
final class QuickTable {
  private QuickTable() {}

  static void print(Outcome outcome, PrintStream out) {
    ListStatistics peaks = new ListStatistics();
    out.println(line("benchmark", "GFLOP/s", "of peak", "time of a call"));
    for (RunResult result : outcome.results()) {
      double gflops = score(result, "gflop");
      double percent = score(result, "percentOfPeak");
      if (percent > 0) {
        peaks.addValue(100 * gflops / percent);
      }
      out.println(
          line(
              shortened(Trials.name(result.getParams())),
              gflops > 0 ? String.format(Locale.ROOT, "%.1f", gflops) : "",
              percent > 0 ? String.format(Locale.ROOT, "%.0f %%", percent) : "",
              time(result)));
    }
    outcome
        .failures()
        .keySet()
        .forEach(name -> out.println(line(shortened(name), "failed", "", "")));
    if (peaks.getN() > 0) {
      out.printf(
          Locale.ROOT,
          "%nThe peak of one core, measured in the same virtual machines, is %.1f GFLOP/s (median)."
              + " One fork each: look at the order of magnitude, and use -f 5 for more.%n",
          peaks.getPercentile(50));
    }
  }

  private static String line(String name, String gflops, String percent, String time) {
    return String.format(Locale.ROOT, "%-44s %9s %8s  %s", name, gflops, percent, time)
        .stripTrailing();
  }

  private static String shortened(String name) {
    return name.replace("Benchmark.", ".").replace(" threads=1", "").replace(" -bm sample", "");
  }

  private static double score(RunResult result, String name) {
    Result<?> metric = result.getSecondaryResults().get(name);
    return metric == null ? Double.NaN : metric.getScore();
  }

  private static String time(RunResult result) {
    Result<?> primary = result.getPrimaryResult();
    if (result.getParams().getMode() == Mode.SampleTime) {
      Statistics times = primary.getStatistics();
      return String.format(
          Locale.ROOT,
          "p50 %.2f, p99 %.2f %s",
          times.getPercentile(50),
          times.getPercentile(99),
          primary.getScoreUnit().replace("/op", ""));
    }
    return primary.getScoreUnit().equals("ops/s")
        ? String.format(Locale.ROOT, "%.2f us", 1e6 / primary.getScore())
        : String.format(Locale.ROOT, "%.4g %s", primary.getScore(), primary.getScoreUnit());
  }
}
