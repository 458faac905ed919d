package dev.lanewise;

import dev.lanewise.internal.format.NetworkSections;
import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.internal.train.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A network and what its user wants to know of it, to be kept in a file: names of columns, classes,
 * where the data came from. Every bit of every number is kept, either backend reads what the other
 * one wrote, and every Lanewise what an older one did.
 *
 * @param network the network itself, not a copy
 * @param metadata any texts by any names, copied, sorted by name; unmodifiable
 */
public record SavedNetwork(Network network, Map<String, String> metadata) {
  /**
   * Copies the metadata.
   *
   * @throws NullPointerException if something is null
   */
  public SavedNetwork {
    Objects.requireNonNull(network, "network");
    metadata = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(metadata)));
  }

  /**
   * Writes the file, in place of what was there, in one go: whoever is killed leaves the old file
   * or the new one, whole. The network must not be trained meanwhile.
   *
   * @param file where to; its directory must be there
   * @throws IOException if it cannot be written; what was there before is whole then
   */
  public void save(Path file) throws IOException {
    try (SectionWriter out = new SectionWriter(file)) {
      NetworkFile.write(out, network.sharedParameters(), metadata);
    }
  }

  /**
   * Writes the same bytes to a stream, which is flushed, not closed. The network must not be
   * trained meanwhile.
   *
   * @param out where to
   * @throws IOException if the stream throws one; what was written is no network then
   */
  public void write(OutputStream out) throws IOException {
    try (SectionWriter sections = new SectionWriter(out)) {
      NetworkFile.write(sections, network.sharedParameters(), metadata);
    }
  }

  /**
   * Reads a file of {@link #save} or a checkpoint of a {@link dev.lanewise.loop.TrainingLoop}.
   *
   * @param file which file
   * @return the network, on the backend that is preferred here, and its metadata
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws dev.lanewise.io.FileException if it is damaged, cut off, of a newer version or of
   *     another kind
   * @throws IOException if reading fails
   */
  public static SavedNetwork load(Path file) throws IOException {
    return load(file, null);
  }

  /**
   * Reads a file of {@link #save} or a checkpoint of a {@link dev.lanewise.loop.TrainingLoop}.
   *
   * @param file which file
   * @param backend what computes; null for the one that is preferred here
   * @return the network and its metadata
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws dev.lanewise.io.FileException if it is damaged, cut off, of a newer version or of
   *     another kind
   * @throws IllegalStateException if the vector backend was asked for and its module is missing
   * @throws IOException if reading fails
   */
  public static SavedNetwork load(Path file, Backend backend) throws IOException {
    try (SectionReader in = new SectionReader(file)) {
      return read(in, backend);
    }
  }

  /**
   * Reads from a stream what {@link #write} wrote, exactly that, as {@link
   * Network#read(InputStream, Backend)} does.
   *
   * @param in where from; not closed
   * @param backend what computes; null for the one that is preferred here
   * @return the network and its metadata
   * @throws dev.lanewise.io.FileException if it is damaged, cut off, of a newer version or of
   *     another kind
   * @throws IllegalStateException if the vector backend was asked for and its module is missing
   * @throws IOException if the stream throws one
   */
  public static SavedNetwork read(InputStream in, Backend backend) throws IOException {
    try (SectionReader sections = new SectionReader(in)) {
      return read(sections, backend);
    }
  }

  private static SavedNetwork read(SectionReader in, Backend backend) throws IOException {
    Map<String, String> metadata = NetworkSections.metadata(in);
    Backend chosen = backend == null ? Backend.preferred() : backend;
    Parameters parameters = NetworkFile.network(in, chosen.rowAlignment());
    return new SavedNetwork(new Network(chosen, parameters), metadata);
  }
}
