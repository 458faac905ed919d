package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.model.Activation;
import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Once its numbers are put back, a network that had overflowed trains as if it never had. */
@Tag("every-width")
class PaddingTest {
  private static final int ROWS = 3;

  /** Each output's gradient is 0 / 0. */
  private static final Loss.Custom NO_GRADIENT =
      (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
        for (int i = 0; i < rows * outputs; i++) {
          dy[dyOffset + i] = Float.NaN;
        }
        return 0;
      };

  private final float[] x = Samples.numbers(ROWS * 33, 1);
  private final float[] targets = Samples.numbers(ROWS * 5, 2);

  @TempDir private Path directory;

  private interface Way {
    /** Puts a network's numbers into another one of the same layers, or returns a third. */
    Network put(Network good, Network poisoned) throws IOException;
  }

  enum Poison {
    A_CUSTOM_LOSS {
      @Override
      void into(Network network, float[] x, float[] targets) {
        new Trainer(network, NO_GRADIENT, new Sgd(0.1f), 1).step(x, targets);
      }
    },

    A_CALLERS_GRADIENT {
      @Override
      void into(Network network, float[] x, float[] targets) {
        Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(0.1f), 1);
        trainer.forward(ROWS, x, 0, new float[targets.length], 0);
        float[] dy = new float[targets.length];
        dy[1] = Float.POSITIVE_INFINITY;
        trainer.backward(dy, 0);
      }
    },

    AN_OPTIMIZER_WITH_STATE {
      @Override
      void into(Network network, float[] x, float[] targets) {
        new Trainer(network, NO_GRADIENT, new Adam(0.1f), 1).step(x, targets);
      }
    };

    abstract void into(Network network, float[] x, float[] targets);
  }

  private void trainsOnAs(Network good, Network restored, Optimizer optimizer) {
    try (Trainer expected = new Trainer(good.copy(), Loss.MEAN_SQUARED_ERROR, optimizer, 1);
        Trainer trainer = new Trainer(restored, Loss.MEAN_SQUARED_ERROR, optimizer, 1)) {
      for (int step = 0; step < 3; step++) {
        assertEquals(expected.step(x, targets), trainer.step(x, targets));
      }
      assertArrayEquals(expected.network().parameters(), restored.parameters());
      assertTrue(Float.isFinite(restored.parameters()[0]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverPutsThemBack(Poison poison) throws IOException {
    Path file = directory.resolve("network.safetensors");
    List<Way> ways =
        List.of(
            (good, poisoned) -> {
              poisoned.setParameters(good.parameters());
              return poisoned;
            },
            (good, poisoned) -> {
              for (int l = 0; l < good.layers().size(); l++) {
                poisoned.setWeights(l, good.weights(l));
                poisoned.setBias(l, good.bias(l));
              }
              return poisoned;
            },
            (good, poisoned) -> {
              Network copy = poisoned.copy();
              copy.setParameters(good.parameters());
              return copy;
            },
            (good, poisoned) -> {
              ModelFiles.writeSafetensors(good, file);
              ModelFiles.loadSafetensors(poisoned, file);
              return poisoned;
            },
            (good, poisoned) -> {
              poisoned.sharedParameters().set(good.sharedParameters());
              return poisoned;
            });
    for (Backend backend : Backend.values()) {
      for (Way way : ways) {
        Network good = Samples.everyLayer(backend);
        Network poisoned = good.copy();
        poison.into(poisoned, x, targets);
        for (int l = 0; l < good.layers().size(); l++) {
          poisoned.setBuffers(l, good.buffers(l));
        }
        trainsOnAs(good, way.put(good, poisoned), new Sgd(0.05f));
      }
    }
  }

  /** A checkpoint is put into a trainer whose optimizer and gradients had overflowed. */
  @Test
  void aCheckpointGoesOnInATrainerThatHadOverflowed() throws IOException {
    List<Optimizer> optimizers =
        List.of(
            new Sgd(0.01f, 0.9f),
            new Adam(0.01f),
            new AdaGrad(0.01f, 1e-10f, 0.5f, 0),
            new RmsProp(0.01f, 0.9f, 1e-8f, 0.8f, true, 0));
    Dataset data = new Dataset(33, x, 5, targets);
    for (Optimizer optimizer : optimizers) {
      Path own = directory.resolve(optimizer.getClass().getSimpleName());
      TrainingOptions options = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, optimizer);
      Network straight = Samples.odd(Activation.TANH, Activation.IDENTITY, Backend.VECTOR);
      Network poisoned = straight.copy();
      TrainingLoop whole = loop(new Trainer(straight, options.accumulate(2), 1), data, 9);
      whole.run();
      loop(new Trainer(straightStart(), options.accumulate(2), 1), data, 3)
          .checkpoints(own, 1, 9)
          .run();
      Trainer trainer = new Trainer(poisoned, options.accumulate(2), 1);
      poison(trainer);
      poison(trainer);
      poison(trainer);
      loop(trainer, data, 9).resume(own);
      assertArrayEquals(straight.parameters(), poisoned.parameters());
      assertTrue(Float.isFinite(straight.parameters()[0]));
    }
  }

  private static Network straightStart() {
    return Samples.odd(Activation.TANH, Activation.IDENTITY, Backend.VECTOR);
  }

  private static TrainingLoop loop(Trainer trainer, Dataset data, int epochs) {
    return new TrainingLoop(trainer, data).epochs(epochs).batchSize(ROWS);
  }

  private void poison(Trainer trainer) {
    trainer.forward(ROWS, x, 0, new float[ROWS * 5], 0);
    float[] dy = new float[ROWS * 5];
    dy[0] = Float.NaN;
    trainer.backward(dy, 0);
  }
}
