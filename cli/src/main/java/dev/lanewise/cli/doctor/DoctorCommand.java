package dev.lanewise.cli.doctor;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.cli.text.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what this machine is and can do. */
@Command(
    name = "doctor",
    description =
        "Tells what processor, Java and vectors there are, measures what they reach, and says what"
            + " could be changed. Takes about 10 seconds.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise doctor",
      "  LANEWISE_JAVA_OPTS=-XX:UseAVX=2 lanewise doctor --quick     with flags to try"
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final long NANOS = 9_000_000_000L;
  private static final long QUICK_NANOS = 3_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "Measure for 3 seconds only.")
  private boolean quick;

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Terminal.out(spec);
    Machine machine = Machine.read();
    print(out, machine.text());
    out.println();
    Measures measures = Measures.take(quick ? QUICK_NANOS : NANOS);
    out.println("measured, with one thread");
    print(out, measures.text());
    out.println();
    List<String> advice = Advice.of(machine, measures);
    out.println(advice.isEmpty() ? "advice         nothing to change" : "advice");
    advice.forEach(sentence -> out.println("- " + sentence));
    if (json) {
      out.println(JSON.std.asString(fields(machine, measures, advice)));
    }
    return 0;
  }

  private static void print(PrintWriter out, Map<String, String> lines) {
    lines.forEach((name, value) -> out.printf("%-15s%s%n", name, value));
  }

  private static Map<String, Object> fields(
      Machine machine, Measures measures, List<String> advice) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("processor", machine.cpu());
    all.put("processors", machine.processors());
    all.put("processorsOfMachine", machine.cores());
    all.put("processorVectorBits", machine.cpuVectorBits());
    all.put("caches", machine.caches());
    all.put("system", machine.system());
    all.put("java", machine.java());
    all.put("heapBytes", machine.heap());
    all.put("flags", machine.flags());
    all.put("backend", machine.backend().toString());
    all.put("vectorBits", machine.backend().vectorBits());
    all.put("fma", machine.backend().fma());
    all.put("properties", machine.backend().properties());
    all.put("measured", measures.json());
    all.put("advice", advice);
    return all;
  }
}
