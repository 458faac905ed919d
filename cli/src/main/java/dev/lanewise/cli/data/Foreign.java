package dev.lanewise.cli.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Files that nobody here reads: what they are, and what to do with them. */
final class Foreign {
  /** The first bytes of formats, a character each, and what a message says of them. */
  private static final String[][] STARTS = {
    {"PAR1", "a Parquet file; $pandas"},
    {"ORC", "an ORC file; $pandas"},
    {"Obj\1", "an Avro file; $pandas"},
    {"ARROW1", "a Feather file; $pandas"},
    {"FEA1", "a Feather file; $pandas"},
    {"\u0089HDF\r\n\u001a\n", "an HDF5 file; $pandas"},
    {"\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "an old Excel workbook (xls); $save"},
    {"SQLite format 3\0", "a SQLite database; write its table as CSV by sqlite3 -csv"},
    {"MATLAB 5.0 MAT-file", "a MATLAB file; write its table as CSV by writetable"},
    {"RDX2\n", "an R data file; write its table by write.csv"},
    {"RDX3\n", "an R data file; write its table by write.csv"},
    {"X\n\0\0\0", "an R data file; write its table by write.csv"},
    {"$FL2", "an SPSS file; $save"},
    {"<stata_dta>", "a Stata file; $pandas"},
    {"%PDF-", "a PDF document; $save"},
    {"{\\rtf", "an RTF document; $save"},
    {"\u0089PNG", "a PNG image; $images"},
    {"\u00ff\u00d8\u00ff", "a JPEG image; $images"},
    {"GIF8", "a GIF image; $images"},
    {"LANEWISE", "a model of lanewise; name a table of samples behind it"},
    {"BZh", "compressed by bzip2; unpack it by bunzip2"},
    {"\u00fd7zXZ\0", "compressed by xz; unpack it by unxz"},
    {"(\u00b5/\u00fd", "compressed by zstd; unpack it by unzstd"},
    {"\u0004\"M\u0018", "compressed by lz4; unpack it by unlz4"},
    {"\u001f\u008b", "compressed by gzip twice; unpack it by gunzip"},
    {"\u001f\u009d", "compressed by compress; unpack it by uncompress"},
    {"7z\u00bc\u00af'\u001c", "a 7z archive; unpack it"},
    {"Rar!\u001a\u0007", "a RAR archive; unpack it"},
    {"\u007fELF", "a program, no table; name a table of samples"},
  };

  private static final int LONGEST_SAFETENSORS_HEADER = 100_000_000;

  private Foreign() {}

  private static String said(String what) {
    return what.replace("$save", "save its table as CSV in UTF-8")
        .replace("$pandas", "write it as CSV, for example by pandas' to_csv")
        .replace("$images", "images are given by --images, as IDX files");
  }

  /** Returns what some first bytes are that are no text; null if they may be one. */
  static String binary(byte[] head) {
    String bytes = new String(head, ISO_8859_1);
    for (String[] start : STARTS) {
      if (bytes.startsWith(start[0])) {
        return said(start[1]);
      }
    }
    if (bytes.matches("(?s)\u0080[\2-\5].{3}.*")) {
      return said("a pickle of Python; $pandas");
    }
    if (bytes.startsWith("ustar", 257)) {
      return "a tar archive; unpack it by tar -xf";
    }
    if (bytes.matches("(?s)\0\0[\u0008-\u000e][\1-\4].+")) {
      return "an IDX file; give images and their labels by --images and --labels";
    }
    if (bytes.startsWith("{\"", 8)) {
      long length = Long.reverseBytes(ByteBuffer.wrap(head).getLong());
      if (length > 1 && length < LONGEST_SAFETENSORS_HEADER) {
        return "a safetensors file; look at it by lanewise inspect, or save arrays as .npz";
      }
    }
    return null;
  }

  /** Returns what a zip archive is by its first bytes; null if it is none of an office's. */
  static String zip(String bytes) {
    if (bytes.contains("opendocument.spreadsheet")) {
      return said("an OpenDocument spreadsheet; $save");
    }
    return bytes.contains("xl/") || bytes.contains("[Content_Types].xml")
        ? "an Excel workbook (xlsx); save its sheet as CSV UTF-8"
        : null;
  }

  /** Returns what a text is that is no table; null if it may be one. */
  static String text(String text) {
    String start = text.substring(0, Math.min(200, text.length())).toLowerCase(Locale.ROOT);
    if (start.startsWith("version https://git-lfs")) {
      return "a Git LFS pointer, not the file itself; fetch it by git lfs pull";
    }
    boolean remark = start.startsWith("<!--");
    if (start.matches("(?s)<(!doctype html|html|head).*")
        || (remark && text.toLowerCase(Locale.ROOT).contains("<html"))) {
      return "an HTML page, perhaps one that a download gave in place of the file; fetch the table"
          + " itself";
    }
    if (remark || start.startsWith("<?xml")) {
      return said("XML; $save");
    }
    if (isArff(text)) {
      return "an ARFF file of Weka; save it as CSV, or remove all lines to @data and add names";
    }
    return start.matches("(?s)\\{\\s*(\"|\\}).*|\\[\\s*[\\[{\"].*")
            || start.matches("(?s)\\[\\s*-?[0-9.]+\\s*,[^)]*(\\].*)?")
        ? "JSON; write its rows as CSV, for example by pandas' read_json and to_csv"
        : null;
  }

  /** Comments above may be long. */
  private static boolean isArff(String text) {
    return text.lines()
        .dropWhile(line -> line.isBlank() || line.startsWith("%"))
        .findFirst()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("@relation"))
        .isPresent();
  }
}
