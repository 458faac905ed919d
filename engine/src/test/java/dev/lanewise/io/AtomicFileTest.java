package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.internal.format.SectionWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links, devices and modes are those of POSIX")
class AtomicFileTest {
  @TempDir private Path root;

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path old(String name) throws IOException {
    return Files.writeString(root.resolve(name), "old");
  }

  @Test
  void theFileBehindALinkIsWrittenAndTheLinkStays() throws IOException {
    Path real = old("real");
    Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("real"));
    Path second = Files.createSymbolicLink(root.resolve("second"), link);
    write(second, "new");
    assertEquals("new", Files.readString(real));
    assertEquals(Path.of("real"), Files.readSymbolicLink(link));
    assertEquals(link, Files.readSymbolicLink(second));
    assertEquals(List.of("link", "real", "second"), names());
  }

  @Test
  void theFileBehindALinkGrowsBesideItselfAndIsWholeAtAnyMoment() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    Path real = Files.writeString(other.resolve("real"), "old");
    Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("other/real"));
    try (AtomicFile file = new AtomicFile(link)) {
      file.write(new byte[3], 0, 3);
      assertEquals(List.of("link", "other"), names());
      assertEquals("old", Files.readString(real));
      try (Stream<Path> files = Files.list(other)) {
        assertEquals(2, files.count());
      }
    }
    assertEquals("old", Files.readString(real));
  }

  @Test
  void aLinkToNothingMakesWhatItLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("to come"));
    write(link, "new");
    assertEquals("new", Files.readString(root.resolve("to come")));
    assertTrue(Files.isSymbolicLink(link));
    Path lost = Files.createSymbolicLink(root.resolve("lost"), Path.of("no directory/file"));
    TestFiles.assertRefused(lost, file -> write(file, "new"), "its directory does not exist");
  }

  @Test
  void aLinkToItselfIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("link"));
    TestFiles.assertRefused(link, file -> write(file, "new"), "leads to itself");
  }

  @Test
  void directoriesMayBeLinks() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    Path link = Files.createSymbolicLink(root.resolve("link"), other);
    write(link.resolve("file"), "new");
    assertEquals("new", Files.readString(other.resolve("file")));
  }

  @Test
  void aDeviceIsWrittenToAndStays() throws Exception {
    Path device = Nodes.nullDevice(root.resolve("null"));
    Path link = Files.createSymbolicLink(root.resolve("link"), device);
    for (Path file : List.of(device, link)) {
      write(file, "new");
    }
    assertTrue(Files.readAttributes(device, "isOther").containsValue(true));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(List.of("link", "null"), names());
  }

  @Test
  void aFifoGetsTheContentWhenAllOfItIsThereAndStays() throws Exception {
    Path fifo = Nodes.fifo(root.resolve("fifo"));
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readAllBytes(fifo);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    try (SectionWriter writer = new SectionWriter(fifo)) {
      writer.section("numbers").putInt(7);
      writer.finish();
    }
    byte[] content = read.get(60, TimeUnit.SECONDS);
    Path plain = root.resolve("plain");
    try (SectionWriter writer = new SectionWriter(plain)) {
      writer.section("numbers").putInt(7);
      writer.finish();
    }
    assertArrayEquals(Files.readAllBytes(plain), content);
    assertFalse(Files.isRegularFile(fifo));
  }

  @Test
  void aFileKeepsItsPermissionsAndIsNeverSeenWithWiderOnes() throws IOException {
    for (String mode : List.of("rw-------", "rw-r-----", "rw-rw-rw-", "rwx--x---")) {
      Path file = old(mode);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      try (AtomicFile whole = new AtomicFile(file)) {
        for (String name : names()) {
          Set<PosixFilePermission> seen = Files.getPosixFilePermissions(root.resolve(name));
          assertTrue(name.equals(mode) || mode(file).equals(mode(root.resolve(name))), name + seen);
        }
        whole.write(new byte[] {'n'}, 0, 1);
        whole.commit();
      }
      assertEquals("n", Files.readString(file));
      assertEquals(mode, mode(file));
      Files.delete(file);
    }
  }

  @Test
  void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
    Path usual = Files.createFile(root.resolve("usual"));
    Path file = root.resolve("new");
    write(file, "new");
    assertEquals(mode(usual), mode(file));
  }

  @Test
  void aFileKeepsItsOwnerAndGroupWhereThatIsAllowed() throws Exception {
    Path file = old("file");
    Process chown = new ProcessBuilder("chown", "12345:23456", file.toString()).start();
    assumeTrue(chown.waitFor() == 0, "this user may not give files away");
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(12345, Files.getAttribute(file, "unix:uid"));
    assertEquals(23456, Files.getAttribute(file, "unix:gid"));
  }

  /** File systems take names of 255 bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"n", "ä", "名", "😀"})
  void namesMayBeAsLongAsFileSystemsTakeThem(String letter) throws IOException {
    int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
    Path file = root.resolve(letter.repeat(255 / bytes));
    write(file, "old");
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of(file.getFileName().toString()), names());
  }

  @Test
  void aFileThatMayNotBeWrittenIsNotReplaced() throws IOException {
    Path file = old("file");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assumeTrue(!Files.isWritable(file), "this user may write to every file");
    TestFiles.assertRefused(file, f -> write(f, "new"), "may not be written");
    assertEquals("old", Files.readString(file));
  }

  @Test
  void aDirectoryAndAMissingDirectoryAreRefused() {
    TestFiles.assertRefused(root, file -> write(file, "new"), "is a directory");
    Path lost = root.resolve("missing").resolve("file");
    TestFiles.assertRefused(lost, file -> write(file, "new"), "its directory does not exist");
  }

  @Test
  void anErrorOfTheOperatingSystemNamesTheFile() throws Exception {
    Path full = Nodes.fullDevice(root.resolve("full"));
    FileSystemException e = assertThrows(FileSystemException.class, () -> write(full, "new"));
    assertEquals(full.toString(), e.getFile());
    assertEquals("No space left on device", e.getReason());
    assertEquals(full + ": No space left on device", e.getMessage());
  }

  @Test
  void whatFailsInTheContentIsNotBlamedOnTheFile() throws IOException {
    Path file = old("file");
    IOException problem = new IOException("a cell is no number");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw problem;
                    }));
    assertEquals(problem, thrown);
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void anInterruptedThreadWritesOnAndStaysInterrupted() throws IOException {
    Path file = root.resolve("file");
    Thread.currentThread().interrupt();
    write(file, "new");
    assertTrue(Thread.interrupted());
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void whatAKilledProcessLeftOfAFileIsDeletedAtTheNextWriteAndNothingElse() throws IOException {
    String unique = "." + UUID.randomUUID() + ".tmp";
    Files.writeString(root.resolve("file" + unique), "half");
    Files.createSymbolicLink(root.resolve("file." + UUID.randomUUID() + ".tmp"), Path.of("file"));
    List<String> others =
        List.of("file.tmp", "file.1.tmp", "file.txt" + unique, "my file" + unique, "step.tmp");
    for (String name : others) {
      old(name);
    }
    assertEquals(7, names().size());
    write(root.resolve("file"), "new");
    assertFalse(names().contains("file" + unique));
    assertTrue(names().containsAll(others), () -> others.toString());
    assertEquals(7, names().size());
  }

  @Test
  void theLeftoverOfALongNameIsFound() throws IOException {
    Path file = root.resolve("n".repeat(255));
    Path left = root.resolve("n".repeat(100) + "." + UUID.randomUUID() + ".tmp");
    Files.writeString(left, "half");
    write(file, "new");
    assertEquals(List.of(file.getFileName().toString()), names());
  }

  @Test
  void whatThisProcessIsWritingIsLeftAlone() throws IOException {
    Path file = root.resolve("file");
    try (AtomicFile first = new AtomicFile(file);
        AtomicFile second = new AtomicFile(file)) {
      first.write(new byte[] {1}, 0, 1);
      second.write(new byte[] {2}, 0, 1);
      second.commit();
      first.commit();
    }
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(file));
  }

  @Test
  void aFinishedOneTakesNoMore() throws IOException {
    try (AtomicFile file = new AtomicFile(root.resolve("file"))) {
      file.commit();
      assertThrows(IllegalStateException.class, () -> file.write(new byte[1], 0, 1));
      assertThrows(IllegalStateException.class, file::commit);
    }
    assertTrue(Files.exists(root.resolve("file"), LinkOption.NOFOLLOW_LINKS));
  }
}
