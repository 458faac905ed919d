package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanewise.Backend;
import dev.lanewise.ModelFiles;
import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.cli.data.AnyFile;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.data.TableOptions;
import dev.lanewise.cli.model.Model;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.MappedDataset;
import dev.lanewise.io.FloatArray;
import dev.lanewise.io.Npy;
import dev.lanewise.io.Npz;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.TrainingOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of every format, as they should be. */
final class WholeFiles {
  private static final String TABLE =
      """
      size,colour,"the ""name\""",kind
      1.5,red,a,oak
      -2e3,,b,elm
      ?,"green, dark",c,oak
      .25,red,d,elm
      """;
  private static final String SPARSE = "1 1:0.5 3:-2 # one\n-1 2:1e3\n\n+1 1:7 4:.5\n-1\n";
  private static final Dataset SPIRALS = Dataset.spirals(20, 5);
  private static final int LAST_STEP = 4;
  private static final Schema SCHEMA = scanned();

  private WholeFiles() {}

  private interface Content {
    void write(Path file) throws IOException;
  }

  static List<byte[]> of(Reader reader) {
    FloatArray numbers = FloatArray.of(new float[] {1, 2, 3, 0, 4, 5, 6, 1, 7, 8, 9, 0}, 3, 4);
    return switch (reader) {
      case CSV ->
          List.of(
              TABLE.getBytes(UTF_8),
              TABLE.replace(',', ';').replace("\n", "\r\n").getBytes(UTF_8),
              "1,2,3\n4,5,6\n7,8,9\n".getBytes(UTF_8),
              "\ufeffa\tb\n1\tü\n2\t\"x\ny\"\n3\tü\n4\tü\n".getBytes(UTF_8));
      case CSV_DIALECTS ->
          List.of(
              gzip(TABLE.getBytes(UTF_8)),
              "\ufeffa,b\n1,ü\n2,\"x\ny\"\n3,ü\n4,ü\n".getBytes(UTF_16LE),
              "\ufeffa;b\n1;ü\n2;x\n3;ü\n4;x\n".getBytes(Charset.forName("UTF-32BE")),
              "sep=;\na;b\n1,5;x\n2,5;y\n3;x\n4;y\n".getBytes(UTF_8),
              "# made\n# a b c\n1  2.5 x\n2\t3.5 \"y z\"\n3 4 x\n4 5 x\n".getBytes(UTF_8),
              "1, \"a, b\", p\n2, \"c\", q\n3, \"c\", p\n4, \"c\", q\n".getBytes(UTF_8),
              "1,\"say \\\"a, b\\\"\",p\n2,\"c\",q\n3,\"c\",p\n".getBytes(UTF_8),
              "'a','b'\n1,'x, z'\n2,'y'\n3,'y'\n".getBytes(UTF_8),
              "x,y\nr1,1,a\nr2,2,b\nr3,3,b\n".getBytes(UTF_8),
              "x,y,\n1,a,\n2,b,\n3,b,\n".getBytes(UTF_8),
              "0,1,2,3,4\n5,2,1,0,a\n1,2,3,9,b\n1,1,1,1,a\n".getBytes(UTF_8),
              "n,2019,2020,g\nc,1,2,y\nd,3,4,n\nd,5,6,n\n".getBytes(UTF_8),
              SPARSE.getBytes(UTF_8));
      case CSV_OF_A_MODEL ->
          List.of(
              TABLE.getBytes(UTF_8),
              "kind,\"the \"\"name\"\"\",size,colour\noak,x,1,red\n".getBytes(UTF_8));
      case LIBSVM, LIBSVM_TABLE -> List.of(SPARSE.getBytes(UTF_8), gzip(SPARSE.getBytes(UTF_8)));
      case IDX_IMAGES -> List.of(idx(new int[] {2, 3, 4}), gzip(idx(new int[] {2, 3, 4})));
      case IDX_LABELS -> List.of(idx(new int[] {9}), gzip(idx(new int[] {9})));
      case NPY_TABLE -> List.of(written(file -> Npy.write(file, numbers)));
      case NPY ->
          List.of(
              written(file -> Npy.write(file, numbers)),
              npy(1, "{'descr': '>f8', 'fortran_order': True, 'shape': (3, 2), }", 48),
              npy(1, "{'descr': '<i8', 'fortran_order': False, 'shape': (4, 3), }", 96),
              npy(2, "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 5), }", 15),
              npy(3, "{'descr': '>i4', 'fortran_order': False, 'shape': (3, 5), }", 60));
      case NPZ ->
          List.of(
              written(file -> Npz.write(file, Map.of("x", numbers, "y", numbers))),
              zip("x.npy", written(file -> Npy.write(file, numbers))));
      case SAFETENSORS -> List.of(written(file -> ModelFiles.writeSafetensors(network(), file)));
      case SAFETENSORS_INTO_A_NETWORK ->
          List.of(
              written(file -> ModelFiles.writeSafetensors(linear(), file)),
              safetensors(
                  "{\"0.weight\":{\"dtype\":\"F16\",\"shape\":[3,4],\"data_offsets\":[0,24]},"
                      + "\"0.bias\":{\"dtype\":\"F64\",\"shape\":[3],\"data_offsets\":[24,48]}}",
                  48));
      case MODEL ->
          List.of(
              written(
                  file ->
                      new Model(network(), schema(), Map.of("lanewise.data", "trees.csv"))
                          .save(file)),
              written(network()::save));
      case CHECKPOINT -> List.of(checkpoint());
      case ROWS -> List.of(written(WholeFiles::rows));
    };
  }

