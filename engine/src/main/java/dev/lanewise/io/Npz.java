package dev.lanewise.io;

import dev.lanewise.internal.file.FileFailure;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes NPZ files, several arrays of NumPy by name: a zip archive of {@link Npy} files,
 * as {@code numpy.savez} and {@code numpy.savez_compressed} make it.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** The earliest time that a zip archive can name, so that equal arrays give equal files. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Reads all arrays, which must be numbers. An entry takes at most about 2 GiB.
   *
   * @param file an NPZ file, plain or compressed, in the default file system
   * @return the arrays by name, in the order of the file, unmodifiable
   * @throws FileException if the file is missing, damaged, or holds something else
   * @throws IOException if it cannot be read
   */
  public static Map<String, FloatArray> read(Path file) throws IOException {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    use(
        file,
        zip -> {
          for (Map.Entry<String, ZipEntry> entry : entries(file, zip).entrySet()) {
            String where = where(entry.getValue());
            byte[] bytes = content(file, where, zip, entry.getValue());
            InputStream in = new ByteArrayInputStream(bytes);
            arrays.put(entry.getKey(), Npy.read(file, where, in, bytes.length));
          }
        });
    return Collections.unmodifiableMap(arrays);
  }

  /**
   * Tells which arrays there are; none of them is read.
   *
   * @param file an NPZ file
   * @return their names, in the order of the file, unmodifiable
   * @throws FileException if the file is missing or damaged, or holds something else than arrays
   * @throws IOException if it cannot be read
   */
  public static Set<String> names(Path file) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    use(file, zip -> names.addAll(entries(file, zip).keySet()));
    return Collections.unmodifiableSet(names);
  }

  /**
   * Reads some arrays, of numbers or texts. The others need not be arrays that can be read.
   *
   * @param file an NPZ file
   * @param names which arrays
   * @return them, in the order of the names, unmodifiable
   * @throws FileException if the file is missing or damaged, or one of them is not there, is
   *     damaged, or holds something else
   * @throws IOException if it cannot be read
   */
  public static Map<String, NpyArray> open(Path file, Collection<String> names) throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    use(
        file,
        zip -> {
          Map<String, ZipEntry> entries = entries(file, zip);
          for (String name : names) {
            ZipEntry entry = entries.get(name);
            if (entry == null) {
              throw new FileException(
                  file,
                  "array " + HeaderText.quoted(name),
                  "is not there",
                  "the file has " + HeaderText.quoted(String.join(", ", entries.keySet())));
            }
            byte[] bytes = content(file, where(entry), zip, entry);
            arrays.put(name, Npy.open(file, where(entry), bytes));
          }
        });
    return Collections.unmodifiableMap(arrays);
  }

  private interface Use {
    void of(ZipFile zip) throws IOException;
  }

  private static void use(Path file, Use use) throws IOException {
    AtomicFile.requireReadable(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      use.of(zip);
    } catch (ZipException | EOFException e) {
      throw new FileException(
          file, "the zip archive", "is damaged: " + e.getMessage(), "save or copy it again", e);
    } catch (FileException e) {
      throw e;
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }

  private static String where(ZipEntry entry) {
    return "entry " + HeaderText.quoted(entry.getName());
  }

  private static Map<String, ZipEntry> entries(Path file, ZipFile zip) throws FileException {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (!name.endsWith(SUFFIX)) {
        throw new FileException(
            file, where(entry), "is no array", "expected names that end with " + SUFFIX);
      }
      String key = name.substring(0, name.length() - SUFFIX.length());
      if (entries.put(key, entry) != null) {
        throw new FileException(file, where(entry), "is there twice", "save the arrays again");
      }
    }
    return entries;
  }

  /** Returns what an entry holds. Memory grows with the bytes that come, not with those claimed. */
  private static byte[] content(Path file, String where, ZipFile zip, ZipEntry entry)
      throws IOException {
    if (entry.getSize() > NumberType.LONGEST_ARRAY) {
      throw new FileException(
          file,
          where,
          "has " + entry.getSize() + " bytes",
          "expected at most " + NumberType.LONGEST_ARRAY + ": save it with numpy.save");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if (bytes.length < entry.getSize() || crc.getValue() != entry.getCrc() || in.read() != -1) {
        throw new FileException(
            file, where, "does not have its own length and checksum", "save or copy it again");
      }
      return bytes;
    }
  }

  /**
   * Writes arrays as float32, uncompressed.
   *
   * @param file where to write; its directory must be there, and a file of this name is replaced
   * @param arrays the arrays by name
   * @throws IllegalArgumentException if a name is empty, or longer than a zip archive takes
   * @throws IOException if writing fails; what was there under the name is left then
   */
  public static void write(Path file, Map<String, FloatArray> arrays) throws IOException {
    Map<String, FloatArray> ordered = new LinkedHashMap<>(arrays);
    for (Map.Entry<String, FloatArray> array : ordered.entrySet()) {
      Objects.requireNonNull(array.getValue(), "array");
      if (array.getKey().isEmpty()) {
        throw new IllegalArgumentException("an array needs a name of at least 1 character");
      }
    }
    AtomicFile.write(file, out -> write(ordered, out));
  }

  private static void write(Map<String, FloatArray> arrays, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, FloatArray> array : arrays.entrySet()) {
      ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
      CheckedOutputStream counted =
          new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
      Npy.write(array.getValue(), counted);
      entry.setMethod(ZipEntry.STORED);
      entry.setCrc(counted.getChecksum().getValue());
      entry.setSize(
          NpyHeader.bytes(array.getValue().shape()).length
              + (long) Float.BYTES * array.getValue().values().length);
      entry.setTimeLocal(TIME);
      zip.putNextEntry(entry);
      Npy.write(array.getValue(), zip);
      zip.closeEntry();
    }
    zip.finish();
  }
}
