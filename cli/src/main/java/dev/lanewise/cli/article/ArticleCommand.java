package dev.lanewise.cli.article;

import dev.lanewise.Network;
import dev.lanewise.cli.option.Checks;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.cli.text.Words;
import dev.lanewise.model.Activation;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The article's program. */
@Command(
    name = "article",
    description = {
      "Runs the program of \"Deep Learning Basics (8): Intermediate layers and backpropagation\","
          + " and prints what it prints.",
      "Three inputs, hidden layers without bias, one output; an update after each of the four"
          + " samples, with the prediction rounded to one decimal; until the error is zero."
    },
    subcommands = {NoHiddenCommand.class, CollapseCommand.class, AttributionCommand.class},
    sortOptions = false,
    commandListHeading = "%nThe article's other points:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise article --from-printed-run 1 --quiet    the article's own runs",
      "  lanewise article --hidden 8,8 --learning-rate 0.005 --quiet",
      "  lanewise article no-hidden                       why a hidden layer is needed"
    })
public final class ArticleCommand implements Callable<Integer> {
  private static final int SHOWN_AT_EACH_END = 2;

  private enum Function {
    RELU,
    SIGMOID;

    Activation activation() {
      return this == RELU ? Activation.RELU : Activation.SIGMOID;
    }

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--from-printed-run",
      paramLabel = "1",
      description = "Start from the weights that the article prints after its run 1.")
  private Integer printedRun;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      split = ",",
      description = "Nodes of each hidden layer, with commas between them. Default: 4.")
  private List<Integer> hidden;

  @Option(
      names = "--activation",
      paramLabel = "ACTIVATION",
      defaultValue = "relu",
      description = "The activation of hidden layers: relu or sigmoid. Default: ${DEFAULT-VALUE}.")
  private Function activation;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "0.1",
      description =
          "The learning rate; deeper networks need a smaller one. Default: ${DEFAULT-VALUE}.")
  private float learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draws the first weights, from 0 to 1. Default: 1.")
  private Long seed;

  @Option(
      names = "--runs",
      paramLabel = "MAX",
      defaultValue = "10000",
      description = "Stop at this run, even if the error is not zero. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(names = "--quiet", description = "Print the first two and the last two runs only.")
  private boolean quiet;

  @Override
  public Integer call() {
    try (Article article = start()) {
      print(article, Terminal.out(spec));
    }
    return 0;
  }

  private Article start() {
    Checks.finite("--learning-rate", learningRate);
    if (printedRun == null) {
      Checks.atLeast(1, "--runs", runs);
      Network network =
          Article.network(
              Checks.hidden(hidden == null ? List.of(4) : hidden),
              activation.activation(),
              seed == null ? 1 : seed);
      return new Article(network, learningRate, 0);
    }
    Checks.refuse(printedRun != 1, "--from-printed-run must be 1, but was " + printedRun);
    Checks.refuse(
        hidden != null || seed != null || activation != Function.RELU,
        "--from-printed-run sets hidden layer, activation and weights;"
            + " leave out --hidden, --activation and --seed");
    Checks.refuse(
        runs <= printedRun,
        "--runs must be above the run to start from, " + printedRun + ", but was " + runs);
    return new Article(Article.networkAfterRun1(), learningRate, printedRun);
  }

  private void print(Article article, PrintWriter out) {
    Deque<String> last = new ArrayDeque<>();
    int shown = 0;
    boolean gap = false;
    do {
      article.run();
      if (!quiet || shown < SHOWN_AT_EACH_END) {
        out.println(article.printed());
        shown++;
      } else {
        last.add(article.printed());
        if (last.size() > SHOWN_AT_EACH_END) {
          last.remove();
          gap = true;
        }
      }
    } while (article.error() > 0 && article.runs() < runs);
    if (gap) {
      out.println("...\n");
    }
    last.forEach(out::println);
    if (article.error() != 0) {
      out.println("Stopped at run " + article.runs() + ": the error did not reach zero.");
    }
  }
}
