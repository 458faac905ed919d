package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A module that requires the engine compiles, and runs on vectors without any flag. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModulePathTest {
  private static final String MODULE = "module consumer { requires dev.lanewise.engine; }";
  private static final String PROGRAM =
      """
      package consumer;

      import dev.lanewise.*;
      import dev.lanewise.model.*;

      public class Main {
        public static void main(String[] arguments) {
          Network network = Network.builder(2).dense(3, Activation.TANH).dense(1, Activation.SIGMOID).build();
          try (Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f))) {
            trainer.step(new float[] {0, 1}, new float[] {1});
          }
          System.out.println(network.backendInfo().backend());
        }
      }
      """;

  @TempDir private Path folder;
  private String engine;

  @BeforeAll
  void findTheEngine() throws Exception {
    engine =
        Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
  }

  private String compiled(Map<String, String> sources) throws Exception {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Path root = Files.createTempDirectory(folder, "consumer");
    List<String> command =
        new ArrayList<>(List.of("-p", engine, "-cp", "", "-d", root.resolve("classes") + ""));
    for (var source : sources.entrySet()) {
      Path file = root.resolve(source.getKey());
      Files.writeString(file, source.getValue());
      command.add(file.toString());
    }
    int exit =
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, command.toArray(String[]::new));
    return exit == 0 ? root.resolve("classes").toString() : "does not compile: " + text;
  }

  @Test
  void itRunsOnVectorsAndWarnsOfNothing() throws Exception {
    String consumer = compiled(Map.of("module-info.java", MODULE, "Main.java", PROGRAM));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlanewise.backend=vector",
                "-p",
                engine + File.pathSeparator + consumer,
                "-m",
                "consumer/consumer.Main")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertEquals(0, process.waitFor(), () -> consumer);
    List<String> lines = Files.readAllLines(output, Charset.defaultCharset());
    // What the virtual machine itself says of an incubator module.
    List<String> ours = lines.stream().filter(line -> !line.contains("incubator")).toList();
    assertEquals(List.of("VECTOR"), ours);
  }

  @Test
  void whatIsInternalDoesNotCompile() throws Exception {
    String program =
        "package consumer; public class Main { dev.lanewise.internal.train.Layout layout; }";
    String message = compiled(Map.of("module-info.java", MODULE, "Main.java", program));
    assertNotEquals(-1, message.indexOf("does not export it"), message);
  }
}
