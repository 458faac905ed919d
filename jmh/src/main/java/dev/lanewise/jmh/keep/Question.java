package dev.lanewise.jmh.keep;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.jmh.run.InputFile;
import dev.lanewise.jmh.run.OutputFile;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is to be found out, and how an answer will be told, before anything is measured.
 *
 * @param question in words
 * @param rule in words; the one that follows from {@code compared} if that is not null
 * @param compared what decides without anybody's judgement; null where somebody judges
 * @param asked when
 * @param commit of the sources then
 */
record Question(String question, String rule, Compared compared, Instant asked, String commit) {
  private static final String FILE = "question.json";

  /**
   * Two values of one parameter.
   *
   * @param name of the parameter; {@code file} for results in two files
   * @param first the value that is hoped to be faster
   * @param second the value to compare with
   * @param atLeast how many times as fast it must be
   */
  record Compared(String name, String first, String second, double atLeast) {
    /** Says it in words. */
    String rule() {
      return String.format(
          Locale.ROOT,
          "Yes, if in every case the slowest fork with %1$s=%2$s is at least %4$s times as fast as"
              + " the fastest with %1$s=%3$s. No, if in every case the fastest with %1$s=%2$s is"
              + " less than %4$s times as fast as the slowest with %1$s=%3$s. Otherwise no"
              + " conclusion.",
          name,
          first,
          second,
          Double.toString(atLeast).replaceAll("\\.0$", ""));
    }
  }

  /** Writes it into a directory. */
  void write(Path directory) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("question", question);
    all.put("rule", rule);
    all.put("asked", asked.toString());
    all.put("commit", commit);
    if (compared != null) {
      all.put("compare", compared.name);
      all.put("first", compared.first);
      all.put("second", compared.second);
      all.put("atLeast", compared.atLeast);
    }
    String json = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(all);
    new OutputFile(directory.resolve(FILE), List.of())
        .write((json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the one of a directory. */
  static Question read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      throw new UnusableException(
          directory + " has no " + FILE + ": begin with lanewise-jmh ask, before measuring");
    }
    try {
      Map<String, Object> all = JSON.std.mapFrom(InputFile.text(file));
      Compared compared =
          all.containsKey("compare")
              ? new Compared(
                  (String) all.get("compare"),
                  (String) all.get("first"),
                  (String) all.get("second"),
                  ((Number) all.get("atLeast")).doubleValue())
              : null;
      return new Question(
          (String) all.get("question"),
          (String) all.get("rule"),
          compared,
          Instant.parse((String) all.get("asked")),
          (String) all.get("commit"));
    } catch (JacksonException | ClassCastException | NullPointerException | DateTimeException e) {
      String why = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
      throw new UnusableException(file + " is not what lanewise-jmh ask wrote: " + why, e);
    }
  }
}
