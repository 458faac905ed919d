package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between our packages and classes go one way. */
class StructureTest {
  private static final String ROOT = "dev/lanewise/cli/";

  /** Which packages each one may use; the root package may use them all. */
  private static final Map<String, Set<String>> USES =
      Map.of(
          "article", Set.of("option", "text"),
          "doctor", Set.of("text"),
          "run", Set.of("option", "model", "report", "data", "text"),
          "option", Set.of("model", "report", "data", "text"),
          "report", Set.of("text"),
          "model", Set.of("data", "text"),
          "data", Set.of("text"),
          "text", Set.of());

  private static final Pattern OURS = Pattern.compile(ROOT + "([\\w/]+)");

  /** Each class of the top level, without our prefix, with those that it uses. */
  private static Map<String, Set<String>> uses() throws IOException, URISyntaxException {
    Path root = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, Set<String>> uses = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root.resolve(ROOT))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        ClassModel model = ClassFile.of().parse(file);
        String own = topLevel(model.thisClass().asInternalName());
        uses.computeIfAbsent(own, _ -> new TreeSet<>()).addAll(used(model));
      }
    }
    uses.forEach((own, used) -> used.remove(own));
    return uses;
  }

  private static Set<String> used(ClassModel model) {
    Set<String> names = new HashSet<>();
    for (PoolEntry entry : model.constantPool()) {
      String text =
          switch (entry) {
            case ClassEntry used -> used.asInternalName();
            case NameAndTypeEntry member -> member.type().stringValue();
            case Utf8Entry utf8 when utf8.stringValue().startsWith("(") -> utf8.stringValue();
            default -> "";
          };
      Matcher ours = OURS.matcher(text);
      while (ours.find()) {
        names.add(topLevel(ours.group()));
      }
    }
    return names;
  }

  private static String topLevel(String internalName) {
    return internalName.substring(ROOT.length()).replaceAll("\\$.*", "");
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  @Test
  void packagesUseOnlyThoseBelowThem() throws Exception {
    List<String> broken = new ArrayList<>();
    uses()
        .forEach(
            (own, used) -> {
              String from = packageOf(own);
              for (String other : used) {
                String to = packageOf(other);
                if (!from.isEmpty() && !from.equals(to) && !USES.get(from).contains(to)) {
                  broken.add(own + " uses " + other);
                }
              }
            });
    assertEquals(List.of(), broken);
  }

  @Test
  void noClassUsesOneThatUsesIt() throws Exception {
    assertEquals(Set.of(), circles(uses()));
  }

  @Test
  void aCircleIsFound() {
    Map<String, Set<String>> uses =
        Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("b", "d"), "d", Set.of());
    assertEquals(Set.of("b", "c"), circles(uses));
  }

  @Test
  void allClassesAreLookedAt() throws Exception {
    Map<String, Set<String>> uses = uses();
    assertTrue(uses.get("TrainCommand").contains("run/Training"), uses::toString);
    assertTrue(uses.get("option/DataOptions").contains("data/Samples"), uses::toString);
  }

  /** Returns the classes that reach themselves. */
  private static Set<String> circles(Map<String, Set<String>> uses) {
    Set<String> inCircles = new TreeSet<>();
    for (String name : uses.keySet()) {
      Set<String> reached = new HashSet<>();
      List<String> next = new ArrayList<>(uses.get(name));
      while (!next.isEmpty()) {
        String one = next.removeLast();
        if (reached.add(one)) {
          next.addAll(uses.getOrDefault(one, Set.of()));
        }
      }
      if (reached.contains(name)) {
        inCircles.add(name);
      }
    }
    return inCircles;
  }
}
