package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands run with what {@code benchmarks.jar} is put together from. */
class BenchmarksJarTest {
  private static final Pattern INCLUDE = Pattern.compile("<include>(.*):(.*)</include>");

  @TempDir private Path directory;

  /** Returns the class path of the tests without what the jar has not. */
  private static String classPath() throws IOException {
    List<String> included =
        INCLUDE
            .matcher(Files.readString(Path.of("src/main/assembly/benchmarks.xml")))
            .results()
            .map(BenchmarksJarTest::path)
            .toList();
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(
            entry ->
                !entry.endsWith(".jar") || included.stream().anyMatch(unixPath(entry)::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String unixPath(String entry) {
    return entry.replace(File.separatorChar, '/');
  }

  /** Returns where a repository has an artifact, or all those of a group; ours lie elsewhere. */
  private static String path(MatchResult include) {
    if (include.group(1).equals("dev.lanewise")) {
      return "/lanewise-";
    }
    String group = "/" + include.group(1).replace('.', '/') + "/";
    return include.group(2).equals("*") ? group : group + include.group(2) + "/";
  }

  private String output(String... words) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules=jdk.incubator.vector",
                    "-Djava.awt.headless=true",
                    "-cp",
                    classPath(),
                    "dev.lanewise.jmh.start.Start"),
                Stream.of(words))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text;
  }

  @Test
  void hasWhatTheCommandsNeed() throws Exception {
    assertTrue(output("-l").contains("dev.lanewise.jmh.GemmBenchmark.gemm\n"));
    assertTrue(output("--help").contains("\n  quick "));
  }

  @Test
  void hasWhatDrawsCharts() throws Exception {
    Path result = directory.resolve("recorded.json");
    try (InputStream in = getClass().getResourceAsStream("recorded.json")) {
      Files.copy(in, result);
    }
    output("figures", result.toString(), "-o", directory.toString());
    assertTrue(Files.exists(directory.resolve("forward.svg")));
  }
}
