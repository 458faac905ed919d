package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Our class files keep the rules, and the rules find those that do not. */
class StructureTest {
  private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
  private static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.FloatVector");
  private static final int CONSTANT =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;

  private static List<ClassModel> ourClasses() throws IOException, URISyntaxException {
    Path root = Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<ClassModel> models = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("dev"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        models.add(ClassFile.of().parse(file));
      }
    }
    return models;
  }

  private static void allKeep(Function<ClassModel, List<String>> rule) throws Exception {
    List<String> broken = new ArrayList<>();
    for (ClassModel model : ourClasses()) {
      broken.addAll(rule.apply(model));
    }
    assertEquals(List.of(), broken);
  }

  /** A rule is broken once by a class, and not at all by another. */
  private static void finds(
      Function<ClassModel, List<String>> rule, ClassModel bad, ClassModel good) {
    assertEquals(1, rule.apply(bad).size(), () -> String.valueOf(rule.apply(bad)));
    assertEquals(List.of(), rule.apply(good));
  }

  private static ClassModel made(String name, Consumer<ClassBuilder> content) {
    return ClassFile.of().parse(ClassFile.of().build(ClassDesc.of(name), content));
  }

  private static ClassModel withField(String name, String type, int flags) {
    return made(name, c -> c.withField("field", ClassDesc.of(type), flags));
  }

  private static ClassModel withMethod(ClassDesc result, int length, ClassDesc... parameters) {
    return made(
        "dev.lanewise.internal.gemm.Made",
        c ->
            c.withMethodBody(
                "method",
                MethodTypeDesc.of(result, parameters),
                ClassFile.ACC_STATIC,
                code -> {
                  for (int i = 0; i < length - 2; i++) {
                    code.nop();
                  }
                  if (result.equals(ConstantDescs.CD_void)) {
                    code.nop().return_();
                  } else {
                    code.aconst_null().areturn();
                  }
                }));
  }

  /** A call that HotSpot does not inline boxes the vectors that pass through it. */
  @Test
  void noMethodTakesOrReturnsVectors() throws Exception {
    for (ClassModel model : ourClasses()) {
      for (MethodModel method : model.methods()) {
        String type = method.methodType().stringValue();
        assertFalse(
            type.contains("Ljdk/incubator/vector/FloatVector;"),
            () -> ClassRules.name(model) + "." + method.methodName() + type);
      }
    }
  }

  @Test
  void allClassesAreLookedAt() throws Exception {
    List<ClassModel> models = ourClasses();
    List<String> names = models.stream().map(ClassRules::name).toList();
    assertTrue(names.contains("dev.lanewise.internal.vector.VectorKernels"), names::toString);
    assertTrue(names.contains("dev.lanewise.NetworkBuilder"), names::toString);
  }

  @Test
  void packagesUseOnlyThoseBelowThem() throws Exception {
    allKeep(ClassRules::forbiddenImports);
    String network = "dev.lanewise.Network";
    String kernels = "dev.lanewise.kernel.Kernels";
    finds(
        ClassRules::forbiddenImports,
        withField("dev.lanewise.internal.train.Made", network, 0),
        withField("dev.lanewise.internal.train.Made", kernels, 0));
    finds(
        ClassRules::forbiddenImports,
        withField("dev.lanewise.model.Made", kernels, 0),
        withField("dev.lanewise.Made", kernels, 0));
    String loop = "dev.lanewise.loop.TrainingLoop";
    finds(
        ClassRules::forbiddenImports,
        withField("dev.lanewise.Made", loop, 0),
        withField("dev.lanewise.loop.Made", network, 0));
    finds(
        ClassRules::forbiddenImports,
        withField("dev.lanewise.newcomer.Made", "java.lang.String", 0),
        withField("dev.lanewise.model.Made", "java.lang.String", 0));
  }

  @Test
  void thereIsNoCircleBetweenClasses() throws Exception {
    assertEquals(List.of(), ClassRules.circles(ourClasses()));
    ClassModel one = withField("dev.lanewise.One", "dev.lanewise.Two$Part", 0);
    ClassModel two = withField("dev.lanewise.Two", "dev.lanewise.Three", 0);
    ClassModel three = withField("dev.lanewise.Three$Part", "dev.lanewise.One", 0);
    ClassModel four = withField("dev.lanewise.Four", "dev.lanewise.One", 0);
    assertEquals(
        List.of("dev.lanewise.One <-> dev.lanewise.Three <-> dev.lanewise.Two"),
        ClassRules.circles(List.of(one, two, three, four)));
    assertEquals(List.of(), ClassRules.circles(List.of(one, two, four)));
  }

  @Test
  void onlyTheVectorPackagesTouchTheVectorApi() throws Exception {
    allKeep(ClassRules::vectorsElsewhere);
    String vector = "jdk.incubator.vector.FloatVector";
    finds(
        ClassRules::vectorsElsewhere,
        withField("dev.lanewise.internal.train.Made", vector, 0),
        withField("dev.lanewise.internal.simd.Made", vector, 0));
  }

  @Test
  void vectorsAreNeverInFieldsAndSpeciesAreConstants() throws Exception {
    allKeep(ClassRules::vectorFields);
    String name = "dev.lanewise.internal.simd.Made";
    String species = "jdk.incubator.vector.VectorSpecies";
    ClassModel good = withField(name, species, CONSTANT);
    finds(ClassRules::vectorFields, withField(name, species, ClassFile.ACC_FINAL), good);
    finds(ClassRules::vectorFields, withField(name, species, ClassFile.ACC_STATIC), good);
    String vector = "jdk.incubator.vector.FloatVector";
    finds(ClassRules::vectorFields, withField(name, vector, CONSTANT), good);
    ClassModel array = made(name, c -> c.withField("field", VECTOR.arrayType(), CONSTANT));
    finds(ClassRules::vectorFields, array, good);
    ClassModel speciesArray = made(name, c -> c.withField("field", SPECIES.arrayType(), CONSTANT));
    finds(ClassRules::vectorFields, speciesArray, good);
  }

  @Test
  void noMethodTakesASpecies() throws Exception {
    allKeep(ClassRules::speciesParameters);
    finds(
        ClassRules::speciesParameters,
        withMethod(VECTOR, 2, ConstantDescs.CD_int, SPECIES),
        withMethod(SPECIES, 2, ConstantDescs.CD_int));
  }

  @Test
  void methodsStayBelowTheLimitsOfTheCompiler() throws Exception {
    allKeep(ClassRules::largeMethods);
    finds(
        ClassRules::largeMethods,
        withMethod(VECTOR, ClassRules.NOT_INLINED),
        withMethod(VECTOR, ClassRules.NOT_INLINED - 1));
    finds(
        ClassRules::largeMethods,
        withMethod(ConstantDescs.CD_void, ClassRules.HUGE_METHOD),
        withMethod(ConstantDescs.CD_void, ClassRules.HUGE_METHOD - 1));
  }
}
