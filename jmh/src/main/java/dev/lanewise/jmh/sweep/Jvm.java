package dev.lanewise.jmh.sweep;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The virtual machine that runs this, started again. */
final class Jvm {
  private Jvm() {}

  /**
   * Returns why it does not run with a set of flags, if so: an option that it does not know, or one
   * that it would change and only warn of.
   */
  static Optional<String> objection(FlagSet flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(flags.options());
    command.add("-version");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text;
    try (var out = process.getInputStream()) {
      text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    int status = process.waitFor();
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    Optional<String> warning =
        lines.stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).contains("warning"))
            .map(line -> line.replaceFirst("^.*?[Ww]arning:? *", ""))
            .findFirst();
    if (status == 0) {
      return warning;
    }
    return Optional.of(lines.isEmpty() ? "status " + status : lines.get(0));
  }
}
