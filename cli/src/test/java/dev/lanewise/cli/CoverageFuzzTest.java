package dev.lanewise.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Lets Jazzer look for files that a reader trips over, guided by the code that they reach: one
 * method at a time. The build leaves these out; docs/files.md has the command.
 */
class CoverageFuzzTest {
  private static final String TIME = "3m";

  @TempDir private static Path directory;

  /** The whole files of the reader that the method is named after. */
  private static final class Whole implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      String name = context.getRequiredTestMethod().getName().replaceAll("([A-Z])", "_$1");
      Reader reader = Reader.valueOf(name.toUpperCase(Locale.ROOT));
      return reader.wholeFiles().stream().map(Arguments::of);
    }
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void csv(byte[] bytes) throws IOException {
    survives(Reader.CSV, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void csvDialects(byte[] bytes) throws IOException {
    survives(Reader.CSV_DIALECTS, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void csvOfAModel(byte[] bytes) throws IOException {
    survives(Reader.CSV_OF_A_MODEL, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void libsvm(byte[] bytes) throws IOException {
    survives(Reader.LIBSVM, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void libsvmTable(byte[] bytes) throws IOException {
    survives(Reader.LIBSVM_TABLE, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void idxImages(byte[] bytes) throws IOException {
    survives(Reader.IDX_IMAGES, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void idxLabels(byte[] bytes) throws IOException {
    survives(Reader.IDX_LABELS, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void npy(byte[] bytes) throws IOException {
    survives(Reader.NPY, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void npyTable(byte[] bytes) throws IOException {
    survives(Reader.NPY_TABLE, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void npz(byte[] bytes) throws IOException {
    survives(Reader.NPZ, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void safetensors(byte[] bytes) throws IOException {
    survives(Reader.SAFETENSORS, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void safetensorsIntoANetwork(byte[] bytes) throws IOException {
    survives(Reader.SAFETENSORS_INTO_A_NETWORK, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void model(byte[] bytes) throws IOException {
    survives(Reader.MODEL, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void checkpoint(byte[] bytes) throws IOException {
    survives(Reader.CHECKPOINT, bytes);
  }

  @ArgumentsSource(Whole.class)
  @FuzzTest(maxDuration = TIME)
  void rows(byte[] bytes) throws IOException {
    survives(Reader.ROWS, bytes);
  }

  private static void survives(Reader reader, byte[] bytes) throws IOException {
    Path file = directory.resolve("fuzzed" + reader.suffix);
    Survival.taken(reader, Files.write(file, Damage.withChecksums(bytes)));
  }
}
