package dev.lanewise.jmh.run;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * What came of benchmarks.
 *
 * @param results those of which every iteration of every fork is there
 * @param failures why the others have no result, by their names, as {@link Trials#name} says them
 */
public record Outcome(List<RunResult> results, Map<String, String> failures) {
  /** Copies both. */
  public Outcome {
    results = List.copyOf(results);
    failures = new LinkedHashMap<>(failures);
  }

  /** Adds what ran later. */
  public Outcome and(Outcome other) {
    List<RunResult> all = new ArrayList<>(results);
    all.addAll(other.results);
    Map<String, String> failed = new LinkedHashMap<>(failures);
    failed.putAll(other.failures);
    return new Outcome(all, failed);
  }

  /** Returns the results as JMH would write them. */
  public byte[] written(ResultFormatType type) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(type, out).writeOut(new ArrayList<>(results));
    }
    return bytes.toByteArray();
  }
}
