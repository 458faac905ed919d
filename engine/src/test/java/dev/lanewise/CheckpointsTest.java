package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.io.FileException;
import dev.lanewise.loop.History;
import dev.lanewise.loop.TrainingCallback;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Loss;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final Dataset DATA = Dataset.spirals(40, 5);

  @TempDir private Path root;

  /** Four steps an epoch. */
  private static TrainingLoop loop(int epochs) {
    Network network =
        Network.builder(2).dense(4, Activation.TANH).dense(2, Activation.SOFTMAX).build();
    Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Adam(0.01f), 1);
    return new TrainingLoop(trainer, DATA).epochs(epochs).batchSize(10);
  }

  private Path directory() {
    return root.resolve("run").resolve("checkpoints");
  }

  private TrainingLoop saving(int epochs, int every, int keep) {
    return loop(epochs).checkpoints(directory(), every, keep);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path step(int step) {
    return directory().resolve("step-00000000" + step + ".lanewise");
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static float[] parameters(TrainingLoop loop) {
    return loop.trainer().network().parameters();
  }

  private static List<String> warnings(Runnable action) {
    List<String> warnings = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            warnings.add(message.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.lanewise");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      action.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return warnings;
  }

  private static void resume(TrainingLoop loop, Path from) {
    try {
      loop.resume(from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theLastOnesAreKeptAndTheEndIsOneOfThem() throws IOException {
    saving(2, 3, 2).run();
    assertEquals(List.of("step-000000006.lanewise", "step-000000008.lanewise"), names());
    assertArrayEquals(new long[] {8}, new long[] {saving(2, 3, 2).resume(step(6)).last().steps()});
  }

  @Test
  void theBestOneIsKeptBesideThem() throws IOException {
    List<float[]> parameters = new ArrayList<>();
    TrainingLoop loop = saving(30, 100, 1).validationFraction(0.5);
    loop.trainer().setLearningRate(1);
    TrainingCallback note =
        new TrainingCallback() {
          @Override
          public boolean afterEpoch(History history) {
            parameters.add(parameters(loop));
            return true;
          }
        };
    History history = loop.callback(note).run();
    int best = 0;
    for (int e = 1; e < 30; e++) {
      List<History.Epoch> epochs = history.epochs();
      best = epochs.get(e).validationLoss() < epochs.get(best).validationLoss() ? e : best;
    }
    assertTrue(best < 29, "the last epoch was the best one");
    assertEquals("best.lanewise", names().get(0));
    assertArrayEquals(
        parameters.get(best), Network.load(directory().resolve("best.lanewise")).parameters());
    assertEquals(30, history.best());
  }

  @Test
  void withoutValidationThereIsNoBestOne() throws IOException {
    saving(1, 100, 1).run();
    assertEquals(List.of("step-000000004.lanewise"), names());
  }

  @Test
  void theirNetworksAndMetadataAreReadWithoutTheLoop() throws IOException {
    TrainingLoop loop = saving(1, 100, 1).metadata(Map.of("classes", "left,right"));
    loop.run();
    SavedNetwork saved = SavedNetwork.load(step(4));
    assertEquals(Map.of("classes", "left,right"), saved.metadata());
    assertArrayEquals(parameters(loop), saved.network().parameters());
  }

  @Test
  void aDamagedOneIsPassedOverWithAWarning() throws IOException {
    TrainingLoop whole = saving(2, 3, 3);
    whole.run();
    damage(step(8));
    TrainingLoop resumed = saving(2, 1, 1);
    List<String> warnings = warnings(() -> resume(resumed, directory()));
    assertEquals(1, warnings.size(), warnings::toString);
    String start = "a checkpoint is passed over, and " + step(6) + " taken: " + step(8);
    assertTrue(warnings.get(0).startsWith(start), warnings::toString);
    assertArrayEquals(parameters(whole), parameters(resumed));
    assertEquals(List.of("step-000000008.lanewise"), names());
    assertEquals(List.of(), warnings(() -> resume(saving(2, 1, 1), directory())));
  }

  /** Else the only whole one would be deleted, and a damaged one kept. */
  @Test
  void aDamagedOneDoesNotCountAmongTheLast() throws IOException {
    saving(2, 3, 3).run();
    damage(step(8));
    TrainingCallback seventh =
        new TrainingCallback() {
          @Override
          public boolean afterStep(long step, int rows, double loss) {
            return step < 7;
          }
        };
    warnings(() -> resume(saving(2, 100, 1).callback(seventh), directory()));
    assertEquals(List.of("step-000000007.lanewise", "step-000000008.lanewise"), names());
  }

  @Test
  void whereAllAreDamagedTheNewestIsNamed() throws IOException {
    saving(2, 3, 3).run();
    for (int step : new int[] {3, 6, 8}) {
      damage(step(step));
    }
    FileException e = assertThrows(FileException.class, () -> saving(2, 3, 3).resume(directory()));
    assertTrue(e.getMessage().startsWith(step(8).toString()), e::getMessage);
    assertEquals(2, e.getSuppressed().length);
    assertThrows(FileException.class, () -> loop(2).resume(step(3)));
  }

  @Test
  void aDirectoryWithoutOneStartsTheRunThatIsToFillItAndNoOther() throws IOException {
    TrainingLoop straight = loop(2);
    straight.run();
    TrainingLoop resumed = saving(2, 3, 1);
    resumed.resume(root.resolve("run/./checkpoints"));
    assertArrayEquals(parameters(straight), parameters(resumed));
    Path other = Files.createDirectory(root.resolve("empty"));
    Exception e = assertThrows(NoSuchFileException.class, () -> saving(2, 3, 1).resume(other));
    assertEquals(
        other + ": no checkpoint is there: name another directory, or a file", e.getMessage());
    Path missing = root.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> saving(2, 3, 1).resume(missing));
  }

  @Test
  void aNewRunDoesNotMixWithAnOldOne() throws IOException {
    saving(2, 3, 1).run();
    List<String> before = names();
    Exception e = assertThrows(IllegalStateException.class, () -> saving(2, 1, 1).run());
    assertEquals(
        directory()
            + " has checkpoints of an earlier run: go on from them with resume(...), name another"
            + " directory, or empty it",
        e.getMessage());
    assertEquals(before, names());
  }

  @Test
  void whatAKilledRunLeftHalfWrittenIsDeletedAndNothingElse() throws IOException {
    Files.createDirectories(directory());
    String unique = "." + UUID.randomUUID() + ".tmp";
    Files.write(directory().resolve("step-000000003.lanewise" + unique), new byte[3]);
    Files.write(directory().resolve("best.lanewise" + unique), new byte[3]);
    List<String> others =
        List.of(
            "best.lanewise.tmp",
            "notes" + unique,
            "notes.tmp",
            "step-000000003.lanewise.4-2.tmp",
            "step-000000004.lanewise",
            "step-by-step.tmp",
            "step-by-step" + unique);
    for (String name : others) {
      Files.write(directory().resolve(name), new byte[3]);
    }
    Files.delete(step(4));
    saving(1, 100, 1).run();
    assertEquals(others.stream().sorted().toList(), names());
  }

  /** Trains in one directory while another training is at work there. */
  private Exception refusedMeanwhile(ThrowingSupplier<History> second) {
    List<Exception> refusals = new ArrayList<>();
    TrainingCallback other =
        new TrainingCallback() {
          @Override
          public boolean afterEpoch(History history) {
            try {
              second.get();
            } catch (Throwable e) {
              refusals.add((Exception) e);
            }
            return true;
          }
        };
    saving(1, 2, 2).callback(other).run();
    assertEquals(1, refusals.size(), "not refused");
    return refusals.get(0);
  }

  @Test
  void aSecondTrainingInTheSameDirectoryIsRefusedUntilTheFirstHasEnded() throws IOException {
    String why =
        ": another training writes its checkpoints there: wait until it has ended, or name another"
            + " directory";
    Exception resumed = refusedMeanwhile(() -> saving(2, 1, 1).resume(directory()));
    assertEquals(directory() + why, resumed.getMessage());
    Path link = Files.createSymbolicLink(root.resolve("link"), directory());
    Files.delete(step(2));
    Files.delete(step(4));
    Exception again = refusedMeanwhile(() -> loop(2).checkpoints(link, 1, 1).run());
    assertEquals(link + why, again.getCause().getMessage());
    Files.delete(step(2));
    Files.delete(step(4));
    Exception asked = refusedMeanwhile(() -> saving(2, 0, 1).run());
    assertEquals(directory() + why, asked.getCause().getMessage());
    assertEquals(List.of("step-000000002.lanewise", "step-000000004.lanewise"), names());
    saving(2, 1, 1).resume(directory());
    assertEquals(List.of("step-000000008.lanewise"), names());
  }

  @Test
  void aSecondTrainingOfAnotherProcessIsRefusedUntilTheFirstIsKilled() throws Exception {
    Process process = KilledTrainingTest.start(directory());
    try (BufferedReader out = process.inputReader()) {
      assertEquals("ready", out.readLine());
      // Stopped, so that it neither ends nor goes on.
      new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
      TrainingLoop second = CheckpointRun.loop().checkpoints(directory(), 1, 2);
      List<String> before = names();
      assertThrows(FileSystemException.class, () -> second.resume(directory()));
      assertEquals(before, names());
      process.toHandle().destroyForcibly();
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "no end");
      second.epochs(1).resume(directory());
      List<String> after = names();
      assertTrue(after.stream().allMatch(n -> n.endsWith(".lanewise")), after::toString);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theDirectoryMayBeALink() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("run/checkpoints"));
    loop(1).checkpoints(link, 2, 1).run();
    assertEquals(List.of("step-000000004.lanewise"), names());
    assertTrue(Files.isSymbolicLink(link));
  }

  /** As tasks are stopped. */
  @Test
  void anInterruptedTrainingWritesItsCheckpoints() throws IOException {
    TrainingLoop loop = saving(2, 3, 2).validationFraction(0.5);
    TrainingCallback stop =
        new TrainingCallback() {
          @Override
          public boolean afterStep(long step, int rows, double loss) {
            if (step == 2) {
              Thread.currentThread().interrupt();
            }
            return step < 3;
          }
        };
    History history = loop.callback(stop).run();
    assertTrue(Thread.interrupted());
    assertEquals(History.End.CALLBACK, history.end());
    assertEquals(List.of("best.lanewise", "step-000000003.lanewise"), names());
    Thread.currentThread().interrupt();
    resume(saving(2, 3, 2).validationFraction(0.5), directory());
    assertTrue(Thread.interrupted());
  }

  @Test
  void aNetworksFileIsNoCheckpoint() throws IOException {
    Path file = root.resolve("network");
    loop(1).trainer().network().save(file);
    FileException e = assertThrows(FileException.class, () -> loop(1).resume(file));
    assertTrue(e.getMessage().contains(", section \"settings\", "), e::getMessage);
  }

  /** A file that is whole but nonsense: nothing may come of it but a refusal. */
  @Test
  void anyFlippedByteAndAnyTruncationIsRefused() throws IOException {
    TrainingLoop loop = saving(1, 100, 1);
    loop.run();
    byte[] whole = Files.readAllBytes(step(4));
    Path file = root.resolve("broken");
    float[] before = parameters(loop);
    for (int at = 0; at < whole.length; at++) {
      Files.write(file, at % 2 == 0 ? Arrays.copyOf(whole, at) : flipped(whole, at));
      assertThrows(FileException.class, () -> loop.resume(file));
    }
    assertArrayEquals(before, parameters(loop));
  }

  private static byte[] flipped(byte[] whole, int at) {
    byte[] bytes = whole.clone();
    bytes[at] ^= 0x10;
    return bytes;
  }

  @Test
  void numbersThatAreTooSmallAreRefused() {
    for (int[] numbers : new int[][] {{-1, 1}, {1, 0}}) {
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> loop(1).checkpoints(root, numbers[0], numbers[1]));
      assertTrue(e.getMessage().endsWith(numbers[0] + " and " + numbers[1]), e::getMessage);
    }
  }
}
