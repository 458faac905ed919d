package dev.lanewise.cli.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/**
 * What the first bytes of a file say that it is, whatever its name.
 *
 * @param kind which reader it is for
 * @param problem if it is for none: what it is and what to do; otherwise null
 * @param charset of a text
 * @param mark how many bytes at the start of a text say its charset
 */
record Content(Kind kind, String problem, Charset charset, int mark) {
  /** Whom it is for. */
  enum Kind {
    /** A text. */
    TEXT,
    /** An array of NumPy, or a zip archive of them. */
    NUMPY,
    /** Nobody here, unless its name says that it is one of NumPy. */
    ZIP,
    /** Nobody here. */
    OTHER
  }

  /** Stands in a text for bytes that are none; no character has this number. */
  static final char NO_TEXT = '\uffff';

  private static final int LOOK = 1 << 16;
  private static final int LOOK_FOR_ZEROS = 1 << 10;

  /** Where a file's name stands in a zip archive, and where its length. */
  private static final int ZIP_NAME = 30;

  private static final int ZIP_NAME_LENGTH = 26;

  /** Looks at the first bytes of a file. */
  static Content of(byte[] head) {
    byte[] first = Arrays.copyOf(head, Math.min(LOOK, head.length));
    String bytes = new String(first, ISO_8859_1);
    if (bytes.startsWith("\u0093NUMPY")) {
      return new Content(Kind.NUMPY, null, null, 0);
    }
    if (bytes.startsWith("PK\3\4") || bytes.startsWith("PK\5\6")) {
      return zip(bytes);
    }
    String binary = Foreign.binary(first);
    if (binary != null) {
      return other(binary);
    }
    Content text = text(first, bytes);
    String named = text.kind == Kind.TEXT ? Foreign.text(text.decoded(first).stripLeading()) : null;
    return named == null ? text : other(named);
  }

  private static Content other(String problem) {
    return new Content(Kind.OTHER, problem, null, 0);
  }

  private static Content zip(String bytes) {
    if (bytes.length() > ZIP_NAME) {
      int end = ZIP_NAME + bytes.charAt(ZIP_NAME_LENGTH) + (bytes.charAt(ZIP_NAME_LENGTH + 1) << 8);
      if (bytes.substring(ZIP_NAME, Math.min(bytes.length(), end)).endsWith(".npy")) {
        return new Content(Kind.NUMPY, null, null, 0);
      }
    }
    String named = Foreign.zip(bytes);
    return named != null
        ? other(named)
        : new Content(Kind.ZIP, "a zip archive; unpack it and name the table in it", null, 0);
  }

  /** Sees the charset of a text by its mark, and UTF-16 without one by its zeros. */
  private static Content text(byte[] head, String bytes) {
    if (bytes.startsWith("\u00ef\u00bb\u00bf")) {
      return text(UTF_8, 3);
    }
    if (bytes.startsWith("\0\0\u00fe\u00ff")) {
      return text(Charset.forName("UTF-32BE"), 4);
    }
    if (bytes.startsWith("\u00ff\u00fe\0\0")) {
      return text(Charset.forName("UTF-32LE"), 4);
    }
    if (bytes.startsWith("\u00ff\u00fe")) {
      return text(UTF_16LE, 2);
    }
    if (bytes.startsWith("\u00fe\u00ff")) {
      return text(UTF_16BE, 2);
    }
    String wide = wide(head);
    return wide == null
        ? text(UTF_8, 0)
        : other(
            "in %s; save it in UTF-8, for example by iconv -f %s -t UTF-8"
                .formatted(wide.substring(0, 6), wide));
  }

  private static Content text(Charset charset, int mark) {
    return new Content(Kind.TEXT, null, charset, mark);
  }

  /** Returns the charset in which most characters have a byte of zero; null if it is none. */
  private static String wide(byte[] head) {
    int[] zeros = new int[4];
    int length = Math.min(head.length, LOOK_FOR_ZEROS) & -4;
    for (int i = 0; i < length; i++) {
      zeros[i & 3] += head[i] == 0 ? 1 : 0;
    }
    int most = length / 4;
    StringBuilder bytes = new StringBuilder();
    for (int count : zeros) {
      bytes.append(count == 0 ? 'x' : count * 10 >= 8 * most ? '0' : '?');
    }
    return switch (most < 2 ? "" : bytes.toString()) {
      case "x000" -> "UTF-32LE";
      case "x0x0" -> "UTF-16LE";
      case "000x" -> "UTF-32BE";
      case "0x0x" -> "UTF-16BE";
      default -> null;
    };
  }

  private CharsetDecoder decoder() {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .replaceWith(String.valueOf(NO_TEXT));
  }

  /** Returns the text behind the mark, of which the last character may be cut off. */
  String decoded(byte[] head) {
    try {
      int length = Math.max(0, head.length - mark);
      return decoder().decode(ByteBuffer.wrap(head, mark, length)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the text behind the mark; {@link #NO_TEXT} stands for bytes that are none. */
  Reader reader(InputStream in) throws IOException {
    try {
      in.skipNBytes(mark);
      return new InputStreamReader(in, decoder());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
