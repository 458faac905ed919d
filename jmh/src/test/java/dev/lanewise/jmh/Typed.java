package dev.lanewise.jmh;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * What came of a command line.
 *
 * @param code the exit code
 * @param out what stands on standard output
 * @param err what stands on standard error
 */
record Typed(int code, String out, String err) {
  static {
    // Other builds on the machine may run benchmarks as well; nothing is timed here.
    System.setProperty("jmh.ignoreLock", "true");
  }

  static Typed type(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream console = System.out;
    PrintStream errors = System.err;
    String[] words = new String[args.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = args[i].toString();
    }
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      CommandLine line = Tools.commandLine();
      line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
      line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      int code = Tools.run(line, words);
      return new Typed(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(console);
      System.setErr(errors);
    }
  }
}
