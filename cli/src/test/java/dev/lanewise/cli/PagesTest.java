package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.BackendInfo;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** README and the pages of docs hold: their Java compiles and runs, so do their commands. */
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** What a snippet that is no whole program finds: imports, and objects it speaks of. */
  private static final String AROUND_A_SNIPPET =
      """
      import dev.lanewise.*;
      import dev.lanewise.data.*;
      import dev.lanewise.io.*;
      import dev.lanewise.kernel.*;
      import dev.lanewise.metric.*;
      import dev.lanewise.model.*;

      Network network =
          Network.builder(2).layer(4, Activation.RELU).layer(2, Activation.SOFTMAX).build();
      Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f));
      TrainingLoop loop = new TrainingLoop(trainer, Spirals.draw(40, 1)).epochs(2);

      void main() throws Exception {
      %s}
      """;

  @TempDir private Path directory;

  @Test
  void javaCompilesAndRuns() throws Exception {
    List<String> programs = new ArrayList<>();
    for (Path page : pages()) {
      for (String snippet : blocks(page, "java")) {
        String name = page.toString().replaceAll("\\W", "_") + programs.size();
        boolean whole = snippet.contains("void main(");
        Path source = directory.resolve(name + ".java");
        Files.writeString(source, whole ? snippet : AROUND_A_SNIPPET.formatted(snippet));
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
      Files.copy(ROOT.resolve("docs/data").resolve(table), tables.resolve(table));
    }
    Set<String> commands = new LinkedHashSet<>();
    for (Path page : pages()) {
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

  @Test
  void optionsExist() throws Exception {
    Set<String> known = options(Main.commandLine(), new TreeSet<>());
    for (String page : List.of("docs/command-line.md", "docs/files.md")) {
      Matcher matcher = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+").matcher(text(Path.of(page)));
      while (matcher.find()) {
        assertTrue(known.contains(matcher.group()), page + ": " + matcher.group());
      }
    }
  }

  @Test
  void everySizeThatCanBeTunedIsListed() throws Exception {
    String tuning = text(Path.of("docs/tuning.md"));
    for (String property : BackendInfo.current().tuned().keySet()) {
      assertTrue(tuning.contains(property.replace("lanewise.", "")), property);
    }
  }

  @Test
  void theVersionIsThatOfTheBuild() throws Exception {
    Matcher version = Pattern.compile("<version>(.+?)</version>").matcher(text(Path.of("pom.xml")));
    assertTrue(version.find());
    assertTrue(text(Path.of("README.md")).contains(version.group()), version.group());
    assertTrue(text(Path.of("CHANGELOG.md")).contains("[" + version.group(1) + "]"));
  }

  @Test
  void linksLeadSomewhere() throws Exception {
    Pattern links =
        Pattern.compile(
            "(?:\\]\\(|^\\[\\w+]: )(?!https?:)([^)#\\n]*)(?:#([^)\\n]+))?", Pattern.MULTILINE);
    for (Path page : pages()) {
      Matcher link = links.matcher(text(page));
      while (link.find()) {
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        assertTrue(Files.exists(ROOT.resolve(target)), page + ": " + link.group());
        assertTrue(
            link.group(2) == null || anchors(text(target)).contains(link.group(2)),
            page + ": " + link.group());
      }
    }
  }

  @Test
  void theClassesNamedExist() throws Exception {
    Set<String> known = new TreeSet<>();
    for (String module : List.of("engine", "cli", "jmh")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files.forEach(file -> known.add(file.getFileName().toString()));
      }
    }
    for (String page : List.of("CONTRIBUTING.md", "docs/how-it-works.md")) {
      Matcher name = Pattern.compile("`[^`\\s]*?(\\w+\\.java)`").matcher(text(Path.of(page)));
      while (name.find()) {
        assertTrue(known.contains(name.group(1)), page + ": " + name.group());
      }
    }
  }

  @Test
  void theFirstPageIsShort() throws Exception {
    assertTrue(text(Path.of("README.md")).lines().count() <= 200);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      Stream<Path> others =
          Stream.of("README.md", "engine/README.md", "CONTRIBUTING.md", "CHANGELOG.md")
              .map(ROOT::resolve);
      return Stream.concat(others, docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .map(ROOT::relativize)
          .toList();
    }
  }

  private static String text(Path page) throws IOException {
    return Files.readString(ROOT.resolve(page));
  }

  /** Returns the blocks between fences of this language. */
  private static List<String> blocks(Path page, String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(text(page))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** Returns what follows the word lanewise in indented lines, and in those after a prompt. */
  private static List<String> commands(Path page) throws IOException {
    return Pattern.compile("^(?:    |\\$ )(?:\\S+/)?lanewise ([^#\n]*)", Pattern.MULTILINE)
        .matcher(text(page).replaceAll("\\\\\n *", ""))
        .results()
        .map(command -> command.group(1))
        .toList();
  }

  private static Set<String> anchors(String page) {
    return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
        .matcher(page)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static Set<String> options(CommandLine command, Set<String> names) {
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    command.getSubcommands().values().forEach(subcommand -> options(subcommand, names));
    return names;
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
