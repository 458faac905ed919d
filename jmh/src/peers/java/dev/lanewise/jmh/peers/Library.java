package dev.lanewise.jmh.peers;

import java.nio.file.Path;

/** What a party computes with, ready for use with a number of threads. */
interface Library {
  /** Returns which version of what it is. */
  String version();

  /** Returns a network with parameters and data of its own. */
  Net net(Problem problem, float learningRate);

  /** Returns name and version of the artifact that a class comes from. */
  static String artifact(Class<?> type) {
    String location = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Path.of(location).getFileName().toString().replaceFirst("\\.jar$", "");
  }
}
