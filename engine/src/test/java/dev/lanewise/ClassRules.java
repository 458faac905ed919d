package dev.lanewise;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules that our class files keep: each method returns how a class breaks one. */
final class ClassRules {
  /** From here on HotSpot does not compile a method. */
  static final int HUGE_METHOD = 8000;

  /** From here on HotSpot does not inline a method, and a vector that it returns is boxed. */
  static final int NOT_INLINED = 325;

  private static final String ROOT = "dev.lanewise";
  private static final Map<String, String> MADE_BY =
      Map.of(
          "dev.lanewise.NetworkBuilder", "dev.lanewise.Network",
          "dev.lanewise.model.Schedules", "dev.lanewise.model.Schedule");
  private static final String VECTOR_PACKAGE = "jdk.incubator.vector";
  private static final Set<String> VECTOR_PACKAGES =
      Set.of("internal.simd", "internal.gemm", "internal.vector", "internal.machine");
  private static final String VECTOR_DOOR = "dev.lanewise.Backend$VectorMachine";

  /** The packages that the root package may not use; it may use all others. */
  private static final Set<String> ABOVE_ROOT = Set.of("dev.lanewise.loop");

  /** Which packages of ours each one may use. */
  private static final Map<String, Set<String>> USES =
      Map.ofEntries(
          Map.entry("model", Set.of("internal.random")),
          Map.entry("kernel", Set.of("model")),
          Map.entry("internal.checked", Set.of("kernel", "model")),
          Map.entry("metric", Set.of()),
          Map.entry(
              "data",
              Set.of(
                  "kernel",
                  "io",
                  "internal.array",
                  "internal.file",
                  "internal.random",
                  "internal.tuning")),
          Map.entry("io", Set.of("internal.text", "internal.file")),
          Map.entry("internal.format", Set.of("model", "io", "internal.file")),
          Map.entry(
              "loop",
              Set.of(
                  ROOT,
                  "data",
                  "io",
                  "kernel",
                  "metric",
                  "model",
                  "internal.file",
                  "internal.format",
                  "internal.random",
                  "internal.text",
                  "internal.train")),
          Map.entry("internal.backend", Set.of("internal.tuning")),
          Map.entry("internal.warmup", Set.of("kernel", "internal.tuning")),
          Map.entry("internal.jvm", Set.of()),
          Map.entry("internal.random", Set.of()),
          Map.entry(
              "internal.scalar", Set.of("kernel", "model", "internal.jvm", "internal.tuning")),
          Map.entry("internal.tuning", Set.of()),
          Map.entry("internal.simd", Set.of("internal.jvm", "internal.scalar", "internal.tuning")),
          Map.entry("internal.gemm", Set.of("internal.scalar", "internal.simd", "internal.tuning")),
          Map.entry(
              "internal.vector",
              Set.of(
                  "kernel",
                  "model",
                  "internal.scalar",
                  "internal.simd",
                  "internal.gemm",
                  "internal.tuning")),
          Map.entry("internal.machine", Set.of("kernel", "internal.simd")),
          Map.entry("internal.parallel", Set.of("internal.tuning")),
          Map.entry("internal.array", Set.of()),
          Map.entry("internal.file", Set.of()),
          Map.entry("internal.text", Set.of()),
          Map.entry(
              "internal.train",
              Set.of(
                  "model",
                  "kernel",
                  "internal.jvm",
                  "internal.parallel",
                  "internal.random",
                  "internal.scalar",
                  "internal.tuning",
                  "internal.warmup")));

  private static final Pattern CLASS_IN_DESCRIPTOR = Pattern.compile("L([^;<]+)[;<]");

  private ClassRules() {}

  static List<String> forbiddenImports(ClassModel model) {
    List<String> broken = new ArrayList<>();
    String own = packageOf(name(model));
    boolean root = own.equals(ROOT);
    Set<String> allowed = root ? Set.of() : USES.get(own.substring(ROOT.length() + 1));
    if (allowed == null) {
      broken.add(own + " is a package without a rule");
      return broken;
    }
    for (String used : usedClasses(model)) {
      String other = packageOf(used);
      boolean ours = other.equals(ROOT) || other.startsWith(ROOT + ".");
      boolean fine =
          other.equals(own)
              || (root && !ABOVE_ROOT.contains(other))
              || allowed.contains(other)
              || allowed.stream().anyMatch(a -> other.equals(ROOT + "." + a));
      if (ours && !fine) {
        broken.add(name(model) + " uses " + used);
      }
    }
    return broken;
  }

