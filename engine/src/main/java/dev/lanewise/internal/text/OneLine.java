package dev.lanewise.internal.text;

/** Messages that quote files, which hold any text. */
public final class OneLine {
  private static final int LONGEST = 1_000;
  private static final int END = 200;

  private OneLine() {}

  /**
   * Makes a message one line that terminals can show: with question marks for what is no character
   * to look at, and without the middle if it is long.
   */
  public static String of(String message) {
    String shown = message;
    if (message.length() > LONGEST) {
      int end = message.length() - END;
      shown = message.substring(0, LONGEST - END) + " ... " + message.substring(end);
    }
    StringBuilder line = new StringBuilder();
    shown.codePoints().map(c -> isPlain(c) ? c : '?').forEach(line::appendCodePoint);
    return line.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
