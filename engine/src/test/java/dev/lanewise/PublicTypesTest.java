package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the module shows: whoever adds a public type has to mean it. */
class PublicTypesTest {
  private static final int MOST = 59;

  private static Path root() throws URISyntaxException {
    return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static ModuleDescriptor module() throws IOException, URISyntaxException {
    try (InputStream in = Files.newInputStream(root().resolve("module-info.class"))) {
      return ModuleDescriptor.read(in);
    }
  }

  private static Set<String> publicTypes() throws IOException, URISyntaxException {
    Set<String> types = new TreeSet<>();
    for (ModuleDescriptor.Exports exported : module().exports()) {
      try (Stream<Path> files = Files.list(root().resolve(exported.source().replace('.', '/')))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          ClassModel type = ClassFile.of().parse(file);
          String name = ClassRules.name(type);
          boolean top = name.indexOf('$') < 0 && !name.endsWith("package-info");
          if (top && type.flags().has(AccessFlag.PUBLIC)) {
            types.add(name);
          }
        }
      }
    }
    return types;
  }

  @Test
  void noPackageIsExportedToAModuleByName() throws Exception {
    List<String> qualified =
        module().exports().stream()
            .filter(ModuleDescriptor.Exports::isQualified)
            .map(ModuleDescriptor.Exports::source)
            .toList();
    assertEquals(List.of(), qualified);
  }

  @Test
  void noInternalPackageIsExported() throws Exception {
    List<String> internal =
        module().exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .filter(name -> name.contains(".internal"))
            .toList();
    assertEquals(List.of(), internal);
  }

  @Test
  void publicTypesAreFew() throws Exception {
    Set<String> types = publicTypes();
    assertTrue(types.contains("dev.lanewise.kernel.Kernels"), types::toString);
    assertTrue(types.size() <= MOST, () -> types.size() + ": " + types);
  }
}
