package dev.lanewise.jmh.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CheckedOutputTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int status(int status, String failure) {
    CheckedOutput standard =
        new CheckedOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                if (!failure.isEmpty()) {
                  throw new IOException(failure);
                }
              }
            });
    try (PrintStream out = new PrintStream(standard, true, StandardCharsets.UTF_8)) {
      out.println("a line");
    }
    return standard.status(status, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void aFullDiskIsToldAndEndsWithOne() {
    assertEquals(1, status(0, "No space left on device"));
    assertEquals(
        "lanewise-jmh: standard output could not be written: No space left on device\n",
        err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aReaderThatHasSeenEnoughIsNotWorthAWord() {
    assertEquals(1, status(0, "Broken pipe"));
    assertEquals(0, err.size());
  }

  @Test
  void whatTheCommandSaysStays() {
    assertEquals(0, status(0, ""));
    assertEquals(2, status(2, "No space left on device"));
  }
}
