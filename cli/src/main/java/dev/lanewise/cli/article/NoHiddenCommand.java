package dev.lanewise.cli.article;

import dev.lanewise.Network;
import dev.lanewise.cli.option.Checks;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.model.Activation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The article's data without a hidden layer. */
@Command(
    name = "no-hidden",
    description = "Without a hidden layer the error never becomes zero, however long it trains.")
final class NoHiddenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws the first weights, from 0 to 1. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many runs. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Override
  public Integer call() {
    Checks.atLeast(1, "--runs", runs);
    PrintWriter out = Terminal.out(spec);
    Network network = Article.network(List.of(), Activation.IDENTITY, seed);
    double smallest = Double.POSITIVE_INFINITY;
    try (Article article = new Article(network, 0.1f, 0)) {
      int next = 1;
      while (article.runs() < runs) {
        article.run();
        smallest = Math.min(smallest, article.error());
        if (article.runs() == next || article.runs() == runs) {
          out.println(
              "The overall error for the run "
                  + article.runs()
                  + " is "
                  + NumpyFormat.number(article.error()));
          next *= 10;
        }
      }
    }
    double[] best = SingleLayer.optimum(Article.INPUTS, Article.inputs(), Article.expected());
    double error = SingleLayer.error(best, Article.inputs(), Article.expected());
    out.println("The smallest error of all runs is " + NumpyFormat.number(smallest));
    out.println();
    out.println(
        "No weights of a single layer do better than an error of "
            + NumpyFormat.number(error)
            + ": these have it");
    out.println(
        NumpyFormat.vector(new float[] {(float) best[0], (float) best[1], (float) best[2]}));
    return 0;
  }
}
