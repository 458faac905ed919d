package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher gives to Java. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is for bash")
class LauncherTest {
  @TempDir private Path directory;

  private Path launcher;

  /** A java that tells its arguments and its locale. */
  @BeforeEach
  void install() throws IOException {
    Path dist = Path.of("src/main/dist");
    for (String file : List.of("bin/lanewise", "lib/find-java.sh")) {
      Path to = directory.resolve(file);
      Files.createDirectories(to.getParent());
      Files.copy(dist.resolve(file), to);
    }
    launcher = directory.resolve("bin/lanewise");
    Path java = directory.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\nprintf '[%s]\\n' \"$LC_ALL\" \"$@\"\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
  }

  private List<String> launch(int code, Map<String, String> more, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANEWISE_JAVA_HOME", directory.resolve("jdk").toString());
    environment.putAll(more);
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(code, process.waitFor(), lines::toString);
    return lines;
  }

  private List<String> options(String text) throws Exception {
    List<String> lines = launch(0, Map.of("LANEWISE_JAVA_OPTS", text), "train", "a b");
    int last = lines.indexOf("[--module-path]");
    assertEquals(List.of("[train]", "[a b]"), lines.subList(lines.size() - 2, lines.size()));
    return lines.subList(lines.indexOf("[-Djava.awt.headless=true]") + 1, last);
  }

  @Test
  void optionsAreSplitAsAShellWould() throws Exception {
    assertEquals(List.of(), options(""));
    assertEquals(List.of(), options(" \n "));
    assertEquals(List.of("[-Xmx1g]", "[-Dx=y]"), options(" -Xmx1g\t-Dx=y\n"));
    assertEquals(List.of("[-Da=b c]", "[-Xmx1g]"), options("-Da=\"b c\" -Xmx1g"));
    assertEquals(List.of("[-Da=b c]"), options("'-Da=b c'"));
    assertEquals(List.of("[-Da=b c]", "[]"), options("-Da=b\\ c ''"));
    assertEquals(List.of("[a\"b\\c]", "[it's]"), options("\"a\\\"b\\c\" \"it's\""));
  }

  @Test
  void nothingInOptionsIsExpandedOrRun() throws Exception {
    assertEquals(
        List.of("[$HOME]", "[`id`]", "[$(id)]", "[*]", "[;]", "[&&]"),
        options("$HOME `id` $(id) * ; &&"));
  }

  @Test
  void aQuoteThatIsNotClosedIsToldInOneLine() throws Exception {
    assertEquals(
        List.of("lanewise: LANEWISE_JAVA_OPTS opens a ' that nothing closes."),
        launch(2, Map.of("LANEWISE_JAVA_OPTS", "-Da='b c"), "train"));
  }

  @Test
  void fileNamesAreUtf8WhereTheLocaleHasAsciiOnly() throws Exception {
    String letters = "n=$'\\xc3\\xa4'; echo ${#n}";
    Process bash = new ProcessBuilder("env", "LC_ALL=C.UTF-8", "bash", "-c", letters).start();
    assumeTrue(
        new String(bash.getInputStream().readAllBytes(), UTF_8).strip().equals("1"),
        "no locale C.UTF-8");

    assertEquals("[C.UTF-8]", launch(0, Map.of()).get(0));
    assertEquals("[C.UTF-8]", launch(0, Map.of("LC_ALL", "C")).get(0));
    assertEquals("[C.UTF-8]", launch(0, Map.of("LANG", "POSIX")).get(0));
    assertEquals("[]", launch(0, Map.of("LANG", "C.UTF-8")).get(0));
  }
}
