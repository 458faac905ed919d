package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of README and the other pages compiles and runs, and so do their commands. */
class SnippetsTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** What a snippet that is no whole program finds: imports, and objects it speaks of. */
  private static final String BEFORE_A_SNIPPET =
      """
      import dev.lanewise.*;
      import dev.lanewise.data.*;
      import dev.lanewise.io.*;
      import dev.lanewise.kernel.*;
      import dev.lanewise.loop.*;
      import dev.lanewise.metric.*;
      import dev.lanewise.model.*;

      Network network =
          Network.builder(2).dense(4, Activation.RELU).dense(2, Activation.SOFTMAX).build();
      Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f));
      TrainingLoop loop = new TrainingLoop(trainer, Dataset.spirals(40, 1)).epochs(2);

      void main() throws Exception {
      """;

  @TempDir private Path directory;

  @Test
  void javaCompilesAndRuns() throws Exception {
    List<String> programs = new ArrayList<>();
    for (Path page : Pages.all()) {
      for (String snippet : Pages.blocks(page, "java")) {
        String name = page.toString().replaceAll("\\W", "_") + programs.size();
        boolean whole = snippet.contains("void main(");
        Path source = directory.resolve(name + ".java");
        Files.writeString(source, whole ? snippet : BEFORE_A_SNIPPET + snippet + "}");
        programs.add(name);
      }
    }
    assertTrue(programs.size() >= 4, programs::toString);
    compile(programs.stream().map(name -> directory.resolve(name + ".java").toString()));
    for (String program : programs) {
      run(Stream.of(program));
    }
  }

  @Test
  void commandsRun() throws Exception {
    Path tables = Files.createDirectories(directory.resolve("docs/data"));
    for (String table : List.of("iris.csv", "wheat-seeds.csv")) {
      Files.copy(Pages.ROOT.resolve("docs/data").resolve(table), tables.resolve(table));
    }
    Set<String> commands = new LinkedHashSet<>();
    for (Path page : Pages.all()) {
      commands.addAll(commands(page));
    }
    assertTrue(commands.size() >= 10, commands::toString);
    run(Stream.concat(Stream.of(Commands.class.getName()), commands.stream()));
    assertTrue(Files.size(directory.resolve("iris.html")) > 0);
  }

  /** Runs commands in the directory where it is started, until one fails. */
  static final class Commands {
    private Commands() {}

    public static void main(String[] commands) {
      for (String command : commands) {
        Typed typed = Typed.type(command.split(" +"));
        boolean withoutItsFile = typed.code() == 2 && typed.err().get(0).endsWith(": no such file");
        assertTrue(typed.code() == 0 || withoutItsFile, () -> command + ": " + typed);
      }
    }
  }

  /** Returns what follows the word lanewise in indented lines, and in those after a prompt. */
  private static List<String> commands(Path page) throws IOException {
    return Pattern.compile("^(?:    |\\$ )(?:\\S+/)?lanewise ([^#\n]*)", Pattern.MULTILINE)
        .matcher(Pages.text(page).replaceAll("\\\\\n *", ""))
        .results()
        .map(command -> command.group(1))
        .toList();
  }

  private void compile(Stream<String> sources) {
    Stream<String> options = Stream.of("-d", "" + directory, "-cp", CLASS_PATH, "-proc:none");
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, Stream.concat(options, sources).toArray(String[]::new));
    assertEquals(0, code, () -> errors.toString(UTF_8));
  }

  /** Starts a program in the directory, on a virtual machine that is soon there. */
  private void run(Stream<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-cp"));
    command.add(directory + File.pathSeparator + CLASS_PATH);
    words.forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
  }
}
