package dev.lanewise.io;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What grows beside a file until it takes its place. It is locked as long as its process lives, so
 * that others can tell which ones a killed process left.
 */
final class TemporaryFile implements Closeable {
  private static final String SUFFIX = ".tmp";

  /** Names begin with that of the file, or so much of it that file systems take the whole. */
  private static final int LONGEST_PREFIX = 100;

  private static final Pattern NAME =
      Pattern.compile("(.+)\\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.tmp");

  /**
   * Stands in the names of this process. Its files are never opened to look at their locks: closing
   * them again would end these.
   */
  private static final long PROCESS = UUID.randomUUID().getMostSignificantBits();

  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** Elsewhere only closed files can be moved. */
  private static final boolean MOVES_OPEN_FILES = File.separatorChar == '/';

  private final Path path;
  private final RandomAccessFile access;

  private TemporaryFile(Path path, RandomAccessFile access) {
    this.path = path;
    this.access = access;
  }

  /** Makes one in the directory of a file, with its permissions if it is there. */
  static TemporaryFile beside(Path file) throws IOException {
    sweep(file);
    TemporaryFile made = null;
    while (made == null) {
      made = tryBeside(file);
    }
    return made;
  }

  /** Returns null if another process took it for one that was left, before it was locked. */
  private static TemporaryFile tryBeside(Path file) throws IOException {
    UUID unique = new UUID(PROCESS, UUID.randomUUID().getLeastSignificantBits());
    Path path = file.resolveSibling(prefix(file) + "." + unique + SUFFIX);
    boolean replaces = Files.exists(file) && posix(path) != null;
    if (replaces) {
      Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      Files.createFile(path);
    }
    RandomAccessFile access = null;
    try {
      // Not a channel, which an interrupt of the thread would close.
      access = new RandomAccessFile(path.toFile(), "rw");
      if (lock(access, false) && isStill(path, replaces)) {
        if (replaces) {
          setPermissions(path, Files.readAttributes(file, PosixFileAttributes.class));
        }
        return new TemporaryFile(path, access);
      }
    } catch (IOException e) {
      if (access != null) {
        access.close();
      }
      Files.deleteIfExists(path);
      throw e;
    }
    access.close();
    Files.deleteIfExists(path);
    return null;
  }

  private static boolean isStill(Path path, boolean ownersOnly) throws IOException {
    return Files.exists(path)
        && (!ownersOnly || posix(path).readAttributes().permissions().equals(OWNER_ONLY));
  }

  private static PosixFileAttributeView posix(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class);
  }

  /** Makes one without a name, for what cannot be written twice. */
  static TemporaryFile unnamed() throws IOException {
    Path path = Files.createTempFile("lanewise", SUFFIX);
    RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw");
    if (MOVES_OPEN_FILES) {
      Files.delete(path);
    }
    return new TemporaryFile(path, access);
  }

  private static String prefix(Path file) {
    String name = file.getFileName().toString();
    while (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
      name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
    }
    return name;
  }

  /** Gives a file those of another one, as far as that is allowed; never wider ones. */
  private static void setPermissions(Path path, PosixFileAttributes like) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(like.permissions());
    if (!tried(() -> posix(path).setGroup(like.group()))) {
      // Another group gets what everybody has.
      keepIf(permissions, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
      keepIf(permissions, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
      keepIf(permissions, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
    }
    tried(() -> posix(path).setOwner(like.owner()));
    tried(() -> posix(path).setPermissions(permissions));
  }

  private interface Change {
    void make() throws IOException;
  }

  /** Tells whether a change was made: not everybody may make each, nor can every file system. */
  private static boolean tried(Change change) {
    try {
      change.make();
      return true;
    } catch (IOException e) {
      log("the file that is written gets other owners or permissions than the one before", e);
      return false;
    }
  }

  private static void keepIf(
      Set<PosixFilePermission> permissions, PosixFilePermission one, PosixFilePermission other) {
    if (!permissions.contains(other)) {
      permissions.remove(one);
    }
  }

  /** Deletes what killed processes left of a file. */
  static void sweep(Path file) {
    sweep(file.toAbsolutePath().getParent(), Pattern.compile(Pattern.quote(prefix(file))));
  }

  /** Deletes what killed processes left of files whose names a pattern matches. */
  static void sweep(Path directory, Pattern names) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, one -> isOfAnotherProcess(one, names))) {
      for (Path one : files) {
        deleteIfLeft(one);
      }
    } catch (IOException | DirectoryIteratorException e) {
      log("temporary files of killed processes cannot be looked for", e);
    }
  }

  private static boolean isOfAnotherProcess(Path file, Pattern names) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        && names.matcher(name.group(1)).matches()
        && UUID.fromString(name.group(2)).getMostSignificantBits() != PROCESS
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void deleteIfLeft(Path file) {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
      if (lock(access, true)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log("a temporary file is left alone", e);
    }
  }

  /** Returns whether nobody else has a file locked. */
  private static boolean lock(RandomAccessFile access, boolean shared) throws IOException {
    try {
      FileLock lock = access.getChannel().tryLock(0, Long.MAX_VALUE, shared);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      log("this file system has no locks", e);
      // Who writes goes on without; nothing is deleted.
      return !shared;
    }
  }

  private static void log(String message, Exception e) {
    System.getLogger(TemporaryFile.class.getPackageName())
        .log(System.Logger.Level.DEBUG, message, e);
  }

  RandomAccessFile access() {
    return access;
  }

  /** Gives it another name, in place of the file that has that. */
  void moveTo(Path file) throws IOException {
    if (!MOVES_OPEN_FILES) {
      access.close();
    }
    // Unlocked before, it could be taken for one that was left.
    Files.move(path, file, StandardCopyOption.ATOMIC_MOVE);
    access.close();
  }

  /** Deletes it, if it was not moved. */
  @Override
  public void close() throws IOException {
    access.close();
    Files.deleteIfExists(path);
  }
}
