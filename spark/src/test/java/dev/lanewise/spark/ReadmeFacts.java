package dev.lanewise.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class ReadmeFacts {
  private static String page() throws Exception {
    return Files.readString(Path.of("README.md"));
  }

  @Test
  void itsProgramsCompileAndTheFirstRuns(@TempDir Path directory) throws Exception {
    List<String> compiler =
        new ArrayList<>(
            List.of(
                "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", "" + directory));
    List<MatchResult> programs =
        Pattern.compile(
                "^```java\n(.*?^public class (\\w+).*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(page())
            .results()
            .toList();
    for (MatchResult program : programs) {
      Path source = directory.resolve(program.group(2) + ".java");
      compiler.add(Files.writeString(source, program.group(1)).toString());
    }
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, compiler.toArray(String[]::new));
    assertEquals(0, code, () -> errors.toString(UTF_8));
    Path model = directory.resolve("model");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      String[] files = {"../docs/data/iris.csv", model.toString()};
      loader.loadClass("Iris").getMethod("main", String[].class).invoke(null, (Object) files);
    }
    try (Stream<Path> files = Files.walk(model)) {
      Path network =
          files.filter(file -> file.endsWith("model.lanewise")).findFirst().orElseThrow();
      assertEquals(3, Network.load(network).outputs());
    }
  }

  @Test
  void itsTableHasTheParameters() throws Exception {
    TreeSet<String> named =
        Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
            .matcher(page())
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> known = new TreeSet<>();
    for (Params estimator : new Params[] {new LanewiseClassifier(), new LanewiseRegressor()}) {
      Stream.of(estimator.params()).forEach(param -> known.add(param.name()));
    }
    for (String own :
        List.of(
            "featuresCol",
            "labelCol",
            "predictionCol",
            "probabilityCol",
            "rawPredictionCol",
            "thresholds")) {
      assertTrue(page().contains("`" + own + "`"), own);
      known.remove(own);
    }
    assertEquals(known, named);
  }

  @Test
  @SuppressWarnings("rawtypes") // A class literal has no type arguments.
  void sparkFindsTheEstimatorsByTheirServiceFile() {
    int found = 0;
    for (Estimator estimator : ServiceLoader.load(Estimator.class)) {
      found += estimator instanceof LanewiseParams ? 1 : 0;
    }
    assertEquals(2, found);
  }
}
