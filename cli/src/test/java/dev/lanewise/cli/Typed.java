package dev.lanewise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What came of a command line.
 *
 * @param code the exit code
 * @param out the lines on standard output
 * @param err the lines on standard error
 */
record Typed(int code, List<String> out, List<String> err) {
  static Typed type(String[] last, String... first) {
    return type(Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new));
  }

  static Typed type(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = Main.execute(line, args);
    return new Typed(code, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
