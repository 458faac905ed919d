package dev.lanewise.cli.text;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Standard output that fails aloud. Print writers keep an {@link IOException} to themselves, so
 * that a full disk would look like success; they let an unchecked one pass.
 */
public final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private boolean failed;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Standard output could not be written. */
  public static final class Failure extends IOException {
    private static final long serialVersionUID = 1;

    private Failure(IOException cause) {
      super("standard output: " + cause.getMessage(), cause);
    }

    /** Whether nobody reads on, as after {@code | head}, which is no fault of anybody. */
    public boolean readerLeft() {
      String reason = String.valueOf(getCause().getMessage());
      return reason.contains("Broken pipe") || reason.contains("pipe is being closed");
    }
  }

  /**
   * Returns a writer to the standard output of this process. Files and pipes get UTF-8, which is
   * what Lanewise reads; a terminal gets what it shows.
   */
  @SuppressWarnings("SystemConsoleNull") // It may be null, and need not be a terminal if not.
  public static PrintWriter open() {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    Charset charset = terminal ? System.out.charset() : StandardCharsets.UTF_8;
    return writer(new FileOutputStream(FileDescriptor.out), charset);
  }

  public static PrintWriter writer(OutputStream out, Charset charset) {
    return new PrintWriter(new StandardOutput(out), true, charset);
  }

  private interface Write {
    void run() throws IOException;
  }

  /** Fails once: what is still in buffers above cannot be written either, and it is told. */
  private void checked(Write write) {
    if (failed) {
      return;
    }
    try {
      write.run();
    } catch (IOException e) {
      failed = true;
      throw new UncheckedIOException(new Failure(e));
    }
  }

  @Override
  public void write(int b) {
    checked(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    checked(() -> out.write(bytes, from, count));
  }

  @Override
  public void flush() {
    checked(out::flush);
  }

  @Override
  public void close() {
    checked(out::close);
  }
}
