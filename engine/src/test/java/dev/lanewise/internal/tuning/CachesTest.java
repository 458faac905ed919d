package dev.lanewise.internal.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caches are as the operating system describes them, or as usual. */
class CachesTest {
  @TempDir Path directory;

  private void cache(int index, String level, String type, String size, String ways)
      throws IOException {
    Path cache = Files.createDirectory(directory.resolve("index" + index));
    Files.writeString(cache.resolve("level"), level + "\n");
    Files.writeString(cache.resolve("type"), type + "\n");
    Files.writeString(cache.resolve("size"), size + "\n");
    Files.writeString(cache.resolve("ways_of_associativity"), ways + "\n");
  }

  @Test
  void whatLinuxSays() throws IOException {
    cache(0, "1", "Data", "48K", "12");
    cache(1, "1", "Instruction", "32K", "8");
    cache(2, "2", "Unified", "2048K", "16");
    cache(3, "3", "Unified", "105M", "15");
    Caches caches = Caches.read(directory);
    assertEquals(new Caches(48 << 10, 12, 2 << 20, 16, 105 << 20), caches);
    assertEquals("L1 48 KB (12 ways), L2 2048 KB (16 ways), L3 107520 KB", caches.toString());
  }

  @Test
  void withoutAThirdOne() throws IOException {
    cache(0, "1", "Data", "32K", "8");
    cache(1, "2", "Unified", "256K", "4");
    assertEquals(new Caches(32 << 10, 8, 256 << 10, 4, 0), Caches.read(directory));
  }

  @Test
  void theDefaultWhereNothingIsSaid() {
    assertEquals(Caches.DEFAULT, Caches.read(directory.resolve("none")));
  }

  @Test
  void theDefaultWhereWhatIsSaidMakesNoSense() throws IOException {
    cache(0, "1", "Data", "unknown", "8");
    assertEquals(Caches.DEFAULT, Caches.read(directory));
  }

  @Test
  void thoseOfThisMachineAreNotEmpty() {
    Caches caches = Caches.read();
    assertTrue(caches.l1() > 0 && caches.l2() >= caches.l1(), caches::toString);
  }
}
