package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path directory;

  private Properties before;

  @BeforeEach
  void keepProperties() {
    before = (Properties) System.getProperties().clone();
  }

  @AfterEach
  void restoreProperties() {
    System.setProperties(before);
  }

  private static void refused(String message, Executable use) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lanewise.backend | gpu | must be one of [auto, scalar, vector], but was \"gpu\"",
        "lanewise.backend | Vector | must be one of [auto, scalar, vector], but was \"Vector\"",
        "lanewise.backend | '' | must be one of [auto, scalar, vector], but was \"\"",
        "lanewise.threads | 0 | must be auto or 1 to 9999, but was \"0\"",
        "lanewise.threads | -2 | must be auto or 1 to 9999, but was \"-2\"",
        "lanewise.threads | two | must be auto or 1 to 9999, but was \"two\"",
        "lanewise.threads | 10000 | must be auto or 1 to 9999, but was \"10000\"",
        "lanewise.tileVectors | 5 | must be 1 to 4, but was \"5\"",
        "lanewise.blockDepth | 0 | must be 1 to 1048576, but was \"0\"",
        "lanewise.updateRows | -1 | must be 1 to 1048576, but was \"-1\"",
        "lanewise.fetchFrom | 2147483648 | must be 1 to 2147483647, but was \"2147483648\"",
        "lanewise.fetchBlock | 1e5 | must be 1 to 2147483647, but was \"1e5\"",
        "lanewise.shareFrom | '' | must be 1 to 2147483647, but was \"\"",
        "lanewise.spins | many | must be 0 to 1000000000, but was \"many\"",
        "lanewise.vectorBits | 64 | must be one of [128, 256, 512], but was \"64\"",
        "lanewise.vectorBits | 512bits | must be one of [128, 256, 512], but was \"512bits\""
      })
  void anUnknownValueIsRefusedWhereverItWouldMatter(String name, String value, String rest) {
    System.setProperty(name, value);
    String message = "system property " + name + " " + rest;
    refused(message, Backend::preferred);
    refused(message, BackendInfo::current);
    refused(message, () -> Network.builder(1).dense(1, Activation.RELU).build());
    refused(message, () -> Backend.SCALAR.kernels());
  }

  @Test
  void anUnknownNameIsRefused() {
    System.setProperty("lanewise.foo", "1");
    refused(
        "unknown system property lanewise.foo: Lanewise knows lanewise.backend,"
            + " lanewise.blockDepth, lanewise.fetchBlock, lanewise.fetchFrom, lanewise.packFrom,"
            + " lanewise.panelColumns, lanewise.panelDepth, lanewise.shareFrom,"
            + " lanewise.spins, lanewise.threads, lanewise.tileVectors, lanewise.tuning,"
            + " lanewise.updateRows, lanewise.vectorBits",
        Backend::preferred);
  }

  private Path named(String... lines) throws IOException {
    Path file = Files.write(directory.resolve("tuning.properties"), List.of(lines));
    System.setProperty("lanewise.tuning", file.toString());
    return file;
  }

  @Test
  void aFileGivesPropertiesThatTheCommandLineDoesNot() throws IOException {
    named("# measured", "lanewise.threads=3", "lanewise.backend = scalar ");
    assertEquals(3, BackendInfo.current().threads());
    assertEquals(Backend.SCALAR, BackendInfo.current().backend());
    assertEquals("scalar", BackendInfo.current().properties().get("lanewise.backend"));
    System.setProperty("lanewise.threads", "2");
    assertEquals(2, BackendInfo.current().threads());
  }

  @Test
  void aFileIsCheckedLikeTheCommandLine() throws IOException {
    named("lanewise.tileVectors=9");
    refused(
        "system property lanewise.tileVectors must be 1 to 4, but was \"9\"", Backend::preferred);
    Path file = named("java.home=here");
    refused(
        file + " sets java.home, but only properties of Lanewise can be set there",
        Backend::preferred);
    Path other = named("lanewise.tuning=other.properties");
    refused(
        other + " sets lanewise.tuning, but only properties of Lanewise can be set there",
        Backend::preferred);
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    String file = directory.resolve("none.properties").toString();
    System.setProperty("lanewise.tuning", file);
    refused(
        "system property lanewise.tuning names "
            + file
            + ", which cannot be read: java.nio.file.NoSuchFileException: "
            + file,
        Backend::preferred);
  }

  @Test
  void threadsCanBeAsManyAsTheProcessorsThatTheVirtualMachineMayUse() {
    System.setProperty("lanewise.threads", "auto");
    assertEquals(Runtime.getRuntime().availableProcessors(), BackendInfo.current().threads());
  }

  @Test
  void whatCanBeTunedIsToldEvenWhereNothingWas() {
    assertEquals(
        Set.of("lanewise.shareFrom", "lanewise.spins"),
        BackendInfo.of(Backend.SCALAR, 1).tuned().keySet());
    assertEquals(
        Set.of(
            "lanewise.blockDepth",
            "lanewise.fetchBlock",
            "lanewise.fetchFrom",
            "lanewise.packFrom",
            "lanewise.panelColumns",
            "lanewise.panelDepth",
            "lanewise.shareFrom",
            "lanewise.spins",
            "lanewise.tileVectors",
            "lanewise.updateRows"),
        BackendInfo.of(Backend.VECTOR, 1).tuned().keySet());
  }

  @Test
  void aNetworkThatNamesNoBackendGetsTheOneAskedFor() {
    for (Backend backend : Backend.values()) {
      System.setProperty("lanewise.backend", backend.name().toLowerCase(Locale.ROOT));
      assertEquals(backend, Backend.preferred());
      Network network = Network.builder(1).dense(1, Activation.RELU).build();
      assertEquals(backend, network.backendInfo().backend());
      assertEquals(backend, BackendInfo.current().backend());
    }
  }

  @Test
  void aTrainerThatNamesNoThreadsGetsThoseAskedFor() {
    System.setProperty("lanewise.threads", "3");
    Network network = Network.builder(1).dense(1, Activation.RELU).build();
    try (Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(1))) {
      assertEquals(3, trainer.backendInfo().threads());
    }
    assertEquals(3, BackendInfo.current().threads());
    assertEquals("3", BackendInfo.current().properties().get("lanewise.threads"));
  }
}
