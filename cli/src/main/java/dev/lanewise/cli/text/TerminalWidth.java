package dev.lanewise.cli.text;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How wide the terminal is. Asked again after a second, for somebody may resize it; by the program
 * {@code stty}, which needs no native code of our own. For one thread at a time.
 */
public final class TerminalWidth {
  /** Where nobody knows. */
  static final int USUAL = 80;

  private static final long NANOS = 1_000_000_000L;

  private int columns;
  private long asked;

  /** Returns how many letters a line has, at least 1. */
  public int columns() {
    long now = System.nanoTime();
    if (columns == 0 || now - asked > NANOS) {
      columns = ask();
      asked = now;
    }
    return columns;
  }

  private static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return parsed(
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      return USUAL;
    }
  }

  /** Returns the second of two numbers, such as {@code 24 80}: lines and columns. */
  static int parsed(String size) {
    return size.matches("\\d+ [1-9]\\d{0,3}")
        ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
        : USUAL;
  }
}