  /**
   * Returns the circles between classes: groups of which each uses each other, if only by way of
   * others. A nested class counts as its outer one. A sealed parent may know its children, and what
   * has methods that make others may know these: a network its builder, schedules their kinds.
   */
  static List<String> circles(List<ClassModel> models) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (ClassModel model : models) {
      String own = outer(name(model));
      for (String used : usedClasses(model)) {
        uses.computeIfAbsent(own, _ -> new TreeSet<>()).add(outer(used));
      }
    }
    uses.values().forEach(used -> used.retainAll(uses.keySet()));
    for (ClassModel model : models) {
      String parent = outer(name(model));
      for (String child : permitted(model)) {
        uses.get(parent).remove(outer(child));
      }
    }
    MADE_BY.forEach((made, maker) -> uses.getOrDefault(made, new TreeSet<>()).remove(maker));
    Set<String> broken = new TreeSet<>();
    for (String own : uses.keySet()) {
      Set<String> group = new TreeSet<>();
      for (String other : reachable(uses, own)) {
        if (!other.equals(own) && reachable(uses, other).contains(own)) {
          group.add(other);
        }
      }
      if (!group.isEmpty()) {
        group.add(own);
        broken.add(String.join(" <-> ", group));
      }
    }
    return List.copyOf(broken);
  }

  private static Set<String> reachable(Map<String, Set<String>> uses, String from) {
    Set<String> seen = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(uses.get(from));
    while (!next.isEmpty()) {
      String one = next.pop();
      if (seen.add(one)) {
        next.addAll(uses.get(one));
      }
    }
    return seen;
  }

  private static List<String> permitted(ClassModel model) {
    return model.findAttribute(Attributes.permittedSubclasses()).stream()
        .flatMap(children -> children.permittedSubclasses().stream())
        .map(child -> child.asInternalName().replace('/', '.'))
        .toList();
  }

  private static String outer(String className) {
    int nested = className.indexOf('$');
    return nested < 0 ? className : className.substring(0, nested);
  }

  static List<String> vectorsElsewhere(ClassModel model) {
    String own = packageOf(name(model));
    boolean allowed =
        name(model).equals(VECTOR_DOOR)
            || VECTOR_PACKAGES.stream().anyMatch(p -> own.equals(ROOT + "." + p));
    List<String> broken = new ArrayList<>();
    for (String used : usedClasses(model)) {
      if (!allowed && used.startsWith(VECTOR_PACKAGE + ".")) {
        broken.add(name(model) + " uses " + used);
      }
    }
    return broken;
  }

  static List<String> vectorFields(ClassModel model) {
    List<String> broken = new ArrayList<>();
    for (FieldModel field : model.fields()) {
      String type = field.fieldType().stringValue();
      String signature =
          field
              .findAttribute(Attributes.signature())
              .map(SignatureAttribute::signature)
              .map(s -> s.stringValue())
              .orElse(type);
      Set<String> vectors = new TreeSet<>(classesIn(signature));
      vectors.removeIf(name -> !name.startsWith(VECTOR_PACKAGE + "."));
      vectors.remove(VECTOR_PACKAGE + ".VectorSpecies");
      vectors.remove(VECTOR_PACKAGE + ".VectorShuffle");
      vectors.remove(VECTOR_PACKAGE + ".VectorMask");
      boolean constant =
          field.flags().has(AccessFlag.STATIC) && field.flags().has(AccessFlag.FINAL);
      boolean ofVectors = signature.contains(VECTOR_PACKAGE.replace('.', '/'));
      if (!vectors.isEmpty() || (ofVectors && (!constant || type.startsWith("[")))) {
        broken.add(name(model) + " has a field " + field.fieldName().stringValue() + " of " + type);
      }
    }
    return broken;
  }

  static List<String> speciesParameters(ClassModel model) {
    List<String> broken = new ArrayList<>();
    for (MethodModel method : model.methods()) {
      for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
        if (parameter.descriptorString().contains("VectorSpecies")) {
          broken.add(name(method, model) + " takes a species");
        }
      }
    }
    return broken;
  }

  static List<String> largeMethods(ClassModel model) {
    List<String> broken = new ArrayList<>();
    for (MethodModel method : model.methods()) {
      int length = method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
      int limit = returnsVector(method) ? NOT_INLINED : HUGE_METHOD;
      if (length >= limit) {
        broken.add(name(method, model) + " has " + length + " bytecodes, " + limit + " or more");
      }
    }
    return broken;
  }

  static boolean returnsVector(MethodModel method) {
    String type = method.methodTypeSymbol().returnType().descriptorString();
    return type.contains(VECTOR_PACKAGE.replace('.', '/')) && type.endsWith("Vector;");
  }

  static String name(ClassModel model) {
    return model.thisClass().asInternalName().replace('/', '.');
  }

  private static String name(MethodModel method, ClassModel model) {
    return name(model) + "." + method.methodName().stringValue();
  }

  private static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  private static Set<String> usedClasses(ClassModel model) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry used) {
        String internal = used.asInternalName();
        names.addAll(
            internal.startsWith("[") ? classesIn(internal) : Set.of(internal.replace('/', '.')));
      } else if (entry instanceof NameAndTypeEntry member) {
        names.addAll(classesIn(member.type().stringValue()));
      }
    }
    for (FieldModel field : model.fields()) {
      names.addAll(classesIn(field.fieldType().stringValue()));
    }
    for (MethodModel method : model.methods()) {
      names.addAll(classesIn(method.methodType().stringValue()));
    }
    return names;
  }

  private static Set<String> classesIn(String descriptor) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = CLASS_IN_DESCRIPTOR.matcher(descriptor);
    while (matcher.find()) {
      names.add(matcher.group(1).replace('/', '.'));
    }
    return names;
  }
}
