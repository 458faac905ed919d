package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
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
        "lanewise.threads | 0 | must be 1 to 9999, but was \"0\"",
        "lanewise.threads | -2 | must be 1 to 9999, but was \"-2\"",
        "lanewise.threads | two | must be 1 to 9999, but was \"two\"",
        "lanewise.threads | 10000 | must be 1 to 9999, but was \"10000\"",
        "lanewise.vectorBits | 64 | must be one of [128, 256, 512], but was \"64\"",
        "lanewise.vectorBits | 512bits | must be one of [128, 256, 512], but was \"512bits\""
      })
  void anUnknownValueIsRefusedWhereverItWouldMatter(String name, String value, String rest) {
    System.setProperty(name, value);
    String message = "system property " + name + " " + rest;
    refused(message, Backend::preferred);
    refused(message, BackendInfo::current);
    refused(message, () -> Network.builder(1).layer(1, Activation.RELU).build());
    refused(message, () -> Backend.SCALAR.kernels());
  }

  @Test
  void anUnknownNameIsRefused() {
    System.setProperty("lanewise.foo", "1");
    refused(
        "unknown system property lanewise.foo: Lanewise knows lanewise.backend, lanewise.threads, "
            + "lanewise.vectorBits",
        Backend::preferred);
  }

  @Test
  void aNetworkThatNamesNoBackendGetsTheOneAskedFor() {
    for (Backend backend : Backend.values()) {
      System.setProperty("lanewise.backend", backend.name().toLowerCase(Locale.ROOT));
      assertEquals(backend, Backend.preferred());
      Network network = Network.builder(1).layer(1, Activation.RELU).build();
      assertEquals(backend, network.backendInfo().backend());
      assertEquals(backend, BackendInfo.current().backend());
    }
  }

  @Test
  void aTrainerThatNamesNoThreadsGetsThoseAskedFor() {
    System.setProperty("lanewise.threads", "3");
    Network network = Network.builder(1).layer(1, Activation.RELU).build();
    try (Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(1))) {
      assertEquals(3, trainer.backendInfo().threads());
    }
    assertEquals(3, BackendInfo.current().threads());
    assertEquals("3", BackendInfo.current().properties().get("lanewise.threads"));
  }
}
