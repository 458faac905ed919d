package dev.lanewise.loop;

import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.TrainingOptions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Local SGD: rows are dealt to shards, each shard learns from its own rows for a round, starting
 * from the same model, and the average of what they made is the model of the next round. McMahan et
 * al., "Communication-Efficient Learning of Deep Networks from Decentralized Data", 2017; Stich,
 * "Local SGD Converges Fast and Communicates Little", 2019. With more than one shard this is
 * another algorithm than that of a {@link TrainingLoop}; with one shard it gives the same bits.
 *
 * <p>Every part is a pure function: {@link #learn} of a model, a shard's number and rows, {@link
 * #average} of what shards made, {@link #next} of a model and an average. They change nothing that
 * they are given, and may run in any order, on any thread or machine, more than once: the bits
 * follow from the settings, the model and the rows of each shard, which {@code RowShards} deals so
 * that their order cannot matter. {@link #round} does all on threads of this virtual machine. These
 * settings are immutable and serializable, to be sent to another virtual machine with the same
 * Lanewise.
 *
 * <p>The average is weighted by what shards have learned from in the round: the sum of their rows'
 * weights. It is made in a fixed binary tree over the numbers of the shards, which is cut at the
 * highest power of two below their count: of 6, (((0 1) (2 3)) (4 5)). The mean of {@code a} and
 * {@code b} with weights {@code u} and {@code v} is {@code a + (b - a) f} with {@code f = v / (u +
 * v)}, so what is equal in all shards, such as a frozen layer, keeps its bits. A shard without
 * rows, or with rows of weight 0 only, is as if it were not there. Shards {@code i 2^k} to before
 * {@code (i + 1) 2^k} are a subtree: their average can be made elsewhere, and go into a further
 * one.
 *
 * <pre>{@code
 * LocalSgd sgd = new LocalSgd(network.layers(), options, 8, 64);
 * List<RowSource> shards = RowShards.deal(data, 8, 1);
 * LocalModel model = sgd.start(network);
 * for (int round = 0; round < 10; round++) {
 *   model = sgd.round(model, shards, 2, Backend.preferred());
 * }
 * model.putInto(network);
 * }</pre>
 *
 * @param layers the network's layers, at least 1
 * @param options how each shard learns. With one shard what the optimizer remembers goes on over
 *     rounds; with more it starts anew in each.
 * @param shards how many shards there are, at least 1; decides bits, as threads and machines do not
 * @param batchSize how many rows a step takes from all shards together, a multiple of {@code
 *     shards}: each takes {@code batchSize / shards}
 * @param roundSteps how many steps a shard makes in a round, 0 for one epoch of its rows; after the
 *     last row comes another epoch
 * @param seed of the orders in which shards take their rows: another one for each shard and epoch,
 *     with one shard those of {@link TrainingLoop#seed}
 * @param schedule how the learning rate goes on over rounds
 * @param unit what its time counts: a shard's own steps or epochs
 * @param outerMomentum how much of the velocity of rounds is kept, at least 0 and below 1. Where it
 *     is above 0, {@code v = outerMomentum v + (average - start)} and the next round starts from
 *     {@code average + outerMomentum v}: Nesterov's momentum with a learning rate of 1. Wang et
 *     al., "SlowMo", 2020; Douillard et al., "DiLoCo", 2023.
 */
public record LocalSgd(
    List<Layer> layers,
    TrainingOptions options,
    int shards,
    int batchSize,
    int roundSteps,
    long seed,
    Schedule schedule,
    Schedule.Unit unit,
    float outerMomentum)
    implements Serializable {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a number is out of its range, there is no layer, an option
   *     names a layer that is not there, a batch norm would learn from batches of one row, or
   *     gradients are accumulated that a round of several shards would not use up
   */
  public LocalSgd {
    layers = List.copyOf(layers);
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(unit, "unit");
    require(!layers.isEmpty(), "a network needs at least 1 layer, but there is none");
    options.requireLayers(layers.size());
    require(shards >= 1, "there must be at least 1 shard, not " + shards);
    require(
        batchSize >= 1 && batchSize % shards == 0,
        "batchSize counts the rows of all shards, so for "
            + shards
            + " shards it must be a multiple of "
            + shards
            + ", but was "
            + batchSize);
    require(roundSteps >= 0, "a round has at least 0 steps, not " + roundSteps);
    require(
        outerMomentum >= 0 && outerMomentum < 1,
        "outerMomentum must be at least 0 and below 1, but was " + outerMomentum);
    int together = options.accumulation();
    require(
        shards == 1 || together == 1 || (roundSteps > 0 && roundSteps % together == 0),
        "gradients are accumulated over "
            + together
            + " steps, so with more than 1 shard roundSteps must be a multiple of them, but was "
            + roundSteps);
    int least = leastRows(layers, options);
    require(
        batchSize / shards >= least,
        "a batch norm needs at least "
            + least
            + " rows of each shard in a step: make batchSize "
            + (long) least * shards
            + " or more, or freeze the layer");
  }

  /** Returns how many rows a step must have to learn from them. */
  private static int leastRows(List<Layer> layers, TrainingOptions options) {
    int least = 1;
    for (int l = 0; l < layers.size(); l++) {
      least = layers.get(l) instanceof BatchNorm && options.rateFactor(l) > 0 ? 2 : least;
    }
    return least;
  }

  /**
   * Makes rounds of one epoch with a constant learning rate, seed 0, and no outer momentum.
   *
   * @param layers the network's layers, at least 1
   * @param options how each shard learns
   * @param shards how many shards there are, at least 1
   * @param batchSize how many rows a step takes from all shards together, a multiple of {@code
   *     shards}
   * @throws IllegalArgumentException as the other constructor does
   */
  public LocalSgd(List<Layer> layers, TrainingOptions options, int shards, int batchSize) {
    this(layers, options, shards, batchSize, 0, 0, Schedule.constant(), Schedule.Unit.EPOCH, 0);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * Returns these settings with another length of rounds.
   *
   * @param steps how many steps of each shard, at least 0; 0 for one epoch
   * @return settings that differ in this only
   * @throws IllegalArgumentException if it is below 0, or does not fit the accumulation
   */
  public LocalSgd withRoundSteps(int steps) {
    return new LocalSgd(
        layers, options, shards, batchSize, steps, seed, schedule, unit, outerMomentum);
  }

  /**
   * Returns these settings with another seed.
   *
   * @param newSeed any number
   * @return settings that differ in this only
   */
  public LocalSgd withSeed(long newSeed) {
    return new LocalSgd(
        layers, options, shards, batchSize, roundSteps, newSeed, schedule, unit, outerMomentum);
  }

  /**
   * Returns these settings with another schedule.
   *
   * @param newSchedule the learning rates
   * @param newUnit what its time counts
   * @return settings that differ in this only
   */
  public LocalSgd withSchedule(Schedule newSchedule, Schedule.Unit newUnit) {
    return new LocalSgd(
        layers, options, shards, batchSize, roundSteps, seed, newSchedule, newUnit, outerMomentum);
  }

  /**
   * Returns these settings with another outer momentum.
   *
   * @param momentum at least 0 and below 1
   * @return settings that differ in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public LocalSgd withOuterMomentum(float momentum) {
    return new LocalSgd(
        layers, options, shards, batchSize, roundSteps, seed, schedule, unit, momentum);
  }

  /**
   * Starts from a network.
   *
   * @param network a network of these layers, which is copied
   * @return the model of round 0
   * @throws IllegalArgumentException if its layers are others
   */
  public LocalModel start(Network network) {
    require(
        network.layers().equals(layers),
        "the network must have the layers " + layers + ", but has " + network.layers());
    float[] velocity = new float[outerMomentum > 0 ? network.parameterCount() : 0];
    return new LocalModel(
        0, 0, Double.NaN, network.parameters(), network.buffers(), velocity, null);
  }

  /**
   * Lets a shard learn for a round: on this thread alone, with a network of its own.
   *
   * @param model what the round starts from; the velocity is not looked at
   * @param shard which shard, from 0
   * @param rows all its rows, at least 1, in the same order in every round
   * @param backend what computes; changes no bit
   * @return what the shard made
   * @throws IllegalArgumentException if there is no such shard, rows or model do not fit the
   *     layers, or a target is none for the loss
   * @throws dev.lanewise.DivergenceException if a loss, or a parameter at the end, is not finite;
   *     its steps count from the start of the round where there is more than one shard
   */
  public ShardModel learn(LocalModel model, int shard, RowSource rows, Backend backend) {
    Objects.checkIndex(shard, shards);
    int inputs = layers.getFirst().in();
    int outputs = layers.getLast().out();
    require(
        rows.rows() > 0 && rows.inputs() == inputs && rows.outputs() == outputs,
        "shard "
            + shard
            + " must have rows of "
            + inputs
            + " inputs and "
            + outputs
            + " targets, but has "
            + rows.rows()
            + " of "
            + rows.inputs()
            + " and "
            + rows.outputs());
    NetworkBuilder builder = Network.builder(inputs).backend(backend);
    layers.forEach(builder::layer);
    Network network = builder.build(model.parameters());
    network.setBuffers(model.buffers());
    boolean alone = shards == 1;
    long dropoutSeed = SplitMix64.bits(SplitMix64.bits(options.seed(), shard), model.round());
    Batches batches =
        new Batches(rows, batchSize / shards, alone ? seed : SplitMix64.bits(seed, shard));
    try (Trainer trainer = new Trainer(network, alone ? options : options.seed(dropoutSeed), 1)) {
      if (model.trainer() != null) {
        trainer.restore(model.trainer());
      }
      ShardSteps steps = new ShardSteps(trainer, rows, batches, schedule, unit);
      steps.run(model.round(), roundSteps, batchSize / shards, leastRows(layers, options));
      return new ShardModel(
          shard,
          shard + 1,
          steps.rows(),
          steps.weight(),
          steps.loss(),
          network.parameters(),
          network.buffers(),
          alone ? trainer.state() : null);
    }
  }

  /**
   * Averages what shards made in one round, each a single shard or an average of several. The order
   * of the list does not matter; shards that are missing count as empty.
   *
   * @param parts what they made, at least one
   * @return their average
   * @throws IllegalArgumentException if there is none, a shard is there twice or does not exist, or
   *     a part is an average of shards that are not a subtree of the whole
   */
  public ShardModel average(List<ShardModel> parts) {
    return new ShardTree(options.loss().isSum()).average(parts, shards);
  }

  /**
   * Makes the model that the next round starts from.
   *
   * @param model what this round started from
   * @param average what all shards made of it
   * @return the average, moved on by the outer momentum
   * @throws IllegalArgumentException if an epoch of all shards had no row to learn from, or the two
   *     do not fit
   */
  public LocalModel next(LocalModel model, ShardModel average) {
    require(
        average.weight() > 0 || roundSteps > 0,
        "there is nothing to learn from: weights of 0 leave no batch with a row that counts, or"
            + " with two for a batch norm; give some rows a weight, or make batches larger");
    float[] ends = average.parameters();
    float[] starts = model.parameters();
    require(
        ends.length == starts.length
            && model.velocity().length == (outerMomentum > 0 ? starts.length : 0),
        "model and average must have as many parameters, and the model a velocity for each with"
            + " outer momentum only");
    float[] parameters = ends;
    float[] velocity = model.velocity();
    if (outerMomentum > 0) {
      parameters = new float[starts.length];
      velocity = new float[starts.length];
      for (int i = 0; i < parameters.length; i++) {
        velocity[i] = outerMomentum * model.velocity()[i] + (ends[i] - starts[i]);
        parameters[i] = ends[i] + outerMomentum * velocity[i];
      }
    }
    return new LocalModel(
        model.round() + 1,
        average.rows(),
        average.loss(),
        parameters,
        average.buffers(),
        velocity,
        average.trainer());
  }

  /**
   * Makes a round on threads of this virtual machine. Their number changes no bit. What all shards
   * made is kept until it is averaged: a model for each.
   *
   * @param model what it starts from
   * @param rows the rows of each shard; shards of 0 rows are left out
   * @param threads how many shards learn at the same time at most, at least 1
   * @param backend what computes; changes no bit
   * @return what the next round starts from
   * @throws IllegalArgumentException as the functions do that it is made of, or if there are not as
   *     many lists of rows as shards, or no row at all
   * @throws dev.lanewise.DivergenceException as {@link #learn} does
   * @throws CancellationException if this thread is interrupted
   */
  public LocalModel round(
      LocalModel model, List<? extends RowSource> rows, int threads, Backend backend) {
    require(rows.size() == shards, "there are " + shards + " shards, but rows of " + rows.size());
    require(threads >= 1, "threads must be at least 1, but was " + threads);
    List<Callable<ShardModel>> filled = new ArrayList<>();
    for (int s = 0; s < shards; s++) {
      int shard = s;
      if (rows.get(shard).rows() > 0) {
        filled.add(() -> learn(model, shard, rows.get(shard), backend));
      }
    }
    require(!filled.isEmpty(), "all " + shards + " shards are empty: give at least 1 row");
    List<ShardModel> parts = new ArrayList<>();
    ThreadFactory named = Thread.ofPlatform().name("lanewise-shard-", 0).daemon().factory();
    int used = Math.min(threads, filled.size());
    try (ExecutorService pool = Executors.newFixedThreadPool(used, named)) {
      for (Future<ShardModel> part : pool.invokeAll(filled)) {
        parts.add(part.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the round was interrupted; its model is as it was");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException known -> throw known;
        case Error error -> throw error;
        default -> throw new IllegalStateException(e);
      }
    }
    return next(model, average(parts));
  }
}
