package dev.lanewise.jmh.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagSetTest {
  @Test
  void aLineIsASetAndBracketsBeginAGroup() {
    List<FlagSet> sets =
        FlagSet.parse(List.of("# why", "", "-Xalone", "[pages]", " -XX:+A  -XX:-B ", "-Dc=1"));
    assertEquals(
        List.of(
            new FlagSet("-Xalone", List.of("-Xalone")),
            new FlagSet("pages", List.of("-XX:+A", "-XX:-B")),
            new FlagSet("pages", List.of("-Dc=1"))),
        sets);
    assertEquals("-XX:+A -XX:-B", sets.get(1).toString());
  }

  @Test
  void whatDoesNotBeginWithAHyphenIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FlagSet.parse(List.of("-XX:+A XX:+B")));
    assertTrue(e.getMessage().contains("'XX:+B'"), e.getMessage());
  }

  @Test
  void theCacheTakesTheFilesName() {
    FlagSet set = FlagSet.of("start", "-XX:AOTCache=${aot} -XX:AOTMode=on");
    assertTrue(set.needsCache());
    assertEquals("-XX:AOTCache=a.aot -XX:AOTMode=on", set.withCache("a.aot").toString());
  }

  @Test
  void theListHasEachSetOnceAndWhatTheReadmeNames() {
    List<FlagSet> known = FlagSet.known();
    assertEquals(known.size(), new HashSet<>(known).size());
    String all = known.toString();
    for (String flag :
        List.of(
            "MaxVectorSize",
            "UseAVX",
            "ObjectAlignmentInBytes",
            "UseParallelGC",
            "UseTransparentHugePages",
            "AlwaysPreTouch",
            "LoopUnrollLimit",
            "LoopStripMiningIter",
            "-UseSuperWord",
            "TieredCompilation",
            "MaxInlineSize",
            "AOTCache",
            "-Dlanewise.vectorBits")) {
      assertTrue(all.contains(flag), flag);
    }
  }

  @Test
  void aFlagThatTheVirtualMachineDoesNotKnowIsObjectedTo() throws Exception {
    String reason = Jvm.objection(FlagSet.of("", "-XX:NoSuchFlag=1")).orElseThrow();
    assertTrue(reason.contains("NoSuchFlag"), reason);
    assertTrue(Jvm.objection(FlagSet.of("", "-XX:+UseSerialGC")).isEmpty());
    assertTrue(Jvm.objection(FlagSet.DEFAULT).isEmpty());
  }

  @Test
  void aFlagThatTheVirtualMachineWouldChangeIsObjectedTo() throws Exception {
    FlagSet old =
        FlagSet.of("", "-XX:+UseSerialGC -XX:+UseTransparentHugePages -XX:MaxPermSize=9m");
    assertTrue(Jvm.objection(old).isPresent());
  }
}
