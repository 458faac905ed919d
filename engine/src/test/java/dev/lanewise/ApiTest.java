package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the module exports is what {@code api.txt} says: each public type with its public and
 * protected members, as {@code javap} prints them, sorted. Who changes it on purpose writes the
 * file anew with {@code -Dapi.record=true} and says so in CHANGELOG.md.
 */
class ApiTest {
  private static final Path RECORDED = Path.of("src", "test", "resources", "api.txt");

  private static Path classes() throws Exception {
    return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<String> exportedPackages(Path classes) throws IOException {
    try (var in = Files.newInputStream(classes.resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).exports().stream()
          .filter(exports -> !exports.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .sorted()
          .toList();
    }
  }

  private static List<String> api(Path classes) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String exported : exportedPackages(classes)) {
      Path folder = classes.resolve(exported.replace('.', '/'));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
          lines.addAll(signatures(file));
        }
      }
    }
    return lines;
  }

  /** The type's own line, then its members; nothing of a type that nobody else sees. */
  private static List<String> signatures(Path file) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int exit = ToolProvider.findFirst("javap").orElseThrow().run(out, out, "-protected", file + "");
    assertEquals(0, exit, text::toString);
    List<String> lines =
        text.toString().lines().filter(line -> !line.startsWith("Compiled from")).toList();
    String type = lines.getFirst().replaceFirst(" \\{$", "");
    if (!type.startsWith("public ")) {
      return List.of();
    }
    List<String> members = lines.subList(1, lines.size() - 1).stream().sorted().toList();
    return Stream.concat(Stream.of(type), members.stream()).toList();
  }

  @Test
  void nothingIsExportedThatIsNotRecordedAndNothingRecordedIsMissing() throws Exception {
    String api = String.join("\n", api(classes())) + "\n";
    if (Boolean.getBoolean("api.record")) {
      Files.writeString(RECORDED, api);
    }
    assertEquals(Files.readString(RECORDED), api);
  }
}
