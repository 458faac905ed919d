package dev.lanewise.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * An array of NumPy as its file holds it: numbers or texts in rows and columns, without loss. All
 * dimensions but the first make the columns; an array of one dimension has one.
 *
 * <p>It cannot be changed, and is safe for several threads.
 */
public final class NpyArray {
  private final NpyHeader header;
  private final MemorySegment items;

  /** How many items lie between two rows. */
  private final long rowStride;

  /** Where each column begins, in items. */
  private final int[] columnStarts;

  NpyArray(Path file, String where, NpyHeader header, MemorySegment items) throws FileException {
    this.header = header;
    this.items = items;
    this.columnStarts = new int[header.count() == 0 ? 0 : columns()];
    this.rowStride = header.columnMajor() ? 1 : columns();
    for (int c = 0; c < columnStarts.length; c++) {
      columnStarts[c] = header.columnMajor() ? columnMajorStart(c) : c;
    }
    if (isText() && header.wide()) {
      requireUnicode(file, where);
    }
  }

  private int columnMajorStart(int column) {
    int[] strides = new int[header.shape().size()];
    int stride = 1;
    for (int d = 0; d < strides.length; d++) {
      strides[d] = stride;
      stride *= header.shape().get(d);
    }
    int rest = column;
    int start = 0;
    for (int d = strides.length - 1; d > 0; d--) {
      start += rest % header.shape().get(d) * strides[d];
      rest /= header.shape().get(d);
    }
    return start;
  }

  private void requireUnicode(Path file, String where) throws FileException {
    for (long at = 0; at < items.byteSize(); at += Integer.BYTES) {
      int character = codePoint(at);
      boolean surrogate =
          character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
      if (!Character.isValidCodePoint(character) || surrogate) {
        throw new FileException(
            file, where, "has a text that is no Unicode", "save or copy it again");
      }
    }
  }

  /**
   * Returns the dimensions.
   *
   * @return them, outermost first, unmodifiable
   */
  public List<Integer> shape() {
    return header.shape();
  }

  /**
   * Returns how many rows there are.
   *
   * @return the first dimension; 1 if there is none
   */
  public int rows() {
    return shape().isEmpty() ? 1 : shape().get(0);
  }

  /**
   * Returns how many columns there are.
   *
   * @return the product of all dimensions but the first; 1 if there is none
   */
  public int columns() {
    return shape().stream().skip(1).reduce(1, (a, b) -> a * b);
  }

  /**
   * Returns whether it holds texts.
   *
   * @return false for numbers
   */
  public boolean isText() {
    return header.type() == null;
  }

  /**
   * Returns a number.
   *
   * @param row which row, from 0
   * @param column which column, from 0
   * @return it; a whole number beyond {@code 2^53} as the nearest double, a bool as 0 or 1
   * @throws IllegalStateException if there are texts
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public double number(int row, int column) {
    if (isText()) {
      throw new IllegalStateException("the array holds texts; ask for text");
    }
    return header.type().number(items, at(row, column), header.order());
  }

  /**
   * Returns a text, or a number as it would be typed: every digit of a whole number, and so many of
   * another one that no other has the same.
   *
   * @param row which row, from 0
   * @param column which column, from 0
   * @return it
   * @throws IndexOutOfBoundsException if there is no such row or column
   */
  public String text(int row, int column) {
    long at = at(row, column);
    if (!isText()) {
      return header.type().text(items, at, header.order());
    }
    return header.wide() ? codePoints(at) : bytes(at);
  }

  private long at(int row, int column) {
    Objects.checkIndex(row, rows());
    return (row * rowStride + columnStarts[column]) * header.itemBytes();
  }

  private int codePoint(long at) {
    int bits = items.get(ValueLayout.JAVA_INT_UNALIGNED, at);
    return header.order() == ByteOrder.nativeOrder() ? bits : Integer.reverseBytes(bits);
  }

  /** Texts end with zeros, which do not count. */
  private String codePoints(long at) {
    long end = at + header.itemBytes();
    while (end > at && codePoint(end - Integer.BYTES) == 0) {
      end -= Integer.BYTES;
    }
    StringBuilder text = new StringBuilder();
    for (long i = at; i < end; i += Integer.BYTES) {
      text.appendCodePoint(codePoint(i));
    }
    return text.toString();
  }

  private String bytes(long at) {
    byte[] all = items.asSlice(at, header.itemBytes()).toArray(ValueLayout.JAVA_BYTE);
    int length = all.length;
    while (length > 0 && all[length - 1] == 0) {
      length--;
    }
    byte[] text = Arrays.copyOf(all, length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }

  /** Returns the shape. */
  @Override
  public String toString() {
    return "NpyArray" + shape();
  }
}
