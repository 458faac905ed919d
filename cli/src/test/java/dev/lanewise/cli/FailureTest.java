package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever goes wrong is one line, and the exit code says whose fault it is. */
class FailureTest {
  @Command(name = "fail")
  private record Failing(Throwable thrown) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (Exception) thrown;
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(1, "this is a fault of Lanewise, ", new NullPointerException("a\nb")),
        Arguments.of(1, "this is a fault of Lanewise, ", new StackOverflowError()),
        Arguments.of(1, "the memory of Java is too small", new OutOfMemoryError("Java heap space")),
        Arguments.of(1, "No space left on device", new IOException("No space left on device")),
        Arguments.of(
            1,
            "f: File too large",
            new UncheckedIOException(new FileSystemException("f", null, "File too large"))),
        Arguments.of(2, "f: permission denied", new AccessDeniedException("f")),
        Arguments.of(2, "f: Is a directory", new FileSystemException("f", null, "Is a directory")),
        Arguments.of(2, "too many", new IllegalArgumentException("too many")),
        Arguments.of(2, "java.io.IOException", new IOException()));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isToldInOneLine(int code, String message, Throwable thrown) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.addSubcommand(new Failing(thrown));
    line.setErr(new PrintWriter(err));

    assertEquals(code, Main.execute(line, "fail"));
    List<String> lines = err.toString().lines().toList();
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("lanewise fail: " + message), lines.get(0));
  }
}
