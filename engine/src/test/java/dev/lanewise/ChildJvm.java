package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A run of a test program on another virtual machine of the same kind. */
final class ChildJvm {
  static final List<String> VECTOR_MODULE = List.of("--add-modules", "jdk.incubator.vector");

  private static final int SECONDS = 150;

  private final int exit;
  private final List<String> lines;

  private ChildJvm(int exit, List<String> lines) {
    this.exit = exit;
    this.lines = lines;
  }

  /** Runs {@link TrainingRun}. */
  static ChildJvm train(String how, List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TrainingRun.class.getName(), how));
    Path output = Files.createTempFile("lanewise", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      List<String> lines = Files.readAllLines(output, Charset.defaultCharset());
      assertTrue(ended, () -> "no end after " + SECONDS + " s: " + command + lines);
      return new ChildJvm(process.exitValue(), lines);
    } finally {
      Files.delete(output);
    }
  }

  int exit() {
    return exit;
  }

  /** The lines of its output that contain a text. */
  List<String> linesWith(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public String toString() {
    return "exit " + exit + "\n" + String.join("\n", lines);
  }
}
