package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Adam;
import dev.lanewise.model.Loss;
import dev.lanewise.model.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loss that is not a finite number ends the step before anything has changed. */
class DivergenceTest {
  private static final int ROWS = 6;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Adam(0.125f));

  private final float[] x = Samples.numbers(ROWS * 33, 1);
  private final float[] targets = Samples.numbers(ROWS * 5, 2);

  @ParameterizedTest
  @EnumSource
  void itNamesStepLayerAndLearningRate(Backend backend) {
    Network network = Samples.everyLayer(backend);
    Trainer trainer = new Trainer(network, OPTIONS);
    for (int step = 0; step < 3; step++) {
      trainer.step(x, targets);
    }
    float[] weights = network.weights(3);
    weights[0] = Float.NaN;
    network.setWeights(3, weights);
    DivergenceException e = assertThrows(DivergenceException.class, () -> trainer.step(x, targets));
    assertEquals(3, e.step());
    assertEquals(3, e.layer());
    assertEquals(0.125f, e.learningRate());
    String message =
        "the loss of step 3 is NaN: layer 3 is the first whose outputs are not finite; the learning"
            + " rate is 0.125 (";
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @Test
  void itNamesNoLayerWhereTheTargetsAreToBlame() {
    Trainer trainer = new Trainer(Samples.everyLayer(Backend.preferred()), OPTIONS);
    targets[3] = Float.POSITIVE_INFINITY;
    DivergenceException e = assertThrows(DivergenceException.class, () -> trainer.step(x, targets));
    assertEquals(-1, e.layer());
    String message = "the loss of step 0 is Infinity, though all layers' outputs are finite";
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void itNamesTheNumberThatCameWithTheData(Backend backend) {
    Trainer trainer = new Trainer(Samples.everyLayer(backend), OPTIONS);
    float[] weights = {1, 1, 0, 1, 1, 1};
    x[2 * 33] = Float.NaN;
    x[4 * 33 + 7] = Float.NaN;
    Batch batch = Batch.of(ROWS, x, 0, targets, 0).withWeights(weights, 0);
    DivergenceException e = assertThrows(DivergenceException.class, () -> trainer.step(batch));
    assertEquals(
        "the loss of step 0 is NaN: input 7 of row 4 is NaN, as it was given: mend it or leave the"
            + " row out",
        e.getMessage());
    assertEquals(0, e.layer());
    x[2 * 33] = 0;
    x[4 * 33 + 7] = 0;
    targets[13] = Float.NaN;
    e = assertThrows(DivergenceException.class, () -> trainer.step(x, targets));
    assertEquals(
        "the loss of step 0 is NaN, though all layers' outputs are finite: target 3 of row 2 is"
            + " NaN, as it was given: mend it or leave the row out",
        e.getMessage());
  }

  /** What follows has the same bits, so state and masks were left alone as well. */
  @ParameterizedTest
  @EnumSource
  void trainingGoesOnAsIfTheStepHadNotBeen(Backend backend) {
    for (TrainingOptions options : new TrainingOptions[] {OPTIONS, OPTIONS.accumulate(3)}) {
      Network network = Samples.everyLayer(backend);
      Network undisturbed = network.copy();
      Trainer trainer = new Trainer(network, options);
      Trainer other = new Trainer(undisturbed, options);
      for (int step = 0; step < 8; step++) {
        float[] bad = x.clone();
        bad[40] = Float.NaN;
        assertThrows(DivergenceException.class, () -> trainer.step(bad, targets));
        assertArrayEquals(undisturbed.parameters(), network.parameters());
        for (int l = 0; l < network.layers().size(); l++) {
          assertArrayEquals(undisturbed.buffers(l), network.buffers(l));
        }
        assertEquals(other.step(x, targets), trainer.step(x, targets));
      }
      assertArrayEquals(undisturbed.parameters(), network.parameters());
    }
  }
}
