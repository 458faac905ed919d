package dev.lanewise.jmh.peers;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch as one uses it: linear layers, automatic gradients, its own optimizer; or by hand. */
@SuppressWarnings("try") // scopes and guards work by being closed
final class Torch implements Library {
  private final boolean byHand;

  Torch(int threads, boolean byHand) {
    this.byHand = byHand;
    torch.set_num_threads(threads);
    torch.set_num_interop_threads(1);
  }

  @Override
  public String version() {
    return Library.artifact(torch.class);
  }

  @Override
  public Net net(Problem problem, float learningRate) {
    return byHand ? new TorchByHand(problem, learningRate) : new Autograd(problem, learningRate);
  }

  /** Copies numbers to memory that PyTorch allocated. */
  static Tensor tensor(float[] values, long... shape) {
    return Tensor.create(values, shape).clone();
  }

  static Tensor[] tensors(float[][] values, int rows, int columns) {
    Tensor[] tensors = new Tensor[values.length];
    for (int k = 0; k < values.length; k++) {
      tensors[k] = tensor(values[k], rows, columns);
    }
    return tensors;
  }

  static float[] array(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    tensor.data_ptr_float().get(values);
    return values;
  }

  private static final class Autograd implements Net {
    private final LinearImpl[] layers;
    private final SGD optimizer;
    private final Tensor[] x;
    private final Tensor[] targets;
    private int lastBatch;

    Autograd(Problem problem, float learningRate) {
      Point point = problem.point;
      layers = new LinearImpl[point.layers()];
      TensorVector parameters = new TensorVector();
      for (int l = 0; l < layers.length; l++) {
        int in = point.in(l);
        int out = point.out(l);
        layers[l] = new LinearImpl(in, out);
        try (NoGradGuard guard = new NoGradGuard()) {
          layers[l].weight().copy_(tensor(problem.weightsOutIn(l), out, in));
          layers[l].bias().copy_(tensor(problem.bias(l), out));
        }
        parameters.push_back(layers[l].weight());
        parameters.push_back(layers[l].bias());
      }
      optimizer = new SGD(parameters, new SGDOptions(learningRate));
      x = tensors(problem.x, point.batch(), point.in(0));
      targets = tensors(problem.targets, point.batch(), point.outputs());
    }

    private Tensor run(int k) {
      Tensor values = x[k];
      for (int l = 0; l < layers.length - 1; l++) {
        values = torch.relu(layers[l].forward(values));
      }
      return layers[layers.length - 1].forward(values);
    }

    @Override
    public void train(int k) {
      try (PointerScope scope = new PointerScope()) {
        optimizer.zero_grad();
        torch.mse_loss(run(k), targets[k]).backward();
        optimizer.step();
      }
    }

    @Override
    public void forward(int k) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        run(k);
        lastBatch = k;
      }
    }

    /** Once more: the results of {@link #forward} have gone to where PyTorch keeps free memory. */
    @Override
    public float[] output() {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        return array(run(lastBatch));
      }
    }
  }
}
