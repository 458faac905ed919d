package dev.lanewise.jmh.start;

import dev.lanewise.jmh.Tools;

/**
 * Starts the benchmarks, or says which Java they need. Compiled for Java 8, so that an old one gets
 * as far as to read that.
 */
public final class Start {
  private static final String NEEDED = "25";

  private Start() {}

  /**
   * Hands everything on to {@link Tools}; ends with status 2 where Java is too old.
   *
   * @param arguments see {@link Tools#main}
   */
  public static void main(String[] arguments) {
    String version = System.getProperty("java.specification.version");
    if (Double.parseDouble(version) < Double.parseDouble(NEEDED)) {
      System.err.println(
          "lanewise-jmh: needs JDK 25 (25.0.3 or newer), but "
              + System.getProperty("java.home")
              + " is Java "
              + version
              + ": start the jar with the java of a JDK 25, or run lanewise-jmh, which finds one.");
      System.exit(2);
    }
    Tools.main(arguments);
  }
}
