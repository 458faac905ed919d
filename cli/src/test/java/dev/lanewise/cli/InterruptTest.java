package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, and going on as the program says. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
class InterruptTest {
  @TempDir private Path directory;

  @Test
  void whatIsResumedEndsWithTheSameBits() throws Exception {
    for (String data : List.of("trees.csv", "houses.csv")) {
      List<String> options =
          List.of("train", resource(data), "--epochs", "2000", "--threads", "2", "--json");
      Map<String, Object> whole = json(Typed.type(options.toArray(String[]::new)).out());

      Run first = run(options, this::tellsOfEpochs);
      assertEquals(130, first.code, first.err::toString);
      assertTrue((int) json(first.out).get("epochs") < 2000, first.out::toString);
      List<String> command = first.resumeCommand();
      Run second = run(command, this::tellsOfEpochs);
      assertEquals(130, second.code, second.err::toString);
      assertEquals(command, second.resumeCommand());

      Run last = run(command, null);
      assertEquals(0, last.code, last.err::toString);
      Map<String, Object> resumed = json(last.out);
      assertEquals(whole.get("weightsCrc32c"), resumed.get("weightsCrc32c"));
      assertEquals(whole.get("metrics"), resumed.get("metrics"));
    }
  }

  @Test
  void whatIsSaidGoesOnFromTheNewestCheckpoint() throws Exception {
    List<String> options = List.of("train", resource("trees.csv"), "--epochs", "5000");
    Run first = run(options, this::tellsOfEpochs);
    Path kept = directory.resolve("lanewise-run");
    assertEquals("lanewise-run", first.resumeCommand().getLast());
    String old;
    try (Stream<Path> files = Files.list(kept)) {
      old = files.filter(file -> file.toString().contains("step-")).findFirst().get().toString();
    }
    for (List<String> more :
        List.of(List.of("--resume", old), List.of("--resume=" + kept, "--checkpoints", "B"))) {
      List<String> words = new ArrayList<>(options);
      words.addAll(more);
      Run second = run(words, this::tellsOfEpochs);
      assertEquals(130, second.code, second.err::toString);
      List<String> command = second.resumeCommand();
      assertEquals(more.contains("B") ? "B" : "lanewise-run-2", command.getLast());
      assertEquals(1, command.stream().filter(word -> word.startsWith("--resume")).count());
      Run third = run(command, this::tellsOfEpochs);
      assertEquals(130, third.code, third.err::toString);
      assertEquals(command.getLast(), third.resumeCommand().getLast());
    }
  }

  @Test
  void checkpointsOnTheWayAreModels() throws Exception {
    Path kept = directory.resolve("kept");
    String houses = resource("houses.csv");
    Typed typed =
        Typed.type(
            "train",
            houses,
            "--epochs",
            "40",
            "--patience",
            "40",
            "--checkpoints",
            kept.toString(),
            "--every",
            "30",
            "--quiet");
    assertEquals(0, typed.code(), typed.err().toString());
    try (Stream<Path> files = Files.list(kept)) {
      assertEquals(4, files.count());
    }
    Typed best = Typed.type("evaluate", kept.resolve("best.lanewise").toString(), houses, "--json");
    assertEquals(0, best.code(), best.err().toString());
    Map<?, ?> metrics = (Map<?, ?>) json(best.out()).get("metrics");
    assertTrue((double) metrics.get("r2") > 0.5, metrics.toString());

    Typed again = Typed.type("train", houses, "--checkpoints", kept.toString());
    assertEquals(
        List.of(
            "lanewise train: --checkpoints: "
                + kept
                + " holds checkpoints of an earlier run: add --resume "
                + kept
                + " to go on from them, or name another directory"),
        again.err());
    Typed other = Typed.type("train", resource("trees.csv"), "--quiet", "--resume", "" + kept);
    assertEquals(2, other.code());
    assertEquals(1, other.err().size(), other.err().toString());
  }

  @Test
  void interruptedPredictionsLeaveNothing() throws Exception {
    Path model = directory.resolve("model");
    Path rows = directory.resolve("rows.csv");
    Typed.type("train", resource("trees.csv"), "--epochs", "1", "--quiet", "--save", "" + model);
    Files.writeString(rows, "width,height,colour\n" + "10,300,green\n".repeat(1_000_000));

    Run run =
        run(
            List.of("predict", "" + model, "" + rows, "--out", "predicted.csv"),
            // Whether it can be written is tried at first, and leaves it empty.
            () ->
                files().stream()
                    .filter(file -> file.startsWith("predicted.csv"))
                    .anyMatch(file -> directory.resolve(file).toFile().length() > 0));
    assertEquals(130, run.code, run.err::toString);
    assertEquals("stopped; nothing is written to predicted.csv", run.err.getLast());
    assertEquals(List.of("err", "model", "out", "rows.csv"), files());
  }

