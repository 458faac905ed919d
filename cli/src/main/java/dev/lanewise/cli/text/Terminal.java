package dev.lanewise.cli.text;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Text for people. Names of columns and classes, cells, and what model files say of themselves are
 * whatever somebody wrote: sent to a terminal as it is, a control character among it could clear
 * the screen, set the clipboard, or show other words than are there. So every text of a command
 * goes through here, and control characters come out as escapes such as {@code \u001b}, which also
 * mean the same within JSON.
 *
 * <p>The predictions on standard output do not: they are data, byte for byte those of {@code
 * --out}, and a class's name must come out as it went in.
 */
public final class Terminal {
  private Terminal() {}

  /**
   * Returns where a command writes what was asked for.
   *
   * @param spec the command
   * @return standard output, with line ends and tabs the only control characters; it formats
   *     numbers as {@link #format} does
   */
  public static PrintWriter out(CommandSpec spec) {
    return safe(spec.commandLine().getOut());
  }

  /**
   * Returns where a command writes what else is to be said.
   *
   * @param spec the command
   * @return standard error, likewise
   */
  public static PrintWriter err(CommandSpec spec) {
    return safe(spec.commandLine().getErr());
  }

  private static PrintWriter safe(Writer to) {
    return new PrintWriter(new Safe(to), true) {
      @Override
      @SuppressWarnings("AnnotateFormatMethod") // Its annotation would be a dependency.
      public PrintWriter format(String format, Object... values) {
        return format(Locale.ROOT, format, values);
      }
    };
  }

  /** Returns a text with numbers as in English, whatever is usual on this machine. */
  @SuppressWarnings("AnnotateFormatMethod") // Its annotation would be a dependency.
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Returns a text without any control character, line ends among them. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> append(line, c);
      }
    }
    return line.toString();
  }

  private static void append(StringBuilder to, char c) {
    if (isControl(c)) {
      to.append(String.format("\\u%04x", (int) c));
    } else {
      to.append(c);
    }
  }

  private static boolean isControl(char c) {
    return Character.isISOControl(c)
        // Line and paragraph separators, and what embeds or overrides the direction of text.
        || (c >= '\u2028' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  /** Leaves line ends and tabs alone. */
  private static final class Safe extends FilterWriter {
    Safe(Writer to) {
      super(to);
    }

    @Override
    public void write(int c) throws IOException {
      write(Character.toString((char) c), 0, 1);
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
      write(new String(text, from, count), 0, count);
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
      StringBuilder safe = new StringBuilder(count);
      for (int i = from; i < from + count; i++) {
        char c = text.charAt(i);
        boolean lineEnd =
            c == '\n' || (c == '\r' && i + 1 < from + count && text.charAt(i + 1) == '\n');
        if (lineEnd || c == '\t') {
          safe.append(c);
        } else {
          Terminal.append(safe, c);
        }
      }
      out.write(safe.toString());
    }
  }
}
