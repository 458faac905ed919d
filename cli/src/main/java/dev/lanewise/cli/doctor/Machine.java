package dev.lanewise.cli.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.lanewise.BackendInfo;
import dev.lanewise.cli.text.Terminal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operating system and the virtual machine say of themselves.
 *
 * @param cpu its name
 * @param features names of instruction sets as Linux has them, such as {@code avx2}; empty where
 *     that is unknown
 * @param cores how many processors the machine has
 * @param processors how many of them this program may use
 * @param caches sizes by names
 * @param system operating system and architecture
 * @param java version, virtual machine and vendor
 * @param version of Java
 * @param heap the most bytes that objects may take
 * @param flags options of the virtual machine that matter here, by names; without those that it
 *     does not have
 * @param backend what the engine prefers
 */
record Machine(
    String cpu,
    Set<String> features,
    int cores,
    int processors,
    Map<String, String> caches,
    String system,
    String java,
    Runtime.Version version,
    long heap,
    Map<String, String> flags,
    BackendInfo backend) {
  private static final List<String> FLAGS =
      List.of(
          "UseAVX",
          "UseSVE",
          "MaxVectorSize",
          "UseFMA",
          "UseCompactObjectHeaders",
          "UseCompiler",
          "TieredStopAtLevel",
          "UseSuperWord",
          "AlwaysPreTouch",
          "UseTransparentHugePages",
          "ObjectAlignmentInBytes",
          "UseSerialGC",
          "UseG1GC",
          "UseParallelGC",
          "UseZGC",
          "UseShenandoahGC");

  /** Processors by implementer and part, as util-linux names them: what one meets in a cloud. */
  private static final Map<String, String> ARM =
      Map.ofEntries(
          Map.entry("0x41 0xd08", "ARM Cortex-A72"),
          Map.entry("0x41 0xd0b", "ARM Cortex-A76"),
          Map.entry("0x41 0xd0c", "ARM Neoverse-N1"),
          Map.entry("0x41 0xd40", "ARM Neoverse-V1"),
          Map.entry("0x41 0xd49", "ARM Neoverse-N2"),
          Map.entry("0x41 0xd4f", "ARM Neoverse-V2"),
          Map.entry("0x41 0xd84", "ARM Neoverse-V3"),
          Map.entry("0x41 0xd8e", "ARM Neoverse-N3"),
          Map.entry("0x46 0x001", "Fujitsu A64FX"),
          Map.entry("0xc0 0xac3", "Ampere-1"),
          Map.entry("0xc0 0xac4", "Ampere-1a"));

  static Machine read() {
    Map<String, String> cpu = cpuInfo(lines(Path.of("/proc/cpuinfo")));
    return new Machine(
        name(cpu),
        features(cpu),
        Integer.parseInt(cpu.getOrDefault("processors", "0")),
        Runtime.getRuntime().availableProcessors(),
        readCaches(Path.of("/sys/devices/system/cpu/cpu0/cache")),
        properties("%s %s, %s", "os.name", "os.version", "os.arch"),
        Runtime.version() + ", " + properties("%s, %s", "java.vm.name", "java.vendor"),
        Runtime.version(),
        Runtime.getRuntime().maxMemory(),
        readFlags(),
        BackendInfo.current());
  }

  /** Returns the processor's name; those of ARM say it by two numbers. */
  static String name(Map<String, String> cpu) {
    String numbers = cpu.get("CPU implementer") + " " + cpu.get("CPU part");
    return cpu.getOrDefault(
        "model name",
        cpu.containsKey("CPU part")
            ? ARM.getOrDefault(numbers, "ARM, implementer and part " + numbers)
            : "unknown");
  }

  /** Returns its instruction sets, which have another title on ARM. */
  static Set<String> features(Map<String, String> cpu) {
    String names = cpu.getOrDefault("flags", cpu.getOrDefault("Features", ""));
    return new TreeSet<>(List.of(names.split("\\s+", -1)));
  }

  private static String properties(String format, String... names) {
    return format.formatted(Stream.of(names).map(System::getProperty).toArray());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Returns what is said of the first processor, and how many there are. */
  static Map<String, String> cpuInfo(List<String> lines) {
    Map<String, String> values = new LinkedHashMap<>();
    int processors = 0;
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip();
        processors += name.equals("processor") ? 1 : 0;
        values.putIfAbsent(name, line.substring(colon + 1).strip());
      }
    }
    values.put("processors", Integer.toString(processors));
    return values;
  }

  private static Map<String, String> readCaches(Path directory) {
    Map<String, String> sizes = new LinkedHashMap<>();
    for (int i = 0; Files.isDirectory(directory.resolve("index" + i)); i++) {
      Path cache = directory.resolve("index" + i);
      String type = first(cache.resolve("type"));
      String suffix = type.equals("Data") ? "d" : type.equals("Instruction") ? "i" : "";
      sizes.put("L" + first(cache.resolve("level")) + suffix, first(cache.resolve("size")));
    }
    return sizes;
  }

  private static String first(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "?" : lines.get(0).strip();
  }

  private static Map<String, String> readFlags() {
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : FLAGS) {
      try {
        if (bean != null) {
          values.put(name, bean.getVMOption(name).getValue());
        }
      } catch (IllegalArgumentException e) {
        // This virtual machine does not have it.
        values.remove(name);
      }
    }
    return values;
  }

  /**
   * Returns how wide the processor's vectors are in bits, at least: SVE does not say it. 0 where
   * that is unknown.
   */
  int cpuVectorBits() {
    if (features.contains("avx512f")) {
      return 512;
    }
    return features.contains("avx2")
        ? 256
        : features.contains("sse4_1") || features.contains("asimd") ? 128 : 0;
  }

  String collector() {
    return flags.entrySet().stream()
        .filter(flag -> flag.getKey().endsWith("GC") && flag.getValue().equals("true"))
        .map(flag -> flag.getKey().substring("Use".length()))
        .findFirst()
        .orElse("unknown");
  }

  Map<String, String> text() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("processor", cpu);
    all.put(
        "",
        Terminal.format(
            "%d of %d processors%s%s",
            processors,
            Math.max(cores, processors),
            cpuVectorBits() == 0
                ? ""
                : ", vectors of "
                    + cpuVectorBits()
                    + (features.contains("sve") ? " bits and more (SVE)" : " bits"),
            features.contains("fma") || features.contains("asimd") ? ", fma" : ""));
    if (!caches.isEmpty()) {
      all.put(
          "caches",
          String.join(
              ", ", caches.entrySet().stream().map(c -> c.getKey() + " " + c.getValue()).toList()));
    }
    all.put("system", system);
    all.put("Java", java);
    all.put("memory", Terminal.format("%,d MB heap, %s", heap >> 20, collector()));
    all.put("backend", backend.toString());
    all.put(
        "sizes",
        backend.tuned().entrySet().stream()
            .map(size -> size.getKey().substring("lanewise.".length()) + "=" + size.getValue())
            .collect(Collectors.joining(" ")));
    StringBuilder shown = new StringBuilder();
    flags.forEach(
        (name, value) -> shown.append(name.endsWith("GC") ? "" : name + "=" + value + " "));
    all.put("JVM flags", shown.toString().strip());
    return all;
  }
}
