package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.data.Dataset;
import dev.lanewise.loop.EarlyStopping;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Classification;
import dev.lanewise.model.Activation;
import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Plateau;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that version 0.1.0 wrote give the bits that they gave then. They are never made anew. */
class StoredFilesTest {
  private static Path stored(String name) throws URISyntaxException {
    return Path.of(StoredFilesTest.class.getResource("/version-1/" + name).toURI());
  }

  /** As the network in the files was made. */
  private static Network network() {
    return Network.builder(4)
        .normalization()
        .dense(6, Activation.leakyRelu(0.25f))
        .batchNorm(Activation.IDENTITY)
        .dense(6, Activation.TANH)
        .dropout(0.25f)
        .residual(2, Activation.GELU)
        .dense(3, Activation.IDENTITY, false)
        .layerNorm(Activation.SIGMOID)
        .dense(2, Activation.SOFTMAX)
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

  /** Each with another optimizer, loss and schedule: a checkpoint compares them by their words. */
  enum Run {
    SGD("87300ae8") {
      @Override
      TrainingOptions options() {
        return TrainingOptions.of(Loss.huber(0.375f), new Sgd(0.01f, 0.9f, true, 0.1f))
            .l1(0.001f)
            .rateFactor(1, 0.5f);
      }

      @Override
      TrainingLoop prepare(TrainingLoop loop) {
        return loop.schedule(Schedule.step(3, 0.5), Schedule.Unit.STEP);
      }
    },
    ADAMW("e1f837cd") {
      @Override
      TrainingOptions options() {
        return TrainingOptions.of(Loss.BINARY_CROSS_ENTROPY, new AdamW(0.01f))
            .withoutPenaltyOnBiases();
      }

      @Override
      TrainingLoop prepare(TrainingLoop loop) {
        Schedule schedule = Schedule.warmUp(5).then(Schedule.cosineRestarts(3, 2, 0.1));
        return loop.schedule(schedule, Schedule.Unit.STEP)
            .metrics(Classification.ACCURACY)
            .validationFraction(0.25);
      }
    },
    RMSPROP("83676123") {
      @Override
      TrainingOptions options() {
        RmsProp rmsProp = new RmsProp(0.01f, 0.9f, 1e-8f, 0.8f, true, 0);
        return TrainingOptions.of(Loss.quantile(0.9f), rmsProp).clipValue(0.5f);
      }

      @Override
      TrainingLoop prepare(TrainingLoop loop) {
        return loop.schedule(Schedule.exponential(0.9), Schedule.Unit.EPOCH);
      }
    },
    ADAGRAD("1a8c22e9") {
      @Override
      TrainingOptions options() {
        return TrainingOptions.of(Loss.MEAN_ABSOLUTE_ERROR, new AdaGrad(0.01f)).freeze(0);
      }

      @Override
      TrainingLoop prepare(TrainingLoop loop) {
        return loop.validationFraction(0.25).plateau(new Plateau(Plateau.Mode.MIN)).dropLastBatch();
      }
    },
    LION("73390c4c") {
      @Override
      TrainingOptions options() {
        return TrainingOptions.of(Loss.binaryCrossEntropy(3), new Lion(0.01f));
      }

      @Override
      TrainingLoop prepare(TrainingLoop loop) {
        return loop.schedule(Schedule.oneCycle(20), Schedule.Unit.STEP);
      }
    };

    private final String bits;

    Run(String bits) {
      this.bits = bits;
    }

    abstract TrainingOptions options();

    abstract TrainingLoop prepare(TrainingLoop loop);

    Network network() {
      boolean classes = this == ADAMW || this == LION;
      return Network.builder(4)
          .dense(5, Activation.elu(1.5f))
          .dense(2, classes ? Activation.SIGMOID : Activation.IDENTITY)
          .initializer(Initializer.XAVIER, 3)
          .build();
    }

    TrainingLoop loop(Network network) {
      Trainer trainer = new Trainer(network, options(), 1);
      return prepare(new TrainingLoop(trainer, data()).epochs(4).batchSize(7).seed(2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void withEachOptimizerTrainingGoesOn(Run run) throws Exception {
    Network resumed = run.network();
    run.loop(resumed)
        .resume(stored("checkpoint-" + run.name().toLowerCase(Locale.ROOT) + ".lanewise"));
    assertEquals(run.bits, bits(resumed.parameters()));
  }
}
