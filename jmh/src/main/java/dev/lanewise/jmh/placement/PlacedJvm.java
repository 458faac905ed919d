package dev.lanewise.jmh.placement;

import dev.lanewise.jmh.run.Machine;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A virtual machine that runs {@link PlacedRounds}, seen from outside. */
final class PlacedJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;
  private final double peak;

  /**
   * Starts it, with the options that this one was given.
   *
   * @param flags further options
   * @param room how long the arrays are that products take
   * @param millis how long a slice is, at least
   * @param offsets at which operands begin
   */
  PlacedJvm(List<String> flags, int room, int millis, List<Integer> offsets) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(Machine.flags());
    command.addAll(flags);
    command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    command.add(PlacedRounds.class.getName());
    command.addAll(List.of(String.valueOf(room), String.valueOf(millis)));
    offsets.forEach(offset -> command.add(String.valueOf(offset)));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    peak = answer()[0];
  }

  /** Returns the FMA peak of one core in it, in GFLOP/s. */
  double peak() {
    return peak;
  }

  /** Makes a round of a task and returns GFLOP/s at each of its places. */
  double[] round(Task task) throws IOException {
    questions.println(task.text());
    return answer();
  }

  private double[] answer() throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(PlacedRounds.PREFIX)) {
        String numbers = line.substring(PlacedRounds.PREFIX.length()).trim();
        return Stream.of(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
      }
    }
    throw new IOException("a virtual machine that was started ended; its reason stands above");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
