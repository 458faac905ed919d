package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training gives the same bits on every virtual machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BitsAcrossJvmsTest {
  private static final String VECTOR = "-Dlanewise.backend=vector";
  private static final String SCALAR = "-Dlanewise.backend=scalar";
  private static final String ADVICE =
      "the module jdk.incubator.vector is missing; start java with --add-modules"
          + " jdk.incubator.vector";

  private List<String> reference;

  private static ChildJvm run(String how, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(ChildJvm.VECTOR_MODULE);
    all.addAll(Arrays.asList(options));
    return ChildJvm.train(how, all);
  }

  @BeforeAll
  void runTheReference() throws Exception {
    ChildJvm jvm = run("full", SCALAR);
    assertEquals(0, jvm.exit(), jvm::toString);
    assertEquals(1, jvm.linesWith("ran on scalar, ").size(), jvm::toString);
    reference = jvm.linesWith("bits of ");
    assertEquals(11, reference.size(), jvm::toString);
    assertEquals(11, reference.stream().distinct().count());
  }

  private void hasTheBits(ChildJvm jvm, String ranOn) {
    assertEquals(0, jvm.exit(), jvm::toString);
    assertEquals(1, jvm.linesWith("ran on " + ranOn).size(), jvm::toString);
    List<String> bits = jvm.linesWith("bits of ");
    assertNotEquals(0, bits.size(), jvm::toString);
    assertEquals(reference.subList(0, bits.size()), bits, jvm::toString);
  }

  @ParameterizedTest
  @CsvSource({"16, 128", "32, 256", "64, 512"})
  void atEveryVectorWidth(int bytes, int bits) throws Exception {
    String property = "-Dlanewise.vectorBits=" + bits;
    ChildJvm jvm = run("full", VECTOR, "-XX:MaxVectorSize=" + bytes, property);
    hasTheBits(jvm, "vector, " + bits + " bits");
  }

  @Test
  void withVectorsWiderThanTheMachines() throws Exception {
    ChildJvm jvm = run("small", VECTOR, "-XX:MaxVectorSize=16", "-Dlanewise.vectorBits=512");
    hasTheBits(jvm, "vector, 512 bits");
  }

  /**
   * As on AArch64 without SVE, where a masked store is no instruction: HotSpot has no UseSVE here.
   */
  @Test
  void whereNoPartOfAVectorIsStored() throws Exception {
    hasTheBits(run("full", VECTOR, "-XX:MaxVectorSize=16", "-Dos.arch=aarch64"), "vector, 128");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseCompactObjectHeaders", "-XX:-UseCompressedClassPointers"})
  void whereverTheNumbersOfAnArrayStart(String option) throws Exception {
    hasTheBits(run("full", VECTOR, "-XX:+IgnoreUnrecognizedVMOptions", option), "vector, ");
  }

  @Test
  void withoutAFusedMultiplyAddTheScalarBackendRunsAndSaysSoOnce() throws Exception {
    ChildJvm jvm = run("full", "-XX:-UseFMA");
    hasTheBits(jvm, "scalar, no fma");
    List<String> warnings = jvm.linesWith("has no fused multiply-add");
    assertEquals(1, warnings.size(), jvm::toString);
    assertTrue(warnings.get(0).contains("Lanewise runs on its scalar backend"), jvm::toString);
  }

  @Test
  void withoutAFusedMultiplyAddAskingForVectorsFailsWithTheSameWords() throws Exception {
    ChildJvm jvm = run("small", "-XX:-UseFMA", VECTOR);
    assertEquals(1, jvm.exit(), jvm::toString);
    assertEquals(1, jvm.linesWith("remove -XX:-UseFMA").size(), jvm::toString);
    assertEquals(1, jvm.linesWith("IllegalStateException").size(), jvm::toString);
    assertEquals(0, jvm.linesWith("bits of ").size(), jvm::toString);
  }

  /** Values that split what the defaults do not, and leave whole what they split. */
  @ParameterizedTest
  @CsvSource({
    "tileVectors=1, blockDepth=7, updateRows=5, fetchFrom=1, fetchBlock=100, packFrom=1000,"
        + " panelDepth=1, panelColumns=1",
    "tileVectors=2, blockDepth=1, updateRows=1000, fetchFrom=2147483647, fetchBlock=1, packFrom=1,"
        + " panelDepth=7, panelColumns=40",
    "tileVectors=4, blockDepth=1000, updateRows=1, fetchFrom=50, fetchBlock=2147483647, packFrom=8,"
        + " panelDepth=16384, panelColumns=100"
  })
  void howeverItIsTuned(ArgumentsAccessor sizes) throws Exception {
    List<String> given = new ArrayList<>(List.of("shareFrom=1", "spins=0"));
    sizes.toList().forEach(one -> given.add((String) one));
    List<String> options = new ArrayList<>(List.of(VECTOR, "-Dlanewise.threads=3"));
    given.forEach(one -> options.add("-Dlanewise." + one));
    ChildJvm jvm = run("full", options.toArray(String[]::new));
    hasTheBits(jvm, "vector");
    for (String one : given) {
      assertEquals(1, jvm.linesWith("tuned lanewise." + one).size(), jvm::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"vector, 2", "vector, 3", "vector, 7", "vector, 16", "scalar, 3"})
  void onAnyNumberOfThreads(String backend, int threads) throws Exception {
    String property = "-Dlanewise.threads=" + threads;
    // Below the defaults, so that these small networks share their work at all.
    ChildJvm jvm =
        run("full", "-Dlanewise.backend=" + backend, property, "-Dlanewise.shareFrom=500000");
    hasTheBits(jvm, backend);
    assertEquals(1, jvm.linesWith(" " + threads + " threads").size(), jvm::toString);
    List<String> workers = jvm.linesWith("worked: lanewise-worker-");
    assertEquals(threads - 1, workers.size(), jvm::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-XX:TieredStopAtLevel=1",
        "-XX:CompilationMode=quick-only",
        "-XX:-Inline",
        "-XX:+UnlockExperimentalVMOptions -XX:-EnableVectorSupport"
      })
  void whereNothingCompilesToVectors(String options) throws Exception {
    hasTheBits(run("small", options.split(" ")), "scalar, ");
    List<String> vector = new ArrayList<>(List.of(options.split(" ")));
    vector.add(VECTOR);
    hasTheBits(run("small", vector.toArray(String[]::new)), "vector, ");
  }

  @Test
  void whereExperimentalOptionsAreUnlockedVectorsAreTakenAllTheSame() throws Exception {
    hasTheBits(run("small", "-XX:+UnlockExperimentalVMOptions"), "vector, ");
  }

  /** As a runtime image of few modules. */
  @Test
  void withoutTheManagementModules() throws Exception {
    String modules = "--limit-modules=java.base,java.logging,jdk.incubator.vector";
    hasTheBits(run("small", modules), "vector, ");
    hasTheBits(run("small", modules, "-Xint"), "scalar, ");
    hasTheBits(run("small", modules, "-XX:CompilationMode=quick-only"), "scalar, ");
  }

  @ParameterizedTest
  @CsvSource({"vector", "scalar", "auto"})
  void hotAsCold(String backend) throws Exception {
    hasTheBits(run("hot", "-Dlanewise.backend=" + backend), backend);
  }

  @Test
  void withoutTheVectorModuleTheScalarBackendRunsAndSaysSoOnce() throws Exception {
    ChildJvm jvm = ChildJvm.train("small", List.of());
    hasTheBits(jvm, "scalar, ");
    List<String> warnings = jvm.linesWith(ADVICE);
    assertEquals(1, warnings.size(), jvm::toString);
    assertTrue(warnings.get(0).contains("Lanewise runs on its scalar backend"), jvm::toString);
  }

  @Test
  void withoutTheVectorModuleAskingForVectorsFailsWithTheSameWords() throws Exception {
    ChildJvm jvm = ChildJvm.train("small", List.of(VECTOR));
    assertEquals(1, jvm.exit(), jvm::toString);
    assertEquals(1, jvm.linesWith(ADVICE).size(), jvm::toString);
    assertEquals(1, jvm.linesWith("IllegalStateException").size(), jvm::toString);
    assertEquals(0, jvm.linesWith("bits of ").size(), jvm::toString);
  }

  @Test
  void askingForTheScalarBackendWarnsOfNothing() throws Exception {
    ChildJvm jvm = ChildJvm.train("small", List.of(SCALAR));
    hasTheBits(jvm, "scalar, ");
    assertEquals(0, jvm.linesWith("WARNING").size(), jvm::toString);
  }
}
