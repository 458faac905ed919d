package dev.lanewise.cli.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

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
    /** A table of lines and cells. */
    TEXT,
    /** Lines of a label and pairs {@code index:value}. */
    LIBSVM,
    /** An array of NumPy, or a zip archive of them. */
    NUMPY,
    /** Nobody here, unless its name says that it is one of NumPy. */
    ZIP,
    /** Nobody here. */
    OTHER
  }

  /** A text without a mark. */
  static final Content UTF8_TEXT = new Content(Kind.TEXT, null, UTF_8, 0);

  private static final String SAVE = "; save its table as CSV in UTF-8";
  private static final String UNPACK = "; unpack it";
  private static final String PANDAS = "; write it as CSV, for example by pandas' to_csv";
  private static final Map<String, String> STARTS = starts();

  private static final int LOOK = 1 << 16;
  private static final int LIBSVM_LINES = 20;

  private static final String NUMBER = "[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?";
  private static final Pattern LABEL = Pattern.compile(NUMBER + "(?:,[0-9]+)*");
  private static final Pattern PAIR = Pattern.compile("(?:[0-9]+|qid):" + NUMBER);

  /** A pair that could be an hour and its minute. */
  private static final Pattern TIME = Pattern.compile("[0-2]?[0-9]:[0-5][0-9]");

  private static Map<String, String> starts() {
    Map<String, String> starts = new LinkedHashMap<>();
    starts.put("PAR1", "a Parquet file" + PANDAS);
    starts.put("ORC", "an ORC file" + PANDAS);
    starts.put("Obj\1", "an Avro file" + PANDAS);
    starts.put("ARROW1", "a Feather file" + PANDAS);
    starts.put("FEA1", "a Feather file" + PANDAS);
    starts.put("\u0089HDF\r\n\u001a\n", "an HDF5 file" + PANDAS);
    starts.put(
        "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "an old Excel workbook (xls)" + SAVE);
    starts.put("SQLite format 3\0", "a SQLite database; write its table as CSV by sqlite3 -csv");
    starts.put("MATLAB 5.0 MAT-file", "a MATLAB file; write its table as CSV by writetable");
    starts.put("RDX2\n", "an R data file; write its table by write.csv");
    starts.put("RDX3\n", "an R data file; write its table by write.csv");
    starts.put("X\n\0\0\0", "an R data file; write its table by write.csv");
    starts.put("$FL2", "an SPSS file" + SAVE);
    starts.put("<stata_dta>", "a Stata file" + PANDAS);
    starts.put("%PDF-", "a PDF document" + SAVE);
    starts.put("{\\rtf", "an RTF document" + SAVE);
    starts.put("\u0089PNG", "a PNG image; images are given by --images, as IDX files");
    starts.put("\u00ff\u00d8\u00ff", "a JPEG image; images are given by --images, as IDX files");
    starts.put("GIF8", "a GIF image; images are given by --images, as IDX files");
    starts.put("LANEWISE", "a model of lanewise; name a table of samples behind it");
    starts.put("BZh", "compressed by bzip2; unpack it by bunzip2");
    starts.put("\u00fd7zXZ\0", "compressed by xz; unpack it by unxz");
    starts.put("(\u00b5/\u00fd", "compressed by zstd; unpack it by unzstd");
    starts.put("\u0004\"M\u0018", "compressed by lz4; unpack it by unlz4");
    starts.put("\u001f\u008b", "compressed by gzip twice; unpack it by gunzip");
    starts.put("\u001f\u009d", "compressed by compress; unpack it by uncompress");
    starts.put("7z\u00bc\u00af'\u001c", "a 7z archive" + UNPACK);
    starts.put("Rar!\u001a\u0007", "a RAR archive" + UNPACK);
    starts.put("\u007fELF", "a program, no table; name a table of samples");
    return starts;
  }

  /** Looks at the first bytes of a file. */
  static Content of(byte[] head) {
    String bytes = new String(head, 0, Math.min(LOOK, head.length), ISO_8859_1);
    if (bytes.startsWith("\u0093NUMPY")) {
      return new Content(Kind.NUMPY, null, null, 0);
    }
    if (bytes.startsWith("PK\3\4") || bytes.startsWith("PK\5\6")) {
      return zip(bytes);
    }
    String binary = binary(head, bytes);
    if (binary != null) {
      return other(binary);
    }
    Content text = text(head, bytes);
    if (text.kind == Kind.OTHER) {
      return text;
    }
    String start = text.decoded(head, LOOK);
    String named = markup(start.stripLeading());
    return named != null
        ? other(named)
        : isLibSvm(start) ? new Content(Kind.LIBSVM, null, null, 0) : text;
  }

  private static Content other(String problem) {
    return new Content(Kind.OTHER, problem, null, 0);
  }

  private static Content zip(String bytes) {
    if (bytes.length() > 30) {
      int nameLength = bytes.charAt(26) | bytes.charAt(27) << 8;
      String first = bytes.substring(30, Math.min(bytes.length(), 30 + nameLength));
      if (first.endsWith(".npy")) {
        return new Content(Kind.NUMPY, null, null, 0);
      }
    }
    if (bytes.contains("opendocument.spreadsheet")) {
      return other("an OpenDocument spreadsheet" + SAVE);
    }
    if (bytes.contains("xl/") || bytes.contains("[Content_Types].xml")) {
      return other("an Excel workbook (xlsx); save its sheet as CSV UTF-8");
    }
    return new Content(Kind.ZIP, "a zip archive; unpack it and name the table in it", null, 0);
  }

  private static String binary(byte[] head, String bytes) {
    for (Map.Entry<String, String> start : STARTS.entrySet()) {
      if (bytes.startsWith(start.getKey())) {
        return start.getValue();
      }
    }
    if (bytes.length() > 4
        && bytes.charAt(0) == 0x80
        && bytes.charAt(1) <= 5
        && bytes.charAt(1) > 1) {
      return "a pickle of Python" + PANDAS;
    }
    if (bytes.startsWith("ustar", 257)) {
      return "a tar archive; unpack it by tar -xf";
    }
    if (bytes.length() > 4
        && bytes.startsWith("\0\0")
        && bytes.charAt(2) >= 8
        && bytes.charAt(2) <= 14
        && bytes.charAt(3) >= 1
        && bytes.charAt(3) <= 4) {
      return "an IDX file; give images and their labels by --images and --labels";
    }
    if (head.length > 9 && bytes.startsWith("{\"", 8)) {
      long length = Long.reverseBytes(ByteBuffer.wrap(head).getLong());
      if (length > 1 && length < 100_000_000) {
        return "a safetensors file; look at it by lanewise inspect, or save arrays as .npz";
      }
    }
    return null;
  }

  /** Sees the charset of a text by its mark, and UTF-16 without one by its zeros. */
  private static Content text(byte[] head, String bytes) {
    if (bytes.startsWith("\u00ef\u00bb\u00bf")) {
      return new Content(Kind.TEXT, null, UTF_8, 3);
    }
    if (bytes.startsWith("\0\0\u00fe\u00ff")) {
      return new Content(Kind.TEXT, null, Charset.forName("UTF-32BE"), 4);
    }
    if (bytes.startsWith("\u00ff\u00fe\0\0")) {
      return new Content(Kind.TEXT, null, Charset.forName("UTF-32LE"), 4);
    }
    if (bytes.startsWith("\u00ff\u00fe")) {
      return new Content(Kind.TEXT, null, UTF_16LE, 2);
    }
    if (bytes.startsWith("\u00fe\u00ff")) {
      return new Content(Kind.TEXT, null, UTF_16BE, 2);
    }
    String wide = wide(head);
    return wide == null
        ? UTF8_TEXT
        : other(
            "in "
                + wide.substring(0, 6)
                + "; save it in UTF-8, for example by iconv -f "
                + wide
                + " -t UTF-8");
  }

  /** Returns the charset in which most characters have a byte of zero; null if it is none. */
  private static String wide(byte[] head) {
    int[] zeros = new int[4];
    int length = Math.min(head.length, 1 << 10) & -4;
    for (int i = 0; i < length; i++) {
      zeros[i & 3] += head[i] == 0 ? 1 : 0;
    }
    int most = length / 4;
    if (most < 2) {
      return null;
    }
    boolean[] all = new boolean[4];
    boolean[] none = new boolean[4];
    for (int i = 0; i < 4; i++) {
      all[i] = zeros[i] * 10 >= 8 * most;
      none[i] = zeros[i] == 0;
    }
    if (all[1] && all[3] && none[0]) {
      return all[2] ? "UTF-32LE" : none[2] ? "UTF-16LE" : null;
    }
    if (all[0] && all[2] && none[3]) {
      return all[1] ? "UTF-32BE" : none[1] ? "UTF-16BE" : null;
    }
    return null;
  }

  /** Returns the text behind the mark, of which the last character may be cut off. */
  String decoded(byte[] head, int mostBytes) {
    try {
      int length = Math.min(head.length, mostBytes) - mark;
      // What is no text is told where all of it is read, with its line.
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE)
          .decode(ByteBuffer.wrap(head, mark, Math.max(0, length)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String markup(String text) {
    String start = text.substring(0, Math.min(200, text.length())).toLowerCase(Locale.ROOT);
    if (start.startsWith("version https://git-lfs")) {
      return "a Git LFS pointer, not the file itself; fetch it by git lfs pull";
    }
    if (start.startsWith("<!doctype html")
        || start.startsWith("<html")
        || start.startsWith("<head")
        || (start.startsWith("<!--") && text.toLowerCase(Locale.ROOT).contains("<html"))) {
      return "an HTML page, perhaps one that a download gave in place of the file; fetch the table"
          + " itself";
    }
    if (start.startsWith("<?xml") || start.startsWith("<!--")) {
      return "XML" + SAVE;
    }
    if (isArff(text)) {
      return "an ARFF file of Weka; save it as CSV, or remove all lines to @data and add names";
    }
    if (start.matches("(?s)\\{\\s*(\"|\\}).*")
        || start.matches("(?s)\\[\\s*[\\[{\"].*")
        || start.matches("(?s)\\[\\s*-?[0-9.]+\\s*,[^)]*(\\].*)?")) {
      return "JSON; write its rows as CSV, for example by pandas' read_json and to_csv";
    }
    return null;
  }

  /** Comments above may be long. */
  private static boolean isArff(String text) {
    return text.lines()
        .dropWhile(line -> line.isBlank() || line.startsWith("%"))
        .findFirst()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("@relation"))
        .isPresent();
  }

  private static boolean isLibSvm(String text) {
    boolean cut = !text.endsWith("\n");
    String[] lines = text.split("\\R", LIBSVM_LINES + 1);
    int whole = cut && lines.length > 1 ? lines.length - 1 : lines.length;
    int pairs = 0;
    int times = 0;
    for (int i = 0; i < Math.min(whole, LIBSVM_LINES); i++) {
      int comment = lines[i].indexOf('#');
      String line = comment < 0 ? lines[i] : lines[i].substring(0, comment);
      StringTokenizer words = new StringTokenizer(line);
      if (!words.hasMoreTokens()) {
        continue;
      }
      if (!LABEL.matcher(words.nextToken()).matches()) {
        return false;
      }
      boolean time = words.countTokens() == 1;
      pairs += words.hasMoreTokens() ? 1 : 0;
      while (words.hasMoreTokens()) {
        String word = words.nextToken();
        if (!PAIR.matcher(word).matches()) {
          return false;
        }
        time &= TIME.matcher(word).matches();
      }
      times += time ? 1 : 0;
    }
    return pairs > 0 && times < pairs;
  }
}
