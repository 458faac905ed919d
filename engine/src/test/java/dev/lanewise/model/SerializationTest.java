package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Samples;
import dev.lanewise.data.Batches;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Normalization;
import dev.lanewise.model.Layer.Residual;
import dev.lanewise.model.TrainingOptions.Penalty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What describes a network and its training arrives in another virtual machine as it was. */
class SerializationTest {
  private static byte[] bytes(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  private static Object object(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  private static Object sent(Object value) throws IOException, ClassNotFoundException {
    return object(bytes(value));
  }

  static List<Layer> layers() {
    return List.of(
        new Dense(3, 4, Activation.leakyRelu(0.25f), false),
        new LayerNorm(4, Activation.elu(1.5f), 1e-3f),
        new BatchNorm(4, Activation.GELU, 1e-4f, 0.2f),
        new Dropout(4, 0.3f),
        new Residual(4, 0, Activation.SELU),
        new Normalization(4));
  }

  static List<Optimizer> optimizers() {
    return List.of(
        new Sgd(0.1f).withNesterovMomentum(0.9f).withWeightDecay(0.01f),
        new Adam(0.1f),
        new AdamW(0.1f).withWeightDecay(0.2f),
        new RmsProp(0.1f).centered().withMomentum(0.5f),
        new AdaGrad(0.1f),
        new Lion(0.1f));
  }

  static List<Schedule> schedules() {
    return List.of(
        Schedule.constant(),
        Schedule.step(3, 0.5),
        Schedule.exponential(0.9),
        Schedule.warmUp(5).then(Schedule.cosine(90, 0.01)),
        Schedule.constant().until(4).then(Schedule.exponential(0.5)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void everyLayerIsEqual(Layer layer) throws Exception {
    assertEquals(layer, sent(layer));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizerIsEqual(Optimizer optimizer) throws Exception {
    assertEquals(optimizer, sent(optimizer));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void everyScheduleIsEqual(Schedule schedule) throws Exception {
    assertEquals(schedule, sent(schedule));
  }

  @ParameterizedTest
  @EnumSource
  void everyActivationIsEqual(Activation.Kind kind) throws Exception {
    assertEquals(Samples.activation(kind), sent(Samples.activation(kind)));
  }

  @Test
  void everyLossIsEqual() throws Exception {
    for (Loss.Standard loss : Samples.losses()) {
      assertEquals(loss, sent(loss));
      Loss.Standard weighted = loss.withClassWeights(1, 0.5f);
      assertEquals(weighted, sent(weighted));
    }
  }

  @Test
  void whatStandsBesideTheOptionsIsEqual() throws Exception {
    Plateau plateau = new Plateau(Plateau.Mode.MAX, 0.5, 3, 0.1, 2, 1e-6);
    for (Object value :
        List.of(
            plateau,
            plateau.next(plateau.start(), 0.5),
            Initializer.XAVIER,
            Schedule.Unit.STEP,
            Batches.LastBatch.DROP)) {
      assertEquals(value, sent(value));
    }
  }

  private static List<TrainingOptions> options() {
    TrainingOptions plain = TrainingOptions.of(Loss.huber(0.5f), new Adam(0.01f));
    return List.of(
        plain,
        TrainingOptions.of(Loss.huber(0.25f), new Adam(0.01f)),
        TrainingOptions.of(Loss.huber(0.5f), new Adam(0.02f)),
        plain.clipNorm(1),
        plain.clipValue(1),
        plain.accumulate(3),
        plain.seed(9),
        plain.withoutPenaltyOnBiases(),
        plain.l1(0.1f),
        plain.penalty(1, new Penalty(0.1f, 0.2f, 0.3f)),
        plain.freeze(0, 2),
        plain.rateFactor(1, 0.5f));
  }

  @Test
  void optionsAreEqualToThoseOfEqualValuesOnly() throws Exception {
    for (int i = 0; i < options().size(); i++) {
      TrainingOptions one = options().get(i);
      for (int j = 0; j < options().size(); j++) {
        Object other = sent(options().get(j));
        if (i == j) {
          assertEquals(one, other);
          assertEquals(one.hashCode(), other.hashCode());
          assertEquals(one.toString(), other.toString());
        } else {
          assertNotEquals(one, other);
        }
      }
    }
  }

  @Test
  void lambdasOfSchedulesAndLossesAreSent() throws Exception {
    double slope = 0.5;
    Schedule schedule = (base, t) -> base / (1 + slope * t);
    assertEquals(0.05, ((Schedule) sent(schedule)).rate(0.1, 2));
    Loss.Custom loss = (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> slope;
    TrainingOptions options = TrainingOptions.of(loss, new Sgd(0.1f));
    Loss.Custom arrived = (Loss.Custom) ((TrainingOptions) sent(options)).loss();
    assertEquals(slope, arrived.gradient(0, 0, null, 0, null, 0, null, 0));
  }

  @Test
  void numbersThatNoFactoryWouldTakeAreRefused() throws Exception {
    byte[] bytes = bytes(new Dropout(3, 0.25f));
    int at = 0;
    while (bytes[at] != 0x3e || bytes[at + 1] != (byte) 0x80) {
      at++;
    }
    bytes[at] = 0x7f;
    Exception e = assertThrows(InvalidObjectException.class, () -> object(bytes));
    assertTrue(e.getMessage().contains("rate"), e::getMessage);
  }
}
