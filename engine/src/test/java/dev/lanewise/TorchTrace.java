package dev.lanewise;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.model.Activation;
import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A training run that PyTorch recorded, in our terms; its weights are {@code out x in}. */
final class TorchTrace {
  private static final Set<String> HYPER_PARAMETERS =
      Set.of(
          "lr",
          "momentum",
          "nesterov",
          "weight_decay",
          "betas",
          "eps",
          "alpha",
          "centered",
          "initial_accumulator_value");

  private final Map<String, Object> fields;
  private final Map<?, ?> hp;

  private TorchTrace(Map<String, Object> fields) {
    this.fields = fields;
    this.hp = (Map<?, ?>) fields.get("hp");
    for (Object name : hp.keySet()) {
      if (!HYPER_PARAMETERS.contains(name)) {
        throw new IllegalArgumentException("unknown hyper-parameter " + name + " in " + hp);
      }
    }
  }

  static TorchTrace read(Path file) throws IOException {
    return new TorchTrace(JSON.std.mapFrom(Files.readString(file)));
  }

  /** Returns the activation that PyTorch gives this name. */
  private static Activation activation(String name) {
    return switch (name) {
      case "linear", "none" -> Activation.IDENTITY;
      case "swish" -> Activation.SILU;
      case "leaky_relu" -> Activation.leakyRelu(0.01f);
      case "elu" -> Activation.elu(1);
      default -> new Activation(Activation.Kind.valueOf(name.toUpperCase(Locale.ROOT)), 0);
    };
  }

  private List<String> activations() {
    List<String> names = new ArrayList<>();
    for (Object name : (List<?>) fields.get("acts")) {
      names.add(String.valueOf(name));
    }
    return names;
  }

  int batch() {
    return ((Number) fields.get("batch")).intValue();
  }

  int steps() {
    return ((Number) fields.get("steps")).intValue();
  }

  double[] numbers(String field) {
    return numbers(fields.get(field));
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }

