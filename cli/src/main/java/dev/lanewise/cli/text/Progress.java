package dev.lanewise.cli.text;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How training tells where it is; of itself it keeps silent. */
public interface Progress extends AutoCloseable {
  /**
   * A batch was trained on.
   *
   * @param rows how many rows it had
   * @param loss the mean loss of the epoch so far
   */
  default void batch(int rows, double loss) {}

  /**
   * An epoch has ended.
   *
   * @param epoch which one, from 1
   * @param loss its mean loss
   * @param score what a metric says of other samples, {@code NaN} if nothing does
   */
  default void epoch(int epoch, double loss, double score) {}

  @Override
  default void close() {}

  /** Makes one. */
  interface Start {
    /**
     * Begins to tell.
     *
     * @param epochs how many there will be at most
     * @param rows how many rows each has
     * @param percent whether scores are shares, to be shown in percent
     */
    Progress start(int epochs, int rows, boolean percent);
  }

  /** Returns whether the standard error stream is a terminal. */
  @SuppressWarnings("SystemConsoleNull") // With Java 25 it is null again where there is none.
  static boolean canDraw() {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux. Java itself can only tell whether input and output are terminals.
      Console console = System.console();
      return console != null && console.isTerminal();
    }
  }

  /** Returns a score after a comma; nothing if there is none. */
  static String shown(double score, boolean percent) {
    if (Double.isNaN(score)) {
      return "";
    }
    return percent
        ? Terminal.format(", %.1f %%", 100 * score)
        : Terminal.format(", R^2 %.3f", score);
  }

  /** At most {@value #MOST} lines, each at the end of an epoch: for files and pipes. */
  final class Lines implements Progress {
    static final int MOST = 20;

    private final PrintWriter out;
    private final int epochs;
    private final boolean percent;
    private long start = System.nanoTime();
    private long rows;

    public Lines(PrintWriter out, int epochs, boolean percent) {
      this.out = out;
      this.epochs = epochs;
      this.percent = percent;
    }

    @Override
    public void batch(int rows, double loss) {
      this.rows += rows;
    }

    @Override
    public void epoch(int epoch, double loss, double score) {
      int every = (epochs + MOST - 1) / MOST;
      if (epoch % every != 0) {
        return;
      }
      long now = System.nanoTime();
      out.printf(
          "epoch %d/%d: loss %.4f%s, %,.0f samples/s%n",
          epoch, epochs, loss, shown(score, percent), rows * 1e9 / (now - start));
      start = now;
      rows = 0;
    }
  }

  /** A bar that is drawn over and over in one line: for terminals. */
  final class Bar implements Progress {
    private static final int MILLIS = 100;

    private final ProgressBar bar;
    private final boolean percent;
    private final long start = System.nanoTime();
    private long shown = start;
    private long rows;
    private double score = Double.NaN;

    /**
     * A line as wide as the terminal is now, without the last column. Terminals that have become
     * narrower since cut it off, as they are told, instead of going on in the next line.
     */
    private static final class Line extends ConsoleProgressBarConsumer {
      private static final boolean CAN_CUT = File.separatorChar == '/';

      private final PrintStream out;
      private final IntSupplier width;

      Line(PrintStream out, IntSupplier width) {
        super(out, TerminalWidth.USUAL);
        this.out = out;
        this.width = width;
      }

      @Override
      public int getMaxRenderedLength() {
        return Math.max(1, width.getAsInt() - 1);
      }

      @Override
      public void accept(String bar) {
        String line = '\r' + bar.substring(0, Math.min(bar.length(), getMaxRenderedLength()));
        out.print(CAN_CUT ? "\u001b[?7l" + line + "\u001b[?7h" : line);
      }
    }

    /**
     * Draws a bar.
     *
     * @param width how wide the terminal is; the library would load native code to ask
     */
    public Bar(PrintStream out, IntSupplier width, int epochs, int rowsOfEpoch, boolean percent) {
      this.percent = percent;
      boolean unicode = out.charset().equals(StandardCharsets.UTF_8);
      this.bar =
          new ProgressBarBuilder()
              .setTaskName("")
              .setInitialMax((long) epochs * rowsOfEpoch)
              .setUnit("", rowsOfEpoch)
              .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(MILLIS)
              .setConsumer(new Line(out, width))
              .build();
    }

    @Override
    public void batch(int rows, double loss) {
      this.rows += rows;
      bar.stepBy(rows);
      if (System.nanoTime() - shown > MILLIS * 1_000_000L) {
        show(loss);
      }
    }

    @Override
    public void epoch(int epoch, double loss, double newScore) {
      score = newScore;
      show(loss);
    }

    private void show(double loss) {
      shown = System.nanoTime();
      double speed = rows * 1e9 / (shown - start);
      bar.setExtraMessage(
          Terminal.format("loss %.4f%s, %,.0f samples/s", loss, shown(score, percent), speed));
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
