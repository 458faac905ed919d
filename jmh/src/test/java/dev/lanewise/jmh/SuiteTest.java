package dev.lanewise.jmh;

import static dev.lanewise.jmh.Typed.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.jmh.result.JmhJson;
import dev.lanewise.jmh.result.Measurement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {
  /**
   * Interpreted kernels make objects of vectors: each iteration is a value, and none is a figure.
   */
  private static final String NO_VECTORS =
      "-XX:CompileCommand=exclude,dev.lanewise.internal.vector.*::*";

  @TempDir private Path directory;

  private static Typed run(Object... args) {
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-f", "1", "-wi", "1", "-w", "200ms", "-i", "2", "-r", "300ms"));
    return type(all.toArray());
  }

  @Test
  void aTrialThatFailedIsInNoTableAndNoFileAndTheExitCodeSaysIt() throws IOException {
    Path file = directory.resolve("result.json");
    Typed typed =
        run("ActivationBenchmark.gelu$", "-jvmArgsAppend", NO_VECTORS, "-rf", "json", "-rff", file);
    assertEquals(1, typed.code(), typed.err());
    List<Measurement> measurements = JmhJson.read(file, new ArrayList<>());
    assertEquals(1, measurements.size());
    assertEquals("scalar", measurements.get(0).param("backend"));
    assertEquals(2, measurements.get(0).primary().forks().get(0).length);
    String table = typed.out().substring(typed.out().indexOf("Mode  Cnt"));
    assertTrue(table.contains("scalar  thrpt"), table);
    assertFalse(table.contains("vector"), table);
    assertTrue(
        typed
            .err()
            .startsWith("lanewise-jmh: failed: ActivationBenchmark.gelu backend=vector: Illegal"),
        typed.err());
    assertTrue(typed.err().contains("the compiler was not done"), typed.err());
    assertEquals(1, typed.err().lines().count(), typed.err());
  }

  @Test
  void whereEveryTrialFailedNothingIsWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("result.json"), "[]");
    Typed typed =
        run(
            "quick",
            "Gemm",
            "-p",
            "backend=vector",
            "-jvmArgsAppend",
            "-Dlanewise.vectorBits=7",
            "-rff",
            file,
            "-rf",
            "json");
    assertEquals(1, typed.code(), typed.err());
    assertEquals("[]", Files.readString(file));
    assertTrue(typed.out().contains("No result, so " + file + " is left as it was"), typed.out());
    assertTrue(typed.err().contains("lanewise.vectorBits"), typed.err());
    assertTrue(typed.out().matches("(?s).*\nGemm.gemm backend=vector n=256 +failed\n.*"));
  }

  @Test
  void quickEndsInATableOfGflopsAndPercentOfPeak() {
    Typed typed = run("quick", "Forward", "-p", "backend=scalar", "-p", "width=16");
    assertEquals(0, typed.code(), typed.err());
    String table = typed.out().substring(typed.out().indexOf("# Lanewise: all results"));
    assertTrue(table.matches("(?s).*\nbenchmark +GFLOP/s +of peak +time of a call\n.*"), table);
    assertTrue(
        table.matches(
            "(?s).*\nForward.predict backend=scalar batch=32 width=16 +[0-9.]+ +\\d+ % +[0-9.]+"
                + " us\n.*"),
        table);
    assertTrue(table.contains("The peak of one core"), table);
    assertFalse(typed.out().contains("REMEMBER"), "JMH's own table");
  }

  @Test
  void whatIsMisspeltIsRefusedInOneLineBeforeAnythingRuns() {
    for (Map.Entry<String, String> typed :
        Map.ofEntries(
                Map.entry("fll", "'fll' is no command and no benchmark; did you mean full?"),
                Map.entry("swep", "did you mean sweep?"),
                Map.entry("Fowrard", "like 'Fowrard'; did you mean Forward?"),
                Map.entry("Gemm Fowrard", "did you mean Forward?"),
                Map.entry("Gemm -e Latencyy", "did you mean Latency?"),
                Map.entry("Gemm -e gemm", "none of the benchmarks is chosen"),
                Map.entry("[", "'[' is no regular expression"),
                Map.entry(
                    "TrainStep -p widht=64", "[backend, batch, threads, width]; did you mean"),
                Map.entry("TrainStep -pwidht=64", "did you mean width?"),
                Map.entry("Gemm -p width=64", "[backend, n]"),
                Map.entry("Gemm -p n=6x4", "such as the benchmark's own [64, 256, 512, 1024]"),
                Map.entry("Gemm -p n=0", "whole numbers above 0"),
                Map.entry("Gemm -p n=", "-p n=: expected whole numbers"),
                Map.entry("Gemm -p n=64,64", "64 is there twice"),
                Map.entry("Gemm -p backend=vectr", "[scalar, vector]; did you mean vector?"),
                Map.entry("FmaPeak -p backend=vector", "no parameters"),
                Map.entry("quick -p witdh=64", "did you mean width?"),
                Map.entry("quick Activation", "none of the benchmarks is chosen"),
                Map.entry("Gemm -froks 3", "(-h lists JMH's options)"),
                Map.entry("Gemm -jvmArg x", "jvmArg"),
                Map.entry("Gemm -bm fast", "Unable to parse benchmark mode: \"fast\""),
                Map.entry("Gemm -rf xml", "XML is none of [TEXT, CSV, SCSV, JSON, LATEX]"),
                Map.entry("tune --minuts 3", "lanewise-jmh tune: Unknown options: '--minuts'"),
                Map.entry("tune -p widht=3", "did you mean width?"),
                Map.entry("sweep Gemm -p backend=vecotr", "did you mean vector?"))
            .entrySet()) {
      Typed result = type((Object[]) typed.getKey().split(" ", -1));
      assertEquals(2, result.code(), typed.getKey() + result.err());
      assertEquals(1, result.err().lines().count(), result.err());
      assertTrue(result.err().startsWith("lanewise-jmh"), result.err());
      assertTrue(result.err().contains(typed.getValue()), result.err());
      assertEquals("", result.out());
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedBeforeAnythingRuns() {
    for (String file : List.of(directory.toString(), directory.resolve("none/r.json").toString())) {
      Typed typed = run("Gemm", "-rf", "json", "-rff", file);
      assertEquals(2, typed.code(), typed.err());
      assertTrue(typed.err().startsWith("lanewise-jmh: " + file), typed.err());
    }
    Path both = directory.resolve("both");
    Typed typed = run("Gemm", "-rf", "json", "-rff", both, "-o", both);
    assertEquals(2, typed.code(), typed.err());
    assertTrue(typed.err().contains("name another file"), typed.err());
  }

  @Test
  void theCommandsAreListedInAboutTenLinesAndEachHasHelp() {
    for (Typed list : List.of(type(), type("--help"))) {
      assertEquals(0, list.code());
      assertTrue(list.out().lines().count() <= 14, list.out());
      for (String command :
          List.of(
              "quick", "full", "warm-up", "robustness", "threads", "sweep", "tune", "figures")) {
        assertTrue(list.out().contains("\n  " + command + " "), list.out());
        Typed help = type(command, "--help");
        assertEquals(0, help.code(), command);
        assertTrue(help.out().contains("Usage: lanewise-jmh " + command), help.out());
      }
    }
    assertTrue(type("-l").out().contains("dev.lanewise.jmh.GemmBenchmark.gemm\n"));
    assertTrue(type("-h").out().contains("-wi <int>"));
  }

  /** What another user's file is to the system, a directory is here. */
  @Test
  void aLockThatCannotBeTakenIsToldInOneLineWithTheCure() throws Exception {
    Path lock = Files.createDirectory(directory.resolve("jmh.lock"));
    List<String> command =
        Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lanewise.jmh.start.Start",
                "Level1Benchmark.dot",
                "-p",
                "n=1024")
            .toList();
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = err.lines().filter(line -> !line.startsWith("WARNING")).toList();
    assertEquals(1, process.waitFor(), err);
    assertEquals(1, lines.size(), err);
    assertTrue(lines.get(0).startsWith("lanewise-jmh: " + lock), err);
    assertTrue(lines.get(0).contains("LANEWISE_JAVA_OPTS=-Djava.io.tmpdir=DIR"), err);
    assertTrue(lines.get(0).contains("-Djmh.ignoreLock=true"), err);
  }
}