  /** So nothing is left of it, however the program ends. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theTemporaryFileOfALargeTableHasNoNameWhileItIsWritten() throws Exception {
    Path rows = directory.resolve("rows.csv");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Files.writeString(rows, "a,b,c\n" + "1,2,x\n2,3,y\n".repeat(2_000_000));

    Run run =
        run(
            List.of("train", "" + rows),
            () -> {
              boolean open = childHasOpen(temporary);
              try (Stream<Path> all = Files.list(temporary)) {
                assertTrue(!open || all.findAny().isEmpty());
              }
              return open;
            },
            "-Xmx64m",
            "-Djava.io.tmpdir=" + temporary);
    assertEquals(130, run.code, run.err::toString);
    try (Stream<Path> all = Files.walk(temporary)) {
      assertEquals(List.of(temporary), all.toList());
    }
  }

  @Test
  void aPipeThatIsStillCopiedLeavesNoTemporaryFile() throws Exception {
    Path rows = directory.resolve("rows.csv");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Files.writeString(rows, "a,b,c\n" + "1,2,x\n2,3,y\n".repeat(2_000_000));

    Run run =
        run(
            List.of("train", "-"),
            () -> {
              try (Stream<Path> all = Files.list(temporary)) {
                return all.findAny().isPresent();
              }
            },
            "-Djava.io.tmpdir=" + temporary);
    assertEquals(130, run.code, run.err::toString);
    try (Stream<Path> all = Files.walk(temporary)) {
      assertEquals(List.of(temporary), all.toList());
    }
  }

  private static boolean childHasOpen(Path directory) throws IOException {
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      try (Stream<Path> all = Files.list(Path.of("/proc/" + child.pid() + "/fd"))) {
        for (Path file : all.toList()) {
          if (Files.readSymbolicLink(file).toString().matches(directory + "/.* \\(deleted\\)")) {
            return true;
          }
        }
      } catch (NoSuchFileException e) {
        // It was closed, or the child has ended, since it was listed.
      }
    }
    return false;
  }

  @Test
  void ofSeveralSeedsThoseBeforeAreTold() throws Exception {
    Run run =
        run(
            List.of("train", resource("trees.csv"), "--epochs", "500", "--seeds", "50"),
            () -> lines("out").stream().anyMatch(line -> line.startsWith("seed 1 ")));
    assertEquals(130, run.code, run.err::toString);
    assertTrue(run.err.getLast().matches("stopped at seed \\d+, of which nothing is kept"));
    assertEquals(List.of("err", "out"), files());
  }

  private record Run(int code, List<String> out, List<String> err) {
    /** Returns the words behind {@code lanewise} of the command that is said to go on. */
    List<String> resumeCommand() {
      String line = err.get(err.size() - 1);
      assertTrue(line.startsWith("  lanewise train "), err::toString);
      List<String> words = List.of(line.strip().split(" ", -1));
      return words.subList(1, words.size());
    }
  }

  private interface Moment {
    boolean hasCome() throws IOException;
  }

  private boolean tellsOfEpochs() throws IOException {
    return lines("err").stream().anyMatch(line -> line.startsWith("epoch "));
  }

  /** Runs the command in a JVM of its own, interrupted at a moment; null for never. */
  private Run run(List<String> args, Moment moment, String... jvmOptions) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path") + ":" + System.getProperty("jdk.module.path"),
                Main.class.getName()));
    command.addAll(1, List.of(jvmOptions));
    command.addAll(args);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(
                args.contains("-")
                    ? ProcessBuilder.Redirect.from(directory.resolve("rows.csv").toFile())
                    : ProcessBuilder.Redirect.PIPE)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    while (moment != null && process.isAlive()) {
      if (moment.hasCome()) {
        new ProcessBuilder("kill", "-INT", "" + process.pid()).inheritIO().start().waitFor();
        break;
      }
      Thread.sleep(5);
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Run(process.exitValue(), lines("out"), lines("err"));
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(directory.resolve(name));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Map<String, Object> json(List<String> out) throws IOException {
    return JSON.std.mapFrom(out.get(out.size() - 1));
  }

  private static String resource(String name) throws URISyntaxException {
    return Path.of(InterruptTest.class.getResource(name).toURI()).toString();
  }
}
