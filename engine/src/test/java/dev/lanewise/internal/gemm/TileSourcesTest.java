package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The sources of tiles are those that {@link Tile} makes. After a change there, {@code mvn -pl
 * engine test -Dtest=TileSourcesTest -Dtiles.write=true} writes them.
 */
class TileSourcesTest {
  private static final Path PACKAGE = Path.of("src/main/java/dev/lanewise/internal/gemm");

  private static Path file(Tile tile) {
    return PACKAGE.resolve(tile.className() + ".java");
  }

  @ParameterizedTest
  @EnumSource
  void eachIsMadeFromOneText(Tile tile) throws IOException {
    if (Boolean.getBoolean("tiles.write")) {
      Files.writeString(file(tile), tile.source());
    }
    assertEquals(Files.readString(file(tile)), tile.source());
  }

  @Test
  void thereIsNoOther() throws IOException {
    List<Path> known = Arrays.stream(Tile.values()).map(TileSourcesTest::file).sorted().toList();
    try (Stream<Path> files = Files.list(PACKAGE)) {
      assertEquals(
          known,
          files.filter(file -> file.toString().matches(".*[0-9]x[0-9]v\\.java")).sorted().toList());
    }
  }
}
