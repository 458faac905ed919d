package dev.lanewise.jmh.placement;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.jmh.placement.Placement.Rows;
import dev.lanewise.jmh.work.NetworkShape;
import dev.lanewise.jmh.work.Operands;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.ArrayList;
import java.util.List;

/**
 * A training step on one thread: ReLU between the layers, mean squared error, plain SGD. The
 * network decides for itself how far apart rows lie; each place has a network of its own, and what
 * lies in front of it is as much longer as its offset.
 *
 * @param shape of the network
 * @param batch how many samples
 */
record StepTask(NetworkShape shape, int batch) implements Task {
  static final String WHAT = "step";

  /** So small that nothing is learned while it is timed. */
  private static final float LEARNING_RATE = 1e-6f;

  @Override
  public double flop() {
    List<Integer> widths = shape.widths();
    double forward = 0;
    for (int l = 1; l < widths.size(); l++) {
      forward += 2.0 * widths.get(l - 1) * widths.get(l);
    }
    return batch * (3 * forward - 2.0 * widths.get(0) * widths.get(1));
  }

  @Override
  public List<Placement> placements(List<Integer> offsets) {
    return offsets.stream().map(offset -> new Placement(Rows.DENSE, offset)).toList();
  }

  @Override
  public int room(List<Placement> placements) {
    return 0;
  }

  @Override
  public List<Runnable> place(List<Placement> placements, float[][] arrays) {
    List<Runnable> runs = new ArrayList<>();
    for (Placement at : placements) {
      runs.add(new Steps(this, at.offset()));
    }
    return runs;
  }

  private static final class Steps implements Runnable {
    private final int batch;
    private final int offset;
    private final float[] x;
    private final float[] targets;
    private final Trainer trainer;

    Steps(StepTask task, int offset) {
      this.offset = offset;
      batch = task.batch;
      List<Integer> widths = task.shape.widths();
      x = Operands.symmetric(offset + batch * widths.getFirst(), 1);
      targets = Operands.symmetric(offset + batch * widths.getLast(), 2);
      NetworkBuilder builder = Network.builder(widths.getFirst());
      for (int l = 1; l < widths.size(); l++) {
        boolean last = l == widths.size() - 1;
        builder.dense(widths.get(l), last ? Activation.IDENTITY : Activation.RELU);
      }
      Network network = builder.initializer(Initializer.HE, 42).build();
      trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(LEARNING_RATE), 1);
    }

    @Override
    public void run() {
      trainer.step(batch, x, offset, targets, offset);
    }
  }

  @Override
  public String what() {
    return WHAT;
  }

  @Override
  public String size() {
    return shape + " at " + batch;
  }
}
