package dev.lanewise;

import dev.lanewise.model.Activation;
import java.io.IOException;
import java.nio.file.Path;

/** A program that saves a network to its argument, again and again: how often is the second one. */
final class SavingRun {
  private SavingRun() {}

  public static void main(String[] arguments) throws IOException {
    Network network =
        Network.builder(300).dense(1000, Activation.RELU).backend(Backend.SCALAR).build();
    int times = Integer.parseInt(arguments[1]);
    for (int i = 0; i < times; i++) {
      network.save(Path.of(arguments[0]));
      if (i == 0) {
        System.out.println("ready");
      }
    }
    System.out.println("done");
  }
}
