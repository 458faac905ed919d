package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens to a file, a reader takes it or says what is wrong with it. {@code
 * -Dtest.fuzz.cases} is how many files are tried of each format.
 */
class DamagedFilesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aWholeFileIsTaken(Reader reader) throws IOException {
    for (byte[] whole : reader.wholeFiles()) {
      reader.read(Files.write(directory.resolve("whole" + reader.suffix), whole));
    }
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aDamagedFileIsTakenOrRefusedInOneLine(Reader reader) throws IOException {
    int cases = Integer.getInteger("test.fuzz.cases", 1_000);
    Path file = directory.resolve("damaged" + reader.suffix);
    List<byte[]> whole = reader.wholeFiles();
    int taken = 0;
    for (int i = 0; i < cases; i++) {
      byte[] bytes = new Damage(i).of(whole);
      try {
        taken += Survival.takenCheaply(reader, Files.write(file, bytes)) ? 1 : 0;
      } catch (Throwable e) {
        throw new AssertionError("case " + i + ": " + HexFormat.of().formatHex(bytes), e);
      }
    }
    System.out.printf("%s: %,d damaged files, %,d refused%n", reader, cases, cases - taken);
    assertTrue(taken < cases * 0.95, taken + " of " + cases + " are taken");
    assertTrue(taken > 0, "none is taken");
  }
}
