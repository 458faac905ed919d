package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that a command writes. */
class OutputFilesTest {
  @TempDir private Path directory;

  private Path data;
  private Path model;

  @BeforeEach
  void train() throws IOException, URISyntaxException {
    data = directory.resolve("data.csv");
    model = directory.resolve("model.lanewise");
    Files.copy(Path.of(OutputFilesTest.class.getResource("trees.csv").toURI()), data);
    assertEquals(
        0, Typed.type("train", "" + data, "--epochs", "1", "--quiet", "--save", "" + model).code());
    Files.createSymbolicLink(directory.resolve("link"), data);
    Files.createLink(directory.resolve("hard"), data);
    Files.createSymbolicLink(directory.resolve("here"), directory);
    Files.createSymbolicLink(directory.resolve("dangling"), Path.of("new"));
    Files.write(directory.resolve("images"), WholeFiles.idx(new int[] {4, 2, 2}));
    Files.write(directory.resolve("labels"), new byte[] {0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "predict D/model.lanewise D/data.csv --out D/data.csv | is the same file as FILE ",
        "predict D/model.lanewise D/data.csv --out D/link | is the same file as FILE ",
        "predict D/model.lanewise D/link --out D/data.csv | is the same file as FILE ",
        "predict D/model.lanewise D/data.csv --out D/hard | is the same file as FILE ",
        "predict D/model.lanewise D/data.csv --out D/here/./data.csv | is the same file as FILE ",
        "predict D/model.lanewise D/data.csv --out D/model.lanewise | is the same file as MODEL ",
        "predict D/model.lanewise --images D/images --out D/images | is the same file as --images ",
        "train D/data.csv --save D/data.csv | is the same file as FILE ",
        "train D/data.csv --report D/hard | is the same file as FILE ",
        "train D/data.csv --test D/labels --save D/here/labels | is the same file as --test ",
        "train --images D/images --labels D/labels --save D/labels | is the same file as --labels ",
        "train --images D/images --labels D/labels --report D/images | is the same file as --images"
            + " ",
        "train D/data.csv --save D/x --report D/x | is the same file as --save ",
        "train D/data.csv --save D/x --report D/here/./x | is the same file as --save ",
        "train D/data.csv --save D/new --report D/dangling | is the same file as --save ",
        "train D/data.csv --resume D/model.lanewise --save D/model.lanewise | is the same file as"
            + " --resume ",
        "train D/data.csv --checkpoints D/c --save D/c | is where checkpoints go",
        "train D/data.csv --checkpoints D --save D/best.lanewise | is where checkpoints go",
        "train D/data.csv --checkpoints D --report D/here/step-000000001.lanewise"
            + " | is where checkpoints go",
        "export D/model.lanewise D/model.lanewise | must end in .onnx or .safetensors",
        "export D/data.csv D/link.onnx | is the same file as MODEL ",
      })
  void anOutputThatIsReadOrWrittenElseIsRefused(String words, String message) throws IOException {
    Files.createSymbolicLink(directory.resolve("link.onnx"), data);
    List<String> before = files();
    byte[] bytes = Files.readAllBytes(data);
    Typed typed = Typed.type(words.replace("D", directory.toString()).split(" ", -1));

    assertEquals(2, typed.code(), typed.err()::toString);
    assertEquals(1, typed.err().size(), typed.err()::toString);
    assertTrue(typed.err().get(0).contains(message), typed.err().get(0));
    assertEquals(List.of(), typed.out());
    assertArrayEquals(bytes, Files.readAllBytes(data));
    assertEquals(before, files());
  }

  @Test
  void twoOutputsMayGoToOneDevice() {
    assumeTrue(Files.exists(Path.of("/dev/null")), "no /dev/null");
    Typed typed = Typed.type("predict", "" + model, "" + data, "--out", "/dev/null");
    assertEquals(0, typed.code(), typed.err()::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train FILE --save D/no/x | --save: there is no directory",
        "train FILE --save D | --save: D is a directory",
        "train FILE --report D/no/x | --report: there is no directory",
        "train FILE --save D/LONG | --save: D/LONG: File name too long",
        "train FILE --report D/data.csv/x | --report: there is no directory D/data.csv",
        "predict D/model.lanewise FILE --out D/LONG | --out: D/LONG: File name too long",
      })
  void whatCannotBeWrittenIsToldBeforeAnyWork(String words, String message) {
    String name = "n".repeat(300);
    // The table is not looked at.
    String[] typedWords = filled(words, name).split(" ", -1);
    Typed typed = Typed.type(typedWords);

    assertEquals(2, typed.code(), typed.err()::toString);
    String start = "lanewise " + typedWords[0] + ": " + filled(message, name);
    assertTrue(typed.err().get(0).startsWith(start), typed.err().get(0));
  }

  private String filled(String words, String name) {
    return words
        .replace("LONG", name)
        .replace("FILE", words.startsWith("train") ? "no-such.csv" : data.toString())
        .replaceAll("(?<= |^)D(?=/| |$)", directory.toString());
  }

  @Test
  void aReportNeedsFontsAndSaysSoBeforeTraining() throws Exception {
    boolean root = System.getProperty("user.name").equals("root");
    assumeTrue(root && ran("unshare", "-m", "true") == 0, "fonts cannot be hidden here");
    List<String> hidden =
        List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "for d in /usr/share/fonts /etc/fonts; do"
                + " test ! -d $d || mount -t tmpfs none $d; done; exec \"$@\"",
            "sh");
    Process process = java(hidden, "", List.of("train", "no-such.csv", "--report", "r.html"));

    List<String> err = Files.readAllLines(directory.resolve("err"));
    assertEquals(2, process.exitValue(), err::toString);
    assertTrue(
        err.getLast().startsWith("lanewise train: this Java cannot draw text"), err::toString);
    assertTrue(
        err.getLast().endsWith("; install fontconfig and a font, or leave the report out"),
        err::toString);
    assertTrue(err.stream().noneMatch(line -> line.startsWith("\tat ")), err::toString);
  }

