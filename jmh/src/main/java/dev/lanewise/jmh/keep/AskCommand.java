package dev.lanewise.jmh.keep;

import dev.lanewise.jmh.run.OutputFile;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a question and its rule down, before anything is measured. */
@Command(
    name = "ask",
    header = "fixes a question and its rule before measuring",
    description =
        "Writes a question down, and the rule by which results will answer it, before they are"
            + " measured: either a ratio of two values of a parameter, or words.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class AskCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 60;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "QUESTION", description = "Such as 'Are vectors faster in a step?'")
  private String question;

  @Option(
      names = "--compare",
      paramLabel = "NAME=FIRST,SECOND",
      description =
          "A benchmark's parameter and two of its values, of which the first is hoped to be faster;"
              + " file=AFTER.json,BEFORE.json compares two results.")
  private String compare;

  @Option(
      names = "--at-least",
      paramLabel = "RATIO",
      defaultValue = "1",
      description = "How many times as fast the first must be.")
  private double atLeast;

  @Option(
      names = "--rule",
      paramLabel = "TEXT",
      description = "A rule in words instead; then somebody tells the verdict.")
  private String rule;

  @Option(
      names = {"-d", "--directory"},
      paramLabel = "DIR",
      defaultValue = "jmh/results",
      description = "Where results are kept.")
  private Path directory;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if ((compare == null) == (rule == null)) {
      throw new ParameterException(spec.commandLine(), "give either --compare or --rule");
    }
    Question.Compared compared = compare == null ? null : compared();
    Instant now = Instant.now();
    Question asked =
        new Question(
            question,
            compared == null ? rule : compared.rule(),
            compared,
            now,
            Environment.commit());
    Path own = directory.resolve(now.atZone(ZoneOffset.UTC).toLocalDate() + "-" + name());
    if (Files.exists(own)) {
      throw new UnusableException(own + " is there already: ask in other words");
    }
    Files.createDirectories(own);
    asked.write(own);
    new OutputFile(own.resolve(Page.PAGE), List.of())
        .write(Page.open(asked).getBytes(StandardCharsets.UTF_8));
    PrintWriter out = spec.commandLine().getOut();
    out.println(asked.rule());
    out.println("Next: lanewise-jmh BENCHMARK ... -rf json -rff result.json");
    out.println(
        "      lanewise-jmh keep "
            + own
            + " result.json"
            + (compared == null ? " --verdict '...'" : ""));
    out.flush();
    return 0;
  }

  private Question.Compared compared() {
    int equals = compare.indexOf('=');
    List<String> values = List.of(compare.substring(equals + 1).split(",", -1));
    if (equals < 1
        || values.size() != 2
        || values.contains("")
        || values.get(0).equals(values.get(1))) {
      throw new ParameterException(
          spec.commandLine(),
          "--compare must be a name and two values, such as backend=vector,scalar, but was '"
              + compare
              + "'");
    }
    if (!(atLeast > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--at-least must be positive, but was " + atLeast);
    }
    return new Question.Compared(
        compare.substring(0, equals), values.get(0), values.get(1), atLeast);
  }

  private String name() {
    String words =
        question.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    if (words.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "the question must have a letter or digit, but was '" + question + "'");
    }
    return words.length() <= LONGEST_NAME
        ? words
        : words.substring(0, LONGEST_NAME).replaceAll("-[^-]*$", "");
  }
}
