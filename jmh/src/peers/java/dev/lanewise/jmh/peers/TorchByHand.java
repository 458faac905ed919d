package dev.lanewise.jmh.peers;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What an expert gets out of PyTorch's operators: no automatic gradients, results go to tensors
 * that are there already, and the update is a part of the weight gradient's product.
 */
@SuppressWarnings("try") // scopes and guards work by being closed
final class TorchByHand implements Net {
  private static final Scalar ONE = new Scalar(1f);
  private static final Scalar ZERO = new Scalar(0f);

  private final int layers;
  private final int rows;
  private final Scalar minusRate;
  private final Scalar lossScale;
  private final Tensor ones;
  private final Tensor[] x;
  private final Tensor[] targets;
  private final Tensor[] weights;
  private final Tensor[] weightsTransposed;
  private final Tensor[] biases;

  /** Index 0 is the input of the network, 1 the output of its first layer. */
  private final Tensor[] values;

  private final Tensor[] gradients;
  private final Tensor[] gradientsTransposed;

  TorchByHand(Problem problem, float learningRate) {
    Point point = problem.point;
    layers = point.layers();
    rows = point.batch();
    minusRate = new Scalar(-learningRate);
    lossScale = new Scalar(2f / (rows * point.outputs()));
    ones = torch.ones(rows);
    x = Torch.tensors(problem.x, rows, point.in(0));
    targets = Torch.tensors(problem.targets, rows, point.outputs());
    weights = new Tensor[layers];
    weightsTransposed = new Tensor[layers];
    biases = new Tensor[layers];
    values = new Tensor[layers + 1];
    gradients = new Tensor[layers + 1];
    gradientsTransposed = new Tensor[layers + 1];
    for (int l = 0; l < layers; l++) {
      weights[l] = Torch.tensor(problem.weightsOutIn(l), point.out(l), point.in(l));
      weightsTransposed[l] = weights[l].t();
      biases[l] = Torch.tensor(problem.bias(l), point.out(l));
      values[l + 1] = torch.zeros(rows, point.out(l));
      gradients[l + 1] = torch.zeros(rows, point.out(l));
      gradientsTransposed[l + 1] = gradients[l + 1].t();
    }
  }

  private void run(int k) {
    values[0] = x[k];
    for (int l = 0; l < layers; l++) {
      torch.addmm_out(values[l + 1], biases[l], values[l], weightsTransposed[l]);
      if (l < layers - 1) {
        values[l + 1].relu_();
      }
    }
  }

  @Override
  public void forward(int k) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      run(k);
    }
  }

  @Override
  public void train(int k) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      run(k);
      torch.sub_out(gradients[layers], values[layers], targets[k]);
      gradients[layers].mul_(lossScale);
      for (int l = layers - 1; l >= 0; l--) {
        if (l > 0) {
          torch.mm_out(gradients[l], gradients[l + 1], weights[l]);
          torch.threshold_backward_out(gradients[l], gradients[l], values[l], ZERO);
        }
        weights[l].addmm_(gradientsTransposed[l + 1], values[l], ONE, minusRate);
        if (rows == 1) {
          biases[l].add_(gradients[l + 1].view(-1), minusRate);
        } else {
          biases[l].addmv_(gradientsTransposed[l + 1], ones, ONE, minusRate);
        }
      }
    }
  }

  @Override
  public float[] output() {
    return Torch.array(values[layers]);
  }
}
