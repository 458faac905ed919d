package dev.lanewise.jmh.keep;

import dev.lanewise.jmh.result.JmhJson;
import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.run.OutputFile;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps results with the question that they answer. */
@Command(
    name = "keep",
    header = "keeps results with the question that they answer",
    description =
        "Keeps results with the question that they answer: the files as they are, the environment,"
            + " and a page with table and verdict.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class KeepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "What lanewise-jmh ask has made.")
  private Path directory;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Results of JMH as .json; other files are kept as well.")
  private List<Path> files;

  @Option(
      names = "--verdict",
      paramLabel = "TEXT",
      description = "What follows by a rule in words; 'no conclusion' where nothing does.")
  private String verdict;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Question question = Question.read(directory);
    if ((verdict == null) == (question.compared() == null)) {
      throw new ParameterException(
          spec.commandLine(),
          verdict == null
              ? "the rule is in words, so give --verdict"
              : "the rule tells the verdict, so leave --verdict out");
    }
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new ParameterException(
          spec.commandLine(), "files must have names of their own, but were " + names);
    }
    List<String> flaws = new ArrayList<>();
    List<Measurement> measurements = new ArrayList<>();
    for (Path file : files) {
      check(file, question);
      if (file.toString().endsWith(".json")) {
        measurements.addAll(JmhJson.read(file, flaws));
      }
    }
    if (!flaws.isEmpty()) {
      throw new UnusableException(
          "a trial failed, and the result is not kept: " + String.join("; ", flaws));
    }
    List<List<String>> table;
    String answer = verdict;
    if (question.compared() == null) {
      table = Page.plain(measurements);
    } else {
      Comparison comparison = new Comparison(question.compared(), measurements);
      table = comparison.table();
      answer = comparison.verdict();
    }
    Map<String, String> environment = Environment.of(measurements, Environment.commit());
    for (Path file : files) {
      Files.copy(file, directory.resolve(file.getFileName()));
    }
    Path page = directory.resolve(Page.PAGE);
    new OutputFile(page, files)
        .write(
            Page.answered(question, table, answer, environment, names)
                .getBytes(StandardCharsets.UTF_8));
    PrintWriter out = spec.commandLine().getOut();
    out.println("Verdict: " + answer);
    out.println("Kept: " + page);
    out.flush();
    return 0;
  }

  private void check(Path file, Question question) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UnusableException(file + " is not there");
    }
    if (Files.getLastModifiedTime(file).toInstant().isBefore(question.asked())) {
      throw new UnusableException(
          file + " is older than the question: measure after the rule is fixed");
    }
    if (Files.exists(directory.resolve(file.getFileName()))) {
      throw new UnusableException(
          directory.resolve(file.getFileName()) + " is kept already: ask again for another result");
    }
  }
}
