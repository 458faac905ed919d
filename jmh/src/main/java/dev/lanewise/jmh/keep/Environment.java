package dev.lanewise.jmh.keep;

import dev.lanewise.BackendInfo;
import dev.lanewise.jmh.result.Measurement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where results come from. */
final class Environment {
  private Environment() {}

  /** Returns what is known, by names. */
  static Map<String, String> of(List<Measurement> measurements, String commit) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("commit", commit);
    all.put("processor", cpu());
    all.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    all.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"));
    all.put(
        "load when kept",
        String.format(
            Locale.ROOT,
            "%.2f",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    all.put("backend when kept", BackendInfo.current().toString());
    Map<String, TreeSet<String>> said = new LinkedHashMap<>();
    for (Measurement m : measurements) {
      m.environment()
          .forEach((name, value) -> said.computeIfAbsent(name, key -> new TreeSet<>()).add(value));
    }
    said.forEach((name, values) -> all.put(name, String.join(" | ", values)));
    return all;
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Returns the commit of the sources around the working directory, and whether they differ. */
  static String commit() throws InterruptedException {
    String commit = git("rev-parse", "HEAD");
    if (commit.isEmpty()) {
      return "unknown";
    }
    return git("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? commit
        : commit + ", with changes";
  }

  private static String git(String... args) throws InterruptedException {
    List<String> command = Stream.concat(Stream.of("git"), Stream.of(args)).toList();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text;
      try (var out = process.getInputStream()) {
        text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
      return process.waitFor() == 0 ? text : "";
    } catch (IOException e) {
      return "";
    }
  }
}