  /** What the columns of a table mean, as a model keeps it. */
  static Schema schema() {
    return SCHEMA;
  }

  private static Schema scanned() {
    try {
      return withFile(
          file -> Files.writeString(file, TABLE),
          file -> new AnyFile(file).scan(TableOptions.USUAL));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One for the columns of {@link #schema}, with layers of every kind. */
  private static Network network() {
    return Network.builder(SCHEMA.inputs())
        .normalization()
        .dense(3, Activation.leakyRelu(0.25f))
        .batchNorm(Activation.RELU)
        .dense(3, Activation.TANH)
        .residual(1, Activation.IDENTITY)
        .dropout(0.5f)
        .layerNorm(Activation.IDENTITY)
        .dense(SCHEMA.targets(), Activation.SOFTMAX)
        .initializer(Initializer.XAVIER, 3)
        .backend(Backend.SCALAR)
        .build();
  }

  /** One for tensors from elsewhere. */
  static Network linear() {
    return Network.builder(4).dense(3, Activation.IDENTITY).backend(Backend.SCALAR).build();
  }

  private static TrainingLoop loop() {
    Network network =
        Network.builder(2)
            .dense(3, Activation.TANH)
            .batchNorm(Activation.TANH)
            .dense(2, Activation.SOFTMAX)
            .backend(Backend.SCALAR)
            .build();
    TrainingOptions options = TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Adam(0.01f));
    return new TrainingLoop(new Trainer(network, options, 1), SPIRALS)
        .epochs(2)
        .batchSize(10)
        .validationFraction(0.25);
  }

  /** Goes on from a checkpoint. */
  static void resume(Path file) throws IOException {
    loop().resume(file);
  }

  private static byte[] checkpoint() {
    try {
      Path directory = Files.createTempDirectory("whole");
      loop().checkpoints(directory, LAST_STEP, 1).run();
      Path last = directory.resolve("step-00000000" + LAST_STEP + ".lanewise");
      byte[] bytes = Files.readAllBytes(last);
      Files.delete(last);
      Files.deleteIfExists(directory.resolve("best.lanewise"));
      Files.delete(directory);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rows(Path file) throws IOException {
    try (MappedDataset.Writer out = new MappedDataset.Writer(file, 2, 1, true)) {
      out.write(3, new float[6], new float[3], new float[] {1, 1, 1});
      out.finish();
    }
  }

  static byte[] idx(int[] dimensions) {
    int count = 1;
    for (int size : dimensions) {
      count *= size;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + count);
    bytes.putInt(0x800 | dimensions.length);
    for (int size : dimensions) {
      bytes.putInt(size);
    }
    return bytes.array();
  }

  static byte[] npy(int version, String header, int dataBytes) {
    byte[] text = (header + "\n").getBytes(ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(12 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      bytes.putShort((short) text.length);
    } else {
      bytes.putInt(text.length);
    }
    bytes.put(text).position(bytes.position() + dataBytes);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  static byte[] safetensors(String header, int dataBytes) {
    byte[] utf8 = header.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + utf8.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(utf8.length)
        .put(utf8)
        .array();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  static byte[] zip(String name, byte[] bytes) {
    return zip(Map.of(name, bytes));
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zipped)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  private interface Use<T> {
    T of(Path file) throws IOException;
  }

  private static <T> T withFile(Content content, Use<T> use) throws IOException {
    Path file = Files.createTempFile("whole", ".csv");
    try {
      content.write(file);
      return use.of(file);
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] written(Content content) {
    try {
      return withFile(content, Files::readAllBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
