package dev.lanewise.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Backend;
import dev.lanewise.BackendInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static final Measures GOOD = new Measures(100, 40, 90, 90_000, 0.05);
  private static final Map<String, String> FLAGS =
      Map.of("UseCompiler", "true", "TieredStopAtLevel", "4", "MaxVectorSize", "64");

  private Set<String> features = Set.of("avx2", "avx512f", "fma");
  private int cores = 4;
  private int processors = 4;
  private String version = "25.0.3";
  private long heap = 4L << 30;
  private Map<String, String> flags = FLAGS;
  private BackendInfo backend = vectors(512, true, 2, Map.of());

  private static BackendInfo vectors(
      int bits, boolean fma, int threads, Map<String, String> properties) {
    return new BackendInfo(
        Backend.VECTOR, BackendInfo.Running.VECTOR, bits, bits / 32, fma, threads, properties);
  }

  private List<String> advice(Measures measures) {
    return Advice.of(
        new Machine(
            "CPU",
            features,
            cores,
            processors,
            Map.of(),
            "Linux",
            "25",
            Runtime.Version.parse(version),
            heap,
            flags,
            backend),
        measures);
  }

  private void assertOnly(String part) {
    assertOnly(part, GOOD);
  }

  private void assertOnly(String part, Measures measures) {
    List<String> advice = advice(measures);
    assertEquals(1, advice.size(), advice::toString);
    assertTrue(advice.get(0).contains(part), advice::toString);
  }

  @Test
  void whatIsAsGoodAsItCanBeNeedsNone() {
    assertEquals(List.of(), advice(GOOD));
    version = "26";
    features = Set.of();
    assertEquals(List.of(), advice(GOOD));
  }

  @Test
  void narrowVectorsAreTracedToWhatMadeThemNarrow() {
    backend = vectors(256, true, 1, Map.of("lanewise.vectorBits", "256"));
    assertOnly(
        "Vectors of 256 bits are used, the processor has 512: remove"
            + " -Dlanewise.vectorBits=256");
    flags = Map.of("UseCompiler", "true", "MaxVectorSize", "32");
    backend = vectors(256, true, 1, Map.of());
    assertOnly("try -XX:UseAVX=3");
    features = Set.of("avx2");
    assertEquals(List.of(), advice(GOOD));
  }

  @Test
  void plainLoopsAreTracedToWhoAskedForThem() {
    backend =
        new BackendInfo(
            Backend.SCALAR,
            BackendInfo.Running.SCALAR,
            32,
            1,
            true,
            1,
            Map.of("lanewise.backend", "scalar"));
    assertOnly("remove -Dlanewise.backend=scalar");
    backend = new BackendInfo(Backend.SCALAR, BackendInfo.Running.SCALAR, 32, 1, true, 1, Map.of());
    flags = Map.of("UseCompiler", "false");
    assertOnly("remove -Xint");
    flags = Map.of("UseCompiler", "true", "TieredStopAtLevel", "1");
    assertOnly("remove -XX:TieredStopAtLevel");
    flags = Map.of();
    assertOnly("This is not HotSpot");
  }

  @Test
  void softwareMultiplyAddsAreSlow() {
    backend =
        new BackendInfo(Backend.SCALAR, BackendInfo.Running.SCALAR, 32, 1, false, 1, Map.of());
    assertOnly("remove -XX:-UseFMA");
  }

  @Test
  void anOldJavaIsNamed() {
    version = "25.0.1";
    assertOnly("Java 25.0.1 is older than 25.0.3");
  }

  @Test
  void threadsAreNoMoreThanProcessors() {
    backend = vectors(512, true, 5, Map.of());
    assertOnly("5 threads are asked for, but there are 4 processors");
    backend = vectors(512, true, 4, Map.of());
    processors = 4;
    cores = 64;
    assertOnly("may use 4 of the machine's 64 processors");
  }

  @Test
  void aSmallHeapIsNamed() {
    heap = 256L << 20;
    assertOnly("Objects may take 256 MB");
  }

  @Test
  void measurementsThatDifferAreNotJudged() {
    assertOnly("Repetitions differed by 50 %", new Measures(100, 40, 30, 90_000, 0.5));
    assertOnly("only 30 % of the peak", new Measures(100, 40, 30, 90_000, 0.05));
    assertEquals(List.of(), advice(new Measures(0, 40, 1, 100, 0.05)));
  }

  @Test
  void processorsAreCountedAndTheFirstDescribed() {
    Map<String, String> values =
        Machine.cpuInfo(
            List.of(
                "processor\t: 0",
                "model name\t: A: fast one",
                "flags\t\t: fma avx2",
                "",
                "processor\t: 1",
                "model name\t: another"));
    assertEquals("A: fast one", values.get("model name"));
    assertEquals("2", values.get("processors"));
    assertEquals("0", Machine.cpuInfo(List.of()).get("processors"));
  }

  @Test
  void processorsOfArmAreNamedByTheirNumbers() {
    Map<String, String> values =
        Machine.cpuInfo(
            List.of(
                "processor\t: 0",
                "Features\t: fp asimd sve",
                "CPU implementer\t: 0x41",
                "CPU part\t: 0xd40"));
    assertEquals("ARM Neoverse-V1", Machine.name(values));
    assertEquals(Set.of("fp", "asimd", "sve"), Machine.features(values));
    values.put("CPU part", "0xfff");
    assertEquals("ARM, implementer and part 0x41 0xfff", Machine.name(values));
    assertEquals("unknown", Machine.name(Map.of()));
  }
}
