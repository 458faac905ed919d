package dev.lanewise.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header of an NPY file: which numbers or texts, in which order, of which shape.
 *
 * @param type how a number is kept; null where there are texts
 * @param itemBytes how many bytes a number or a text takes
 * @param wide whether a character of texts takes four bytes, as code points, not one
 * @param order which byte of a number comes first
 * @param columnMajor whether the first index, not the last, runs fastest
 * @param shape the dimensions
 * @param bytes how long the header is, from the start of the file
 */
record NpyHeader(
    NumberType type,
    int itemBytes,
    boolean wide,
    ByteOrder order,
    boolean columnMajor,
    List<Integer> shape,
    int bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Where NumPy starts the numbers: at a multiple of this. */
  private static final int ALIGNMENT = 64;

  /** NumPy reads none that is longer. */
  private static final int LONGEST = 10_000;

  /** NumPy's own limit. */
  private static final int MOST_DIMENSIONS = 64;

  /** What messages call an array that is a file of its own. */
  static final String WHERE = "this file";

  private static final String NAME = "the NPY header";

  /** Texts of a longer type are no labels or cells. */
  private static final int LONGEST_TEXT = 1 << 16;

  static NpyHeader read(Path file, String where, InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new FileException(file, where, "does not start as NPY does", "save it with numpy.save");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3 || start[MAGIC.length + 1] != 0) {
      throw new FileException(
          file,
          where,
          "has version " + version + "." + start[MAGIC.length + 1],
          "expected 1.0, 2.0 or 3.0");
    }
    byte[] size = in.readNBytes(version == 1 ? 2 : 4);
    long length = 0;
    for (int i = 0; i < size.length; i++) {
      length |= Byte.toUnsignedLong(size[i]) << (Byte.SIZE * i);
    }
    if (length > LONGEST) {
      throw new FileException(
          file, where, "has a header of " + length + " bytes", "expected at most " + LONGEST);
    }
    byte[] text = in.readNBytes((int) length);
    if (text.length < length || size.length < (version == 1 ? 2 : 4)) {
      throw new FileException(
          file, where, "ends within its header", "it was cut off: save or copy it again");
    }
    String name = where.equals(WHERE) ? NAME : NAME + " of " + where;
    String header = new String(text, StandardCharsets.ISO_8859_1);
    int bytes = start.length + size.length + text.length;
    return parse(file, name, new HeaderText(file, name, header, " \n\t"), bytes);
  }

  private static NpyHeader parse(Path file, String name, HeaderText text, int bytes)
      throws FileException {
    String type = null;
    Boolean columnMajor = null;
    List<Integer> shape = null;
    text.expect('{');
    while (!text.accept('}')) {
      String key = string(text);
      text.expect(':');
      text.peek();
      if (key.equals("descr") && type == null) {
        if (text.peek() == '[') {
          throw new FileException(
              file,
              name,
              "says that this is a structured array",
              "expected one of numbers: convert it with"
                  + " numpy.lib.recfunctions.structured_to_unstructured(array)");
        }
        type = string(text);
      } else if (key.equals("fortran_order") && columnMajor == null) {
        columnMajor = bool(text);
      } else if (key.equals("shape") && shape == null) {
        shape = shape(file, name, text);
      } else {
        throw new FileException(
            file,
            name,
            "has " + HeaderText.quoted(key) + (isKey(key) ? " twice" : ""),
            "expected descr, fortran_order and shape, each once");
      }
      if (!text.accept(',')) {
        text.expect('}');
        break;
      }
    }
    text.expectEnd();
    if (type == null || columnMajor == null || shape == null) {
      String missing = type == null ? "descr" : columnMajor == null ? "fortran_order" : "shape";
      throw new FileException(file, name, "lacks " + missing, "save the array again");
    }
    return typed(file, name, type, columnMajor, shape, bytes);
  }

  private static NpyHeader typed(
      Path file, String name, String descr, boolean columnMajor, List<Integer> shape, int bytes)
      throws FileException {
    ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    if (descr.matches("[<>|]?[US]\\d{1,9}")) {
      boolean wide = descr.contains("U");
      int length = Integer.parseInt(descr.replaceAll("\\D", ""));
      if (length > LONGEST_TEXT) {
        throw new FileException(
            file,
            name,
            "has texts of up to " + length + " characters",
            "expected at most " + LONGEST_TEXT);
      }
      int itemBytes = wide ? Integer.BYTES * length : length;
      return new NpyHeader(null, itemBytes, wide, order, columnMajor, shape, bytes);
    }
    NumberType type = numberType(file, name, descr);
    return new NpyHeader(type, type.bytes(), false, order, columnMajor, shape, bytes);
  }

  private static boolean isKey(String key) {
    return key.equals("descr") || key.equals("fortran_order") || key.equals("shape");
  }

  private static String string(HeaderText text) throws FileException {
    char quote = text.peek();
    if (quote != '\'' && quote != '"') {
      throw text.error("expected a string; arrays of records are not read: save their columns");
    }
    text.expect(quote);
    StringBuilder string = new StringBuilder();
    for (char c = text.next(); c != quote; c = text.next()) {
      if (c == '\\') {
        throw text.error("expected a string without backslashes");
      }
      string.append(c);
    }
    return string.toString();
  }

  private static boolean bool(HeaderText text) throws FileException {
    boolean yes = text.acceptWord("True");
    if (!yes && !text.acceptWord("False")) {
      throw text.error("expected True or False");
    }
    return yes;
  }

  private static List<Integer> shape(Path file, String name, HeaderText text) throws FileException {
    int[] sizes = new int[MOST_DIMENSIONS];
    int dimensions = 0;
    long extent = 1;
    text.expect('(');
    while (!text.accept(')')) {
      long size = text.wholeNumber();
      // Python 2 wrote long numbers so.
      text.acceptWord("L");
      extent = size > NumberType.LONGEST_ARRAY ? Long.MAX_VALUE : extent * Math.max(1, size);
      if (extent > NumberType.LONGEST_ARRAY || dimensions == MOST_DIMENSIONS) {
        throw new FileException(
            file,
            name,
            "has a shape of too many numbers or dimensions",
            "one array holds at most "
                + NumberType.LONGEST_ARRAY
                + " numbers and "
                + MOST_DIMENSIONS
                + " dimensions: save it in parts");
      }
      sizes[dimensions++] = (int) size;
      if (!text.accept(',')) {
        text.expect(')');
        break;
      }
    }
    return Arrays.stream(sizes, 0, dimensions).boxed().toList();
  }

  private static NumberType numberType(Path file, String name, String descr) throws FileException {
    return switch (descr.replaceFirst("^[<>|=]", "")) {
      case "b1" -> NumberType.BOOL;
      case "f2" -> NumberType.F16;
      case "f4" -> NumberType.F32;
      case "f8" -> NumberType.F64;
      case "i1" -> NumberType.I8;
      case "i2" -> NumberType.I16;
      case "i4" -> NumberType.I32;
      case "i8" -> NumberType.I64;
      case "u1" -> NumberType.U8;
      case "u2" -> NumberType.U16;
      case "u4" -> NumberType.U32;
      case "u8" -> NumberType.U64;
      default -> throw new FileException(file, name, holds(descr), remedy(descr));
    };
  }

  private static char kind(String descr) {
    String letters = descr.replaceFirst("^[<>|=]", "");
    return letters.isEmpty() ? 0 : letters.charAt(0);
  }

  private static String holds(String descr) {
    String type = " (type " + HeaderText.quoted(descr) + ")";
    return switch (kind(descr)) {
      case 'O', 'T' -> "has Python objects, kept by pickle" + type;
      case 'c' -> "has complex numbers" + type;
      case 'M' -> "has dates, datetime64" + type;
      case 'm' -> "has spans of time, timedelta64" + type;
      case 'V' -> "has raw bytes" + type;
      case 'f', 'g' -> "has long doubles" + type;
      default -> "has numbers of type " + HeaderText.quoted(descr);
    };
  }

  private static String remedy(String descr) {
    return switch (kind(descr)) {
      case 'O', 'T' ->
          "save texts as array.astype(str), and numbers as array.astype('float64'): only Python"
              + " reads its objects";
      case 'c' -> "save array.real and array.imag as columns of their own";
      case 'M' -> "save numbers, such as array.astype('datetime64[s]').astype('float64')";
      case 'm' -> "save numbers, such as array / numpy.timedelta64(1, 's')";
      default ->
          "expected whole numbers, bool, float16, float32, float64 or texts: convert them with"
              + " array.astype('float64')";
    };
  }

  /** Returns how many numbers the shape holds. */
  int count() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Returns the header of version 1.0 for floats of a shape, the lowest byte first. */
  static byte[] bytes(List<Integer> shape) {
    String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + sizes
            + (shape.size() == 1 ? ",), }" : "), }");
    int start = MAGIC.length + 4;
    int length = (start + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) ' ');
    System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
    bytes[MAGIC.length] = 1;
    bytes[MAGIC.length + 1] = 0;
    bytes[MAGIC.length + 2] = (byte) (length - start);
    bytes[MAGIC.length + 3] = (byte) ((length - start) >> Byte.SIZE);
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, bytes, start, ascii.length);
    bytes[length - 1] = '\n';
    return bytes;
  }
}
