package dev.lanewise.loop;

import dev.lanewise.internal.file.FileFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a directory for one training at a time, among all processes: the operating system lets go
 * of it when a process ends, however it ends. Where a file system has no locks, only trainings of
 * this process are kept out.
 */
final class DirectoryLock implements Closeable {
  private static final String NAME = ".lanewise.lock";

  /**
   * The directories that this process has. A lock of the operating system is no help here: it is of
   * the whole process, and lost as soon as anybody in it closes the file.
   */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private Path taken;
  private FileChannel channel;

  DirectoryLock(Path directory) {
    this.directory = directory;
  }

  /**
   * Takes the directory, if this has not got it yet.
   *
   * @return whether it has it now, or another training
   * @throws IOException if nothing can be written there
   */
  boolean take() throws IOException {
    if (taken != null) {
      return true;
    }
    Path real = directory.toRealPath();
    if (!TAKEN.add(real)) {
      return false;
    }
    try {
      Taken now = Taken.AGAIN;
      while (now == Taken.AGAIN) {
        now = tryLock(real.resolve(NAME));
      }
      taken = now == Taken.OURS ? real : null;
      return now == Taken.OURS;
    } catch (IOException e) {
      throw FileFailure.of(directory, e);
    } finally {
      if (taken == null) {
        TAKEN.remove(real);
      }
    }
  }

  /** What came of an attempt. */
  private enum Taken {
    OURS,
    ANOTHERS,

    /** Whoever had the directory deleted the file in between. */
    AGAIN
  }

  private Taken tryLock(Path file) throws IOException {
    FileChannel opened = null;
    try {
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      Object key = key(file);
      opened = FileChannel.open(file, StandardOpenOption.WRITE);
      if (!lock(opened)) {
        return Taken.ANOTHERS;
      }
      if (!Objects.equals(key, key(file))) {
        return Taken.AGAIN;
      }
      channel = opened;
      return Taken.OURS;
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      return Taken.AGAIN;
    } finally {
      if (opened != null && channel == null) {
        opened.close();
      }
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      log("this file system has no locks", e);
      return true;
    }
  }

  @Override
  public void close() {
    if (taken == null) {
      return;
    }
    try {
      // Before it is unlocked: afterwards it might be another's.
      Files.deleteIfExists(taken.resolve(NAME));
      channel.close();
    } catch (IOException e) {
      log("the lock of a directory is left behind", e);
    } finally {
      channel = null;
      TAKEN.remove(taken);
      taken = null;
    }
  }

  private static void log(String message, IOException e) {
    System.getLogger(DirectoryLock.class.getPackageName())
        .log(System.Logger.Level.DEBUG, message, e);
  }
}
