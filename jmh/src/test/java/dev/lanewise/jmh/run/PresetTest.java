package dev.lanewise.jmh.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

class PresetTest {
  private static List<Options> options(Preset preset, String... user)
      throws CommandLineOptionException {
    return preset.options(new CommandLineOptions(user));
  }

  /** Returns which benchmark classes some options choose. */
  private static Set<String> classes(List<Options> options) {
    Set<String> names = new TreeSet<>();
    for (Options part : options) {
      for (BenchmarkListEntry entry :
          BenchmarkList.defaultList()
              .find(
                  OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                  part.getIncludes(),
                  part.getExcludes())) {
        String name = entry.getUserClassQName();
        names.add(name.substring(name.lastIndexOf('.') + 1));
      }
    }
    return names;
  }

  @Test
  void fullHasEveryBenchmark() throws CommandLineOptionException {
    List<Options> all = List.of(new CommandLineOptions());
    assertEquals(classes(all), classes(options(Preset.FULL)));
  }

  @Test
  void quickHasOneShortForkOfEachPart() throws CommandLineOptionException {
    for (Options part : options(Preset.QUICK)) {
      assertFalse(classes(List.of(part)).isEmpty(), () -> part.getIncludes().toString());
      assertEquals(1, part.getForkCount().get());
      assertTrue(part.getMeasurementTime().get().getTime() < 1000);
    }
    assertTrue(classes(options(Preset.QUICK)).contains("TrainStepBenchmark"));
  }

  @Test
  void aNameNarrowsThePreset() throws CommandLineOptionException {
    assertEquals(
        Set.of("GemmBenchmark", "ForwardBenchmark"),
        classes(options(Preset.QUICK, "Gemm", "Forward")));
    assertEquals(Set.of(), classes(options(Preset.QUICK, "NoSuchBenchmark")));
  }

  @Test
  void whatTheUserAsksForGoesBefore() throws CommandLineOptionException {
    String[] user = {"-f", "7", "-wi", "8", "-w", "9s", "-i", "10", "-r", "11s", "-p", "width=64"};
    Options part = options(Preset.QUICK, user).get(2);
    assertEquals(7, part.getForkCount().get());
    assertEquals(8, part.getWarmupIterations().get());
    assertEquals(9, part.getWarmupTime().get().getTime());
    assertEquals(10, part.getMeasurementIterations().get());
    assertEquals(11, part.getMeasurementTime().get().getTime());
    assertEquals(List.of("64"), List.copyOf(part.getParameter("width").get()));
    assertEquals(List.of("32"), List.copyOf(part.getParameter("batch").get()));
  }

  /** Each fork starts a JVM, touches its heap, and measures the ceilings of its core. */
  @Test
  void quickTakesLessThanThreeMinutesWithATenthToSpare() throws Exception {
    double start = 3.5;
    double seconds = 0;
    for (Options part : options(Preset.QUICK)) {
      Map<String, List<String>> params = new HashMap<>();
      for (String name : List.of("backend", "n", "width", "batch", "threads")) {
        if (part.getParameter(name).hasValue()) {
          params.put(name, List.copyOf(part.getParameter(name).get()));
        }
      }
      double measured =
          part.getMeasurementIterations().get() * part.getMeasurementTime().get().getTime();
      double warmUp = part.getWarmupIterations().get() * part.getWarmupTime().get().getTime();
      seconds +=
          Choice.of(List.of(part)).combinations(params) * (start + (measured + warmUp) / 1e3);
    }
    assertTrue(seconds < 0.9 * 180, "seconds: " + seconds);
  }
}
