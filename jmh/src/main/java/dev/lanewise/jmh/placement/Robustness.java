package dev.lanewise.jmh.placement;

import dev.lanewise.jmh.run.Machine;
import dev.lanewise.jmh.work.LayerProducts.Product;
import dev.lanewise.jmh.work.NetworkShape;
import dev.lanewise.jmh.work.ProductShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells whether speed depends on where numbers lie. */
@Command(
    name = "robustness",
    header = "whether speed depends on where arrays lie, in one table",
    description = {
      "Runs products and steps with rows one behind the other, a line further apart, and at a"
          + " multiple of 4,096 bytes; from several offsets in their arrays on; with huge pages and"
          + " without, in two JVMs that take turns. Prints the speed at the best place, and the"
          + " worst beside it; rows, offset and pages are what each of these alone makes.",
      "Without an option it takes two to three minutes."
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
public final class Robustness implements Callable<Integer> {

  /**
   * So long that the collector gives an array regions of its own, of up to 32 MB: then its first
   * number lies 16 bytes behind the start of a line, and one at offset 12 on the start of a line.
   */
  private static final int LEAST_ROOM = 4 << 20;

  private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  @Spec private CommandSpec spec;

  @Option(
      names = "--gemm",
      split = ",",
      paramLabel = "MxKxN",
      defaultValue = "64,256,512,1024,100x784x300",
      description =
          "Products of a layer: samples, inputs, outputs, or one number if they are the same. None"
              + " where only --shape or --batch is given.")
  private List<ProductShape> shapes;

  @Option(
      names = "--products",
      split = ",",
      paramLabel = "P",
      defaultValue = "forward,input-gradient,weight-gradient",
      description = "Of ${COMPLETION-CANDIDATES}.")
  private List<Product> products;

  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "N-N",
      defaultValue = "64-64-64-64,256-256-256-256,1024-1024-1024-1024",
      description =
          "Networks whose steps are timed: inputs, and outputs of each layer. None where only"
              + " --gemm or --products is given.")
  private List<NetworkShape> networks;

  @Option(
      names = {"--batch", "--batches"},
      split = ",",
      paramLabel = "B",
      defaultValue = "256",
      description = "How many samples a step has.")
  private List<Integer> batches;

  @Option(
      names = "--offsets",
      split = ",",
      paramLabel = "N",
      defaultValue = "0,4,8,12",
      description =
          "At which elements of their arrays operands begin. The first of an array lies 16 bytes"
              + " behind the start of a line, or 12 with compact object headers.")
  private List<Integer> offsets;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "4",
      description = "How often each place has its turn. The best counts.")
  private int passes;

  @Option(
      names = "--more",
      paramLabel = "N",
      defaultValue = "6",
      description =
          "How many more passes those have at most whose worst place is below 0.95: what a"
              + " neighbour on the machine made goes away, what the place makes stays.")
  private int more;

  @Option(
      names = "--millis",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How long a slice is, at least; there are three in a pass, or one if a call is longer.")
  private int millis;

  @Override
  public Integer call() throws IOException {
    atLeast(1, "--batch", batches);
    atLeast(0, "--offsets", offsets);
    atLeast(1, "--passes", List.of(passes));
    atLeast(0, "--more", List.of(more));
    atLeast(1, "--millis", List.of(millis));
    Map<Task, Spread> spreads = new LinkedHashMap<>();
    tasks().forEach(task -> spreads.put(task, new Spread(task.placements(offsets))));
    int room = LEAST_ROOM;
    for (Task task : spreads.keySet()) {
      room = Math.max(room, task.room(task.placements(offsets)));
    }
    List<String> hugePages = List.of("-XX:+UseTransparentHugePages");
    try (PlacedJvm usual = new PlacedJvm(List.of(), room, millis, offsets);
        PlacedJvm huge = new PlacedJvm(hugePages, room, millis, offsets)) {
      for (int pass = 1; pass <= passes + more; pass++) {
        for (Map.Entry<Task, Spread> entry : spreads.entrySet()) {
          if (pass <= passes || entry.getValue().isLuck()) {
            Task task = entry.getKey();
            entry.getValue().add(usual.round(task), huge.round(task));
          }
        }
      }
      print(spreads, Math.max(usual.peak(), huge.peak()));
    }
    return 0;
  }

  private void atLeast(int least, String option, List<Integer> values) {
    for (int value : values) {
      if (value < least) {
        throw new ParameterException(
            spec.commandLine(), option + " must be at least " + least + ", but was " + value);
      }
    }
  }

  private List<Task> tasks() {
    CommandLine.ParseResult typed = spec.commandLine().getParseResult();
    boolean someProducts = typed.hasMatchedOption("--gemm") || typed.hasMatchedOption("--products");
    boolean someSteps = typed.hasMatchedOption("--shape") || typed.hasMatchedOption("--batch");
    List<Task> tasks = new ArrayList<>();
    if (someProducts || !someSteps) {
      for (ProductShape shape : shapes) {
        products.forEach(product -> tasks.add(new ProductTask(product, shape)));
      }
    }
    if (someSteps || !someProducts) {
      for (NetworkShape network : networks) {
        batches.forEach(batch -> tasks.add(new StepTask(network, batch)));
      }
    }
    return tasks;
  }

  private void print(Map<Task, Spread> spreads, double peak) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Machine   " + Machine.processor());
    out.println("JVM       " + Machine.jvm());
    out.println("Flags     " + String.join(" ", Machine.flags()));
    out.println("Pages     " + pages());
    out.printf(Locale.ROOT, "Peak      %.1f GFLOP/s for one thread%n%n", peak);
    out.println(line("size", "what", "GFLOP/s", "peak", "worst", "rows", "offset", "pages", ""));
    spreads.forEach((task, spread) -> out.println(line(task, spread, peak)));
    long unlucky = spreads.values().stream().filter(Spread::isLuck).count();
    out.printf(Locale.ROOT, "%n%d of %d are below %.2f%n", unlucky, spreads.size(), Spread.LEAST);
    out.flush();
  }

  /** Where huge pages are always on, or never, both virtual machines have the same. */
  private static String pages() {
    try {
      return "transparent huge pages: " + Files.readString(HUGE_PAGES).strip();
    } catch (IOException e) {
      return "transparent huge pages: unknown";
    }
  }

  private static String line(Task task, Spread spread, double peak) {
    boolean product = task instanceof ProductTask;
    return line(
        task.size(),
        task.what(),
        String.format(Locale.ROOT, "%.1f", spread.best().gflops()),
        String.format(Locale.ROOT, "%.0f%%", 100 * spread.best().gflops() / peak),
        ratio(spread.ratio()),
        product ? ratio(spread.ofRows()) : "",
        ratio(spread.ofOffsets()),
        ratio(spread.ofPages()),
        spread.isLuck() ? "worst: " + spread.worst() : "");
  }

  private static String line(Object... columns) {
    return String.format(Locale.ROOT, "%-27s %-15s %7s %4s  %5s  %4s %6s %5s  %s", columns)
        .stripTrailing();
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }
}
