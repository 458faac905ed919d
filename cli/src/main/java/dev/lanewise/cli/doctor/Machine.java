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

  static Machine read() {
    Map<String, String> cpu = cpuInfo(lines(Path.of("/proc/cpuinfo")));
    return new Machine(
        cpu.getOrDefault("model name", cpu.getOrDefault("CPU part", "unknown")),
        new TreeSet<>(List.of(cpu.getOrDefault("flags", "").split("\\s+", -1))),
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

  /** Returns how wide the processor's vectors are in bits; 0 where that is unknown. */
  int cpuVectorBits() {
    if (features.contains("avx512f")) {
      return 512;
    }
    return features.contains("avx2") ? 256 : features.contains("sse4_1") ? 128 : 0;
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
            cpuVectorBits() == 0 ? "" : ", vectors of " + cpuVectorBits() + " bits",
            features.contains("fma") ? ", fma" : ""));
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