  float[] floats(String field) {
    return floats(numbers(field));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private int[] sizes() {
    return Arrays.stream(numbers("sizes")).mapToInt(n -> (int) n).toArray();
  }

  private boolean hasBias() {
    return (boolean) fields.get("bias");
  }

  /** Returns a layer's weights, {@code in x out}, before training or after it. */
  double[] weights(String moment, int layer) {
    double[] weights = parameters(moment, "weights", layer);
    int in = sizes()[layer];
    int out = weights.length / in;
    double[] transposed = new double[weights.length];
    for (int j = 0; j < out; j++) {
      for (int i = 0; i < in; i++) {
        transposed[i * out + j] = weights[j * in + i];
      }
    }
    return transposed;
  }

  /** Returns a layer's bias, or no numbers if it has none. */
  double[] bias(String moment, int layer) {
    return hasBias() ? parameters(moment, "biases", layer) : new double[0];
  }

  private double[] parameters(String moment, String kind, int layer) {
    return numbers(((List<?>) ((Map<?, ?>) fields.get(moment)).get(kind)).get(layer));
  }

  /** Returns the network before training. */
  Network network(Backend backend) {
    int[] sizes = sizes();
    NetworkBuilder builder = Network.builder(sizes[0]).backend(backend);
    List<String> names = activations();
    for (int l = 0; l < names.size(); l++) {
      builder.dense(sizes[l + 1], activation(names.get(l)), hasBias());
    }
    Network network = builder.build();
    for (int l = 0; l < names.size(); l++) {
      network.setWeights(l, floats(weights("initial", l)));
      network.setBias(l, floats(bias("initial", l)));
    }
    return network;
  }

  /** Returns the targets, {@code rows x outputs}: of classes rows with a one at the class. */
  float[] targets() {
    float[] targets = floats("targets");
    if (!((String) fields.get("loss")).startsWith("softmax_ce")) {
      return targets;
    }
    int[] sizes = sizes();
    int outputs = sizes[sizes.length - 1];
    float[] rows = new float[targets.length * outputs];
    for (int r = 0; r < targets.length; r++) {
      rows[r * outputs + (int) targets[r]] = 1;
    }
    return rows;
  }

  TrainingOptions options() {
    TrainingOptions options = TrainingOptions.of(loss(), optimizer());
    return fields.get("clip") == null ? options : options.clipNorm(of(fields, "clip", 0));
  }

  private Loss.Standard loss() {
    String name = (String) fields.get("loss");
    Loss.Standard loss =
        switch (name) {
          case "mse" -> Loss.MEAN_SQUARED_ERROR;
          case "mae", "l1" -> Loss.MEAN_ABSOLUTE_ERROR;
          case "huber", "smooth_l1" -> Loss.huber(of(fields, "delta", 1));
          case "softmax_ce" -> Loss.SOFTMAX_CROSS_ENTROPY;
          case "softmax_ce_smooth" -> Loss.softmaxCrossEntropy(of(fields, "label_smoothing", 0.1f));
          case "bce_logits" -> Loss.binaryCrossEntropy(of(fields, "pos_weight", 1));
          case "poisson", "poisson_nll" -> Loss.POISSON;
          case "quantile", "pinball" -> Loss.quantile(of(fields, "quantile", 0.5f));
          default -> throw new IllegalArgumentException("unknown loss " + name);
        };
    boolean weighted = fields.get("class_weights") != null;
    return weighted ? loss.withClassWeights(floats("class_weights")) : loss;
  }

  private Optimizer optimizer() {
    String name = (String) fields.get("opt");
    float rate = of(hp, "lr", Float.NaN);
    float momentum = of(hp, "momentum", 0);
    float epsilon = of(hp, "eps", name.equals("adagrad") ? 1e-10f : 1e-8f);
    float decay = of(hp, "weight_decay", name.equals("adamw") ? 0.01f : 0);
    double[] betas = hp.get("betas") == null ? new double[] {0.9, 0.999} : numbers(hp.get("betas"));
    float beta1 = (float) betas[0];
    float beta2 = (float) betas[1];
    return switch (name) {
      case "sgd" -> new Sgd(rate, momentum, is("nesterov"), decay);
      case "adam" -> new Adam(rate, beta1, beta2, epsilon, decay);
      case "adamw" -> new AdamW(rate, beta1, beta2, epsilon, decay);
      case "rmsprop" ->
          new RmsProp(rate, of(hp, "alpha", 0.99f), epsilon, momentum, is("centered"), decay);
      case "adagrad" -> new AdaGrad(rate, epsilon, of(hp, "initial_accumulator_value", 0), decay);
      default -> throw new IllegalArgumentException("unknown optimizer " + name);
    };
  }

  private boolean is(String name) {
    return Boolean.TRUE.equals(hp.get(name));
  }

  private static float of(Map<?, ?> map, String name, float otherwise) {
    return (float) number(map, name, otherwise);
  }

  private static double number(Map<?, ?> map, String name, double otherwise) {
    return map.get(name) == null ? otherwise : ((Number) map.get(name)).doubleValue();
  }

  /** Returns the learning rates that our schedule gives, step by step. */
  double[] learningRates() {
    Map<?, ?> given = (Map<?, ?>) fields.get("sched");
    double base = number(hp, "lr", Double.NaN);
    Schedule schedule = Schedule.constant();
    if (given != null) {
      schedule = schedule(given);
      base = number(given, "max_lr", base);
    }
    double[] rates = new double[steps()];
    for (int step = 0; step < rates.length; step++) {
      rates[step] = schedule.rate(base, step);
    }
    return rates;
  }

  private static Schedule schedule(Map<?, ?> given) {
    String kind = (String) given.get("kind");
    double gamma = number(given, "gamma", 0.1);
    double minimum = number(given, "eta_min", 0);
    return switch (kind) {
      case "cosine" -> Schedule.cosine((long) number(given, "t_max", 0), minimum);
      case "cosine_restarts", "cosine_warm_restarts" ->
          Schedule.cosineRestarts(
              (long) number(given, "t_0", 0), (long) number(given, "t_mult", 1), minimum);
      case "step" -> Schedule.step((long) number(given, "step_size", 0), gamma);
      case "exponential" -> Schedule.exponential(gamma);
      case "linear", "warmup" ->
          Schedule.warmUp(
              (long) number(given, "total_iters", 0), number(given, "start_factor", 1 / 3.0));
      case "onecycle", "one_cycle" ->
          Schedule.oneCycle(
              (long) number(given, "total_steps", 0),
              number(given, "pct_start", 0.3),
              number(given, "div_factor", 25),
              number(given, "final_div_factor", 1e4));
      default -> throw new IllegalArgumentException("unknown schedule " + given);
    };
  }
}
