package dev.lanewise.loop;

import dev.lanewise.Network;
import dev.lanewise.internal.format.SectionReader;
import dev.lanewise.internal.format.SectionWriter;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Plateau;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a run of a training loop has come. */
final class RunState {
  private static final String RUN = "run";
  private static final String HISTORY = "history";
  private static final String GOOD = "good";
  private static final String BEST = "best";

  /** The learning rate that schedules start from. */
  final double base;

  /** The epochs that are done. */
  final List<History.Epoch> seen = new ArrayList<>();

  long steps;

  /** The number of the epoch that is running, from 1, and how many of its rows are done. */
  int epoch = 1;

  int position;

  /** The losses of these rows, what they are divided by, and how long they took. */
  double sum;

  double total;
  double seconds;

  double bestValue = Double.NaN;
  int bestEpoch;
  Plateau.State plateau;

  /** Network with which the loss was finite. */
  Network good;

  /** The parameters of the best epoch, if early stopping wants them; else null. */
  Network best;

  /** Starts a run. */
  RunState(LoopOptions options) {
    this.base = options.trainer().optimizer().learningRate();
    this.plateau = options.plateau() == null ? null : options.plateau().start();
    this.good = options.trainer().network().copy();
  }

  /** Reads how far a run of such a loop had come. */
  RunState(SectionReader in, LoopOptions options) throws IOException {
    in.section(RUN);
    base = in.getDouble();
    steps = in.getLong();
    epoch = in.getInt();
    position = in.getInt();
    sum = in.getDouble();
    total = in.getDouble();
    seconds = in.getDouble();
    bestValue = in.getDouble();
    bestEpoch = in.getInt();
    if (options.plateau() != null) {
      plateau = new Plateau.State(in.getDouble(), in.getInt(), in.getInt(), in.getInt());
    }
    if (steps < 0
        || epoch < 1
        || position < 0
        || position > options.data().rows()
        || bestEpoch < 0
        || bestEpoch >= epoch) {
      throw in.defect("a number is out of its range: it is damaged");
    }
    in.requireEnd();
    readHistory(in, options.metrics());
    good = network(in, GOOD, options);
    if (in.has(BEST)) {
      best = network(in, BEST, options);
    }
  }

  void write(LoopOptions options, SectionWriter out) throws IOException {
    out.section(RUN)
        .putDouble(base)
        .putLong(steps)
        .putInt(epoch)
        .putInt(position)
        .putDouble(sum)
        .putDouble(total)
        .putDouble(seconds)
        .putDouble(bestValue)
        .putInt(bestEpoch);
    if (plateau != null) {
      out.putDouble(plateau.best())
          .putInt(plateau.bad())
          .putInt(plateau.cooling())
          .putInt(plateau.reductions());
    }
    out.section(HISTORY);
    for (History.Epoch done : seen) {
      out.putLong(done.steps())
          .putFloat(done.learningRate())
          .putDouble(done.loss())
          .putDouble(done.validationLoss())
          .putDouble(done.seconds());
      for (Metric metric : options.metrics()) {
        out.putDouble(done.metrics().get(metric));
      }
    }
    write(good, GOOD, out);
    if (best != null) {
      write(best, BEST, out);
    }
  }

  private void readHistory(SectionReader in, List<Metric> metrics) throws IOException {
    in.section(HISTORY);
    for (int number = 1; number < epoch; number++) {
      long done = in.getLong();
      float rate = in.getFloat();
      double loss = in.getDouble();
      double validationLoss = in.getDouble();
      double time = in.getDouble();
      Map<Metric, Double> values = new LinkedHashMap<>();
      for (Metric metric : metrics) {
        values.put(metric, in.getDouble());
      }
      values = Collections.unmodifiableMap(values);
      seen.add(new History.Epoch(number, done, rate, loss, validationLoss, values, time));
    }
    in.requireEnd();
  }

  private static void write(Network network, String name, SectionWriter out) throws IOException {
    out.section(name).putFloats(network.parameters());
    out.section(name + " statistics").putFloats(network.buffers());
  }

  private static Network network(SectionReader in, String name, LoopOptions options)
      throws IOException {
    Network network = options.trainer().network().copy();
    network.setParameters(in.section(name).getFloats(network.parameterCount()));
    in.section(name + " statistics");
    network.setBuffers(in.getFloats(network.buffers().length));
    return network;
  }
}
