package dev.lanewise.io;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Devices and FIFOs of a test's own, where the machine lets it make some; else it is skipped. */
final class Nodes {
  private Nodes() {}

  /** A device as /dev/null is, which forgets what is written to it. */
  static Path nullDevice(Path file) throws IOException, InterruptedException {
    return made(file, "mknod", "-m", "666", file.toString(), "c", "1", "3");
  }

  /** A device as /dev/full is: there is never room on it. */
  static Path fullDevice(Path file) throws IOException, InterruptedException {
    return made(file, "mknod", "-m", "666", file.toString(), "c", "1", "7");
  }

  static Path fifo(Path file) throws IOException, InterruptedException {
    return made(file, "mkfifo", file.toString());
  }

  private static Path made(Path file, String... command) throws IOException, InterruptedException {
    assumeTrue(ends(command), () -> "this machine does not permit " + List.of(command));
    // A file system may be mounted so that its devices cannot be opened.
    assumeTrue(
        command[0].equals("mkfifo") || ends("sh", "-c", "true < '" + file + "'"),
        () -> "devices cannot be opened here: " + file);
    return file;
  }

  private static boolean ends(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    return new ProcessBuilder(all).redirectErrorStream(true).start().waitFor() == 0;
  }
}
