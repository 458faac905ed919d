package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.BackendInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** README and the other pages speak of what there is: options, sizes, files, classes, arrows. */
class PagesTest {
  @Test
  void optionsExist() throws Exception {
    Set<String> known = options(Main.commandLine(), new TreeSet<>());
    for (String page : List.of("docs/command-line.md", "docs/files.md")) {
      Matcher matcher =
          Pattern.compile("(?<![\\w-])--[a-z][a-z-]+").matcher(Pages.text(Path.of(page)));
      while (matcher.find()) {
        assertTrue(known.contains(matcher.group()), page + ": " + matcher.group());
      }
    }
  }

  @Test
  void everySizeThatCanBeTunedIsListed() throws Exception {
    String tuning = Pages.text(Path.of("docs/tuning.md"));
    for (String property : BackendInfo.current().tuned().keySet()) {
      assertTrue(tuning.contains(property.replace("lanewise.", "")), property);
    }
  }

  @Test
  void theFirstPageIsShortAndNamesTheVersion() throws Exception {
    Matcher version =
        Pattern.compile("<version>(.+?)</version>").matcher(Pages.text(Path.of("pom.xml")));
    assertTrue(version.find());
    String first = Pages.text(Path.of("README.md"));
    assertTrue(first.contains(version.group()), version.group());
    assertTrue(first.lines().count() <= 200, "README.md is to fit on two screens");
    assertTrue(Pages.text(Path.of("CHANGELOG.md")).contains("[" + version.group(1) + "]"));
  }

  @Test
  void linksLeadSomewhere() throws Exception {
    Pattern links =
        Pattern.compile(
            "(?:\\]\\(|^\\[\\w+]: )(?!https?:)([^)#\\n]*)(?:#([^)\\n]+))?", Pattern.MULTILINE);
    for (Path page : Pages.all()) {
      Matcher link = links.matcher(Pages.text(page));
      while (link.find()) {
        Path target =
            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        assertTrue(Files.exists(Pages.ROOT.resolve(target)), page + ": " + link.group());
        assertTrue(
            link.group(2) == null || anchors(Pages.text(target)).contains(link.group(2)),
            page + ": " + link.group());
      }
    }
  }

  @Test
  void theClassesNamedExist() throws Exception {
    Set<String> known = sources().keySet();
    for (String page : List.of("CONTRIBUTING.md", "docs/how-it-works.md")) {
      Matcher name =
          Pattern.compile("`[^`\\s]*?([\\w-]+)\\.java`").matcher(Pages.text(Path.of(page)));
      while (name.find()) {
        assertTrue(known.contains(name.group(1)), page + ": " + name.group());
      }
    }
  }

  @Test
  void theDrawingsArrowsAreThoseOfTheCode() throws Exception {
    Map<String, Path> sources = sources();
    String drawing = Pages.blocks(Path.of("docs/how-it-works.md"), "mermaid").get(0);
    int arrows = 0;
    for (String line : drawing.replaceAll("-- \"[^\"]*\" -->", "-->").lines().toList()) {
      String[] classes = line.strip().split(" *--> *", -1);
      for (int i = 1; i < classes.length; i++) {
        if (sources.containsKey(classes[i - 1]) && sources.containsKey(classes[i])) {
          assertTrue(names(sources.get(classes[i - 1]), classes[i]), line);
          assertFalse(names(sources.get(classes[i]), classes[i - 1]), "and back: " + line);
          arrows++;
        }
      }
    }
    assertTrue(arrows >= 12, arrows + " arrows");
  }

  /** Tells whether a class names another one, by what is in its class file. */
  private static boolean names(Path source, String name) throws IOException {
    String file = source.toString().replaceAll(".*[/\\\\]java[/\\\\](.*)java", "$1class");
    try (InputStream in = PagesTest.class.getResourceAsStream("/" + file.replace('\\', '/'))) {
      String constants = new String(in.readAllBytes(), ISO_8859_1);
      return Pattern.compile("/" + name + "(?![\\w$])").matcher(constants).find();
    }
  }

  /** Returns the files of all classes by their names. */
  private static Map<String, Path> sources() throws IOException {
    Map<String, Path> sources = new TreeMap<>();
    for (String module : List.of("cli", "jmh", "engine")) {
      try (Stream<Path> files = Files.walk(Pages.ROOT.resolve(module).resolve("src"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), file));
      }
    }
    return sources;
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
}
