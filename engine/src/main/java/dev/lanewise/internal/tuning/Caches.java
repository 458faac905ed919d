package dev.lanewise.internal.tuning;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The caches for data of one core, as the operating system describes them: sizes of blocks follow
 * from these. No result depends on them.
 *
 * @param l1 bytes of the first one
 * @param l1Ways how many lines of it share a set
 * @param l2 bytes of the second one
 * @param l2Ways how many lines of it share a set
 * @param l3 bytes of the third one, which cores share; 0 where there is none
 */
public record Caches(int l1, int l1Ways, int l2, int l2Ways, int l3) {
  /** The smallest of those that processors of the last ten years have. */
  static final Caches DEFAULT = new Caches(32 << 10, 8, 256 << 10, 8, 2 << 20);

  /** Where Linux describes those of the first processor, one directory each. */
  private static final Path LINUX = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** Reads them; where the operating system does not tell, they have the default's sizes. */
  public static Caches read() {
    return read(LINUX);
  }

  /** Reads what a directory in the manner of Linux says; what it does not say is the default's. */
  static Caches read(Path directory) {
    int[] sizes = {0, DEFAULT.l1, DEFAULT.l2, 0};
    int[] ways = {0, DEFAULT.l1Ways, DEFAULT.l2Ways, 0};
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(directory, "index*")) {
      for (Path cache : caches) {
        int level = Integer.parseInt(line(cache, "level"));
        if (level <= 3 && !line(cache, "type").equals("Instruction")) {
          sizes[level] = bytes(line(cache, "size"));
          // Zero says that any line may go to any place.
          ways[level] = Math.max(2, Integer.parseInt(line(cache, "ways_of_associativity")));
        }
      }
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return DEFAULT;
    }
    return new Caches(sizes[1], ways[1], sizes[2], ways[2], sizes[3]);
  }

  private static String line(Path cache, String name) throws IOException {
    return Files.readString(cache.resolve(name)).strip();
  }

  /** Reads a size such as {@code 48K}. */
  private static int bytes(String text) {
    int last = text.length() - 1;
    return switch (text.charAt(last)) {
      case 'K' -> Math.multiplyExact(Integer.parseInt(text.substring(0, last)), 1 << 10);
      case 'M' -> Math.multiplyExact(Integer.parseInt(text.substring(0, last)), 1 << 20);
      default -> Integer.parseInt(text);
    };
  }

  /**
   * Says them in one line.
   *
   * @return for example {@code L1 32 KB (8 ways), L2 512 KB (8 ways), L3 32768 KB}
   */
  @Override
  public String toString() {
    return "L1 "
        + (l1 >> 10)
        + " KB ("
        + l1Ways
        + " ways), L2 "
        + (l2 >> 10)
        + " KB ("
        + l2Ways
        + " ways)"
        + (l3 == 0 ? "" : ", L3 " + (l3 >> 10) + " KB");
  }
}
