package dev.lanewise.jmh.run;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Standard output, which remembers what went wrong: a {@link PrintStream} tells nobody. */
public final class CheckedOutput extends FilterOutputStream {
  private IOException failure;

  /** Writes to this. */
  public CheckedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /**
   * Returns the exit code, and tells why it is not the one of the command; a reader that has seen
   * enough, such as {@code head}, is not worth a word.
   *
   * @param status of the command
   */
  public int status(int status, PrintStream err) {
    if (failure == null) {
      return status;
    }
    String why = String.valueOf(failure.getMessage());
    if (!why.contains("Broken pipe")) {
      err.println("lanewise-jmh: standard output could not be written: " + why);
    }
    return status == 0 ? 1 : status;
  }
}
