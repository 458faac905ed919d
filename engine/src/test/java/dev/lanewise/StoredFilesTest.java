package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.data.Dataset;
import dev.lanewise.loop.EarlyStopping;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Classification;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.TrainingOptions;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files that version 0.1.0 wrote give the bits that they gave then. They are never made anew. */
class StoredFilesTest {
  private static Path stored(String name) throws URISyntaxException {
    return Path.of(StoredFilesTest.class.getResource("/version-1/" + name).toURI());
  }

  /** As the network in the files was made. */
  private static Network network() {
    return Network.builder(4)
        .normalization()
        .layer(6, Activation.leakyRelu(0.25f))
        .batchNorm(Activation.IDENTITY)
        .layer(6, Activation.TANH)
        .dropout(0.25f)
        .residual(2, Activation.GELU)
        .layer(3, Activation.IDENTITY, false)
        .layerNorm(Activation.SIGMOID)
        .layer(2, Activation.SOFTMAX)
        .initializer(Initializer.XAVIER, 3)
        .build();
  }

  /** As it was trained. */
  private static TrainingLoop loop(Network network) {
    TrainingOptions options =
        TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Adam(0.01f))
            .accumulate(3)
            .clipNorm(0.5f)
            .seed(5);
    return new TrainingLoop(new Trainer(network, options, 1), data())
        .epochs(6)
        .batchSize(7)
        .seed(2)
        .validationFraction(0.25)
        .metrics(Classification.ACCURACY)
        .schedule(Schedule.cosine(60, 0.1), Schedule.Unit.STEP)
        .earlyStopping(new EarlyStopping(1000));
  }

  private static Dataset data() {
    float[] x = Samples.numbers(4 * 40, 21);
    float[] targets = new float[2 * 40];
    for (int r = 0; r < 40; r++) {
      targets[2 * r + (x[4 * r] > x[4 * r + 1] ? 1 : 0)] = 1;
    }
    return new Dataset(4, x, 2, targets);
  }

  private static String bits(float[] numbers) {
    return Long.toHexString(Samples.checksum(numbers));
  }

  @Test
  void aNetworkHasItsParametersBuffersTextsAndPredictions() throws Exception {
    SavedNetwork saved = SavedNetwork.load(stored("network.lanewise"));
    Network network = saved.network();

    assertEquals(network().layers(), network.layers());
    assertEquals(Map.of("origin", "Lanewise 0.1.0"), saved.metadata());
    assertEquals("b7c67519", bits(network.parameters()));
    assertEquals("bbc66def", bits(network.buffers(2)));
    assertEquals("5ab1b942", bits(network.predict(Samples.numbers(3 * 4, 5))));
  }

  @Test
  void theNetworkInACheckpointIsReadAsOne() throws Exception {
    Network network = Network.load(stored("checkpoint.lanewise"));

    assertEquals("f0fe5e7b", bits(network.parameters()));
    assertEquals("5ee355fe", bits(network.predict(Samples.numbers(3 * 4, 5))));
  }

  @Test
  void trainingGoesOnFromACheckpointAsIfNeverInterrupted() throws Exception {
    Network resumed = network();
    loop(resumed).resume(stored("checkpoint.lanewise"));
    assertEquals("b7c67519", bits(resumed.parameters()));

    Network uninterrupted = network();
    loop(uninterrupted).run();
    assertEquals("b7c67519", bits(uninterrupted.parameters()));
  }
}
