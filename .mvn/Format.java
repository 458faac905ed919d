import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Runs google-java-format over the Java sources of a folder, what a build made left out: {@code
 * java -cp google-java-format.jar Format.java check|apply FOLDER}. It runs on the JDK that the
 * build compiles with, for Maven's own may be too old to parse the language of that release.
 */
final class Format {
  public static void main(String[] args) throws IOException {
    boolean apply =
        switch (args[0]) {
          case "apply" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("check or apply, but not " + args[0]);
        };
    List<String> command = new ArrayList<>();
    if (apply) {
      command.add("--replace");
    } else {
      command.add("--dry-run");
      command.add("--set-exit-if-changed");
    }
    try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
      files.filter(Format::isSource).sorted().forEach(file -> command.add(file.toString()));
    }
    PrintWriter out = new PrintWriter(System.out, true);
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    if (formatter.run(out, new PrintWriter(System.err, true), command.toArray(new String[0]))
        != 0) {
      System.err.println("These are not formatted: mvn process-sources -Dformat=apply mends them.");
      System.exit(1);
    }
  }

  private static boolean isSource(Path file) {
    Path target = Path.of("target");
    return file.toString().endsWith(".java")
        && Stream.iterate(file, f -> f != null, Path::getParent)
            .noneMatch(f -> target.equals(f.getFileName()));
  }
}
