package dev.lanewise;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Normalization;
import dev.lanewise.model.Layer.Residual;
import java.util.Locale;

/** Layers as words, for files: {@code dense 784 128 relu bias}. */
final class LayerText {
  private LayerText() {}

  /** Returns the words of a layer. */
  static String write(Layer layer) {
    String activation = layer.activation().toString();
    return switch (layer) {
      case Dense dense ->
          words("dense", dense.in(), dense.out(), activation, dense.bias() ? "bias" : "no_bias");
      case LayerNorm norm -> words("layer_norm", norm.width(), activation, norm.epsilon());
      case BatchNorm norm ->
          words("batch_norm", norm.width(), activation, norm.epsilon(), norm.momentum());
      case Dropout dropout -> words("dropout", dropout.width(), dropout.rate());
      case Residual residual -> words("residual", residual.width(), residual.from(), activation);
      case Normalization _ -> words("rescale", layer.out());
    };
  }

  private static String words(Object... words) {
    StringBuilder text = new StringBuilder();
    for (Object word : words) {
      text.append(text.isEmpty() ? "" : " ").append(word);
    }
    return text.toString();
  }

  /**
   * Reads a layer.
   *
   * @throws IllegalArgumentException if the words are none
   */
  static Layer read(String text) {
    String[] words = text.strip().split(" +", -1);
    String form = words[0] + " " + words.length;
    int width = words.length < 2 ? 0 : Integer.parseInt(words[1]);
    return switch (form) {
      case "dense 5" ->
          new Dense(width, Integer.parseInt(words[2]), activation(words[3]), bias(words[4]));
      case "layer_norm 4" -> new LayerNorm(width, activation(words[2]), Float.parseFloat(words[3]));
      case "batch_norm 5" ->
          new BatchNorm(
              width, activation(words[2]), Float.parseFloat(words[3]), Float.parseFloat(words[4]));
      case "dropout 3" -> new Dropout(width, Float.parseFloat(words[2]));
      case "residual 4" -> new Residual(width, Integer.parseInt(words[2]), activation(words[3]));
      case "rescale 2" -> new Normalization(width);
      default -> throw new IllegalArgumentException("it is of no known kind");
    };
  }

  private static boolean bias(String word) {
    if (!word.equals("bias") && !word.equals("no_bias")) {
      throw new IllegalArgumentException("its last word is neither bias nor no_bias");
    }
    return word.equals("bias");
  }

  private static Activation activation(String word) {
    int open = word.indexOf('(');
    String kind = open < 0 ? word : word.substring(0, open);
    float parameter = 0;
    if (open >= 0) {
      if (!word.endsWith(")")) {
        throw new IllegalArgumentException("its activation lacks a closing bracket");
      }
      parameter = Float.parseFloat(word.substring(open + 1, word.length() - 1));
    }
    for (Activation.Kind known : Activation.Kind.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(kind)) {
        return new Activation(known, parameter);
      }
    }
    throw new IllegalArgumentException("its activation is of no known kind");
  }
}
