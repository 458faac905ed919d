package dev.lanewise.jmh.sweep;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
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

  /** Trains a network of one number: the engine looks at all its properties. */
  public static void main(String[] arguments) {
    Network network = Network.builder(1).dense(1, Activation.IDENTITY).build();
    try (Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(1f))) {
      trainer.step(new float[1], new float[1]);
    } catch (IllegalArgumentException | ExceptionInInitializerError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      System.out.println(cause.getMessage());
      System.exit(1);
    }
  }

  /**
   * Returns why it does not run with a set of flags, if so: an option that it does not know, or one
   * that it would change and only warn of; or a property that the engine refuses.
   */
  static Optional<String> objection(FlagSet flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(flags.options());
    command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    command.add(Jvm.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text;
    try (var out = process.getInputStream()) {
      text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    int status = process.waitFor();
    List<String> lines =
        text.lines()
            .filter(line -> !line.isBlank() && !line.contains("incubator modules"))
            .toList();
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