  @Test
  void aDiskThatIsFullAtTheEndOfTrainingLosesNothing() throws Exception {
    Path full = mounted(16);
    try {
      Process process =
          java(
              List.of(),
              "-Djava.io.tmpdir=" + full,
              List.of(
                  "train",
                  "" + data,
                  "--epochs",
                  "2",
                  "--json",
                  "--quiet",
                  "--save",
                  full + "/kept.lanewise"));
      List<String> err = Files.readAllLines(directory.resolve("err"));
      assertEquals(1, process.exitValue(), err::toString);
      Path instead = directory.resolve("kept.lanewise");
      assertEquals(
          "lanewise train: "
              + full
              + "/kept.lanewise: No space left on device; it is in "
              + instead.toRealPath()
              + " instead: move it from there",
          err.getLast());
      assertEquals(0, Typed.type("evaluate", "" + instead, "" + data).code());
      assertTrue(Files.readString(directory.resolve("out")).contains("\"accuracy\""));
      try (Stream<Path> left = Files.list(full)) {
        assertEquals(List.of(), left.toList());
      }
    } finally {
      unmount(full);
    }
  }

  @Test
  void aFullDiskIsToldWithTheNameOfTheFile() throws Exception {
    Path full = mounted(8);
    Path large = directory.resolve("large.csv");
    Files.writeString(large, "width,height,colour\n" + "10,300,green\n".repeat(1_000));
    try {
      for (List<String> command :
          List.of(
              List.of("predict", "" + model, "" + large, "--out", full + "/o.csv"),
              List.of("export", "" + model, full + "/o.onnx"),
              List.of(
                  "train",
                  "" + data,
                  "--epochs",
                  "9",
                  "--quiet",
                  "--checkpoints",
                  full + "/c",
                  "--every",
                  "1"))) {
        Typed typed = Typed.type(command.toArray(String[]::new));
        assertEquals(1, typed.code(), typed.err()::toString);
        assertEquals(1, typed.err().size(), typed.err()::toString);
        assertTrue(typed.err().get(0).contains(": " + full), typed.err().get(0));
        assertTrue(typed.err().get(0).contains("No space left on device"), typed.err().get(0));
      }
    } finally {
      unmount(full);
    }
  }

  /** Returns a file system of a few kilobytes, where one can be mounted. */
  private Path mounted(int kilobytes) throws Exception {
    Path place = Files.createDirectory(directory.resolve("full"));
    boolean done =
        System.getProperty("user.name").equals("root")
            && ran("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "none", "" + place)
                == 0;
    assumeTrue(done, "no file system can be mounted here");
    return place;
  }

  private static void unmount(Path place) throws Exception {
    assertEquals(0, ran("umount", place.toString()));
  }

  private static int ran(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private Process java(List<String> by, String option, List<String> args) throws Exception {
    List<String> command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(
        System.getProperty("java.class.path") + ":" + System.getProperty("jdk.module.path"));
    if (!option.isEmpty()) {
      command.add(option);
    }
    command.add(Main.class.getName());
    command.addAll(args);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return process;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
