package dev.lanewise.jmh.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path directory;

  private static void write(Path file) throws IOException {
    new OutputFile(file, List.of()).write(new byte[] {'n', 'e', 'w'});
  }

  @Test
  void aLinkLeadsToWhatIsReplacedAndPermissionsStay() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "old");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    write(link);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aFileOfTheSameNameIsTheSameWhateverItIsCalled() throws IOException {
    Path input = Files.writeString(directory.resolve("in"), "old");
    Path same = Files.createLink(directory.resolve("hard"), input);
    for (Path output : List.of(input, same, directory.resolve("./in"))) {
      IOException e =
          assertThrows(UnusableException.class, () -> new OutputFile(output, List.of(input)));
      assertTrue(e.getMessage().startsWith(output.toString()), e.getMessage());
    }
  }

  /** A directory that goes away meanwhile stands for a disk that is full. */
  @Test
  void whatCannotBeWrittenNamesTheFile() throws IOException {
    Path parent = Files.createDirectory(directory.resolve("gone"));
    OutputFile file = new OutputFile(parent.resolve("f"), List.of());
    Files.delete(parent);
    IOException e = assertThrows(IOException.class, () -> file.write(new byte[1]));
    assertTrue(e.getMessage().startsWith(parent.resolve("f") + " cannot be written"));
    assertThrows(UnusableException.class, () -> write(parent.resolve("f")));
  }
}
