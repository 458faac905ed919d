package dev.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** README and the other pages that people read, by their paths from the project's root. */
final class Pages {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Pages() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      Stream<Path> others =
          Stream.of("README.md", "engine/README.md", "CONTRIBUTING.md", "CHANGELOG.md")
              .map(ROOT::resolve);
      return Stream.concat(others, docs.filter(page -> page.toString().endsWith(".md")).sorted())
          .map(ROOT::relativize)
          .toList();
    }
  }

  static String text(Path page) throws IOException {
    return Files.readString(ROOT.resolve(page));
  }

  /** Returns the blocks between fences of this language. */
  static List<String> blocks(Path page, String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(text(page))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
