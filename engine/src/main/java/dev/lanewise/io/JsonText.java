package dev.lanewise.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON (RFC 8259) that headers of safetensors files need: objects without a name twice, arrays,
 * strings, and whole numbers from 0.
 */
final class JsonText {
  /** A header needs 4. */
  private static final int DEEPEST = 16;

  private final HeaderText text;

  private JsonText(HeaderText text) {
    this.text = text;
  }

  /** Reads an object that is all there is, as maps, lists, strings and longs. */
  static Map<String, Object> read(HeaderText text) throws FileException {
    Map<String, Object> object = new JsonText(text).object(1);
    text.expectEnd();
    return object;
  }

  private Map<String, Object> object(int depth) throws FileException {
    Map<String, Object> object = new LinkedHashMap<>();
    text.expect('{');
    if (text.accept('}')) {
      return object;
    }
    do {
      String name = string();
      text.expect(':');
      if (object.put(name, value(depth)) != null) {
        throw text.error("expected every name once, but " + HeaderText.quoted(name) + " is twice");
      }
    } while (text.accept(','));
    text.expect('}');
    return object;
  }

  private List<Object> array(int depth) throws FileException {
    List<Object> array = new ArrayList<>();
    text.expect('[');
    if (text.accept(']')) {
      return array;
    }
    do {
      array.add(value(depth));
    } while (text.accept(','));
    text.expect(']');
    return array;
  }

  private Object value(int depth) throws FileException {
    if (depth == DEEPEST) {
      throw text.error("expected no more than " + DEEPEST + " values inside each other");
    }
    return switch (text.peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      default -> text.wholeNumber();
    };
  }

  private String string() throws FileException {
    text.expect('"');
    StringBuilder string = new StringBuilder();
    for (char c = text.next(); c != '"'; c = text.next()) {
      if (c < ' ') {
        throw text.error("expected no control character before this in a string");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() throws FileException {
    char c = text.next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = "0123456789abcdef".indexOf(Character.toLowerCase(text.next()));
          if (digit < 0) {
            throw text.error("expected four hexadecimal digits before this");
          }
          code = code << 4 | digit;
        }
        yield (char) code;
      }
      default -> throw text.error("expected one of \"\\/bfnrtu after a backslash before this");
    };
  }

  /**
   * Returns a string in quotes.
   *
   * @throws IllegalArgumentException if it cannot be written as UTF-8
   */
  static String quote(String string) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
      throw new IllegalArgumentException(
          HeaderText.quoted(string) + " has half a surrogate pair: complete or remove it");
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u00").append(Character.forDigit(c >> 4, 16));
        quoted.append(Character.forDigit(c & 15, 16));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
