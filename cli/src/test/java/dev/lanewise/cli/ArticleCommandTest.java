package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArticleCommandTest {
  private static final String ERROR = "The overall error for the run ";

  @Test
  void printsWhatTheArticlesProgramPrints() {
    Typed typed = Typed.type("article", "--from-printed-run", "1");

    assertEquals(0, typed.code());
    assertEquals(
        List.of(
            "The weights in the final layer are:",
            "[ 0.10819862  0.28437993 -0.12201187  0.54867315]",
            "The weights in the first layer are:",
            "[[ 0.67741251 -0.06524888  0.61342782  0.0065985 ]",
            " [ 0.27715933 -0.08351396  0.00435572  0.53331792]",
            " [ 0.569206    0.41009691  0.57519692  0.11835256]]",
            "The overall error for the run 2 is 1.39",
            ""),
        typed.out().subList(0, 8));
    List<String> errors = errors(typed);
    assertEquals(147, errors.size());
    assertEquals(ERROR + "147 is 0.019999999999999997", errors.get(145));
    assertEquals(ERROR + "148 is 0.0", errors.get(146));
    assertEquals(List.of(), typed.err());
  }

  @Test
  void quietPrintsTheFirstTwoAndTheLastTwoRuns() {
    Typed all = Typed.type("article");
    Typed quiet = Typed.type("article", "--quiet");

    int block = 8;
    assertEquals(2 * block + 2 + 2 * block, quiet.out().size());
    assertEquals(all.out().subList(0, 2 * block), quiet.out().subList(0, 2 * block));
    assertEquals(List.of("...", ""), quiet.out().subList(2 * block, 2 * block + 2));
    assertEquals(
        all.out().subList(all.out().size() - 2 * block, all.out().size()),
        quiet.out().subList(2 * block + 2, quiet.out().size()));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4", "5, 4"})
  void quietLeavesNothingOutOfFewRuns(int runs, int shown) {
    Typed typed = Typed.type("article", "--quiet", "--runs", "" + runs);

    assertEquals(shown, errors(typed).size());
    assertEquals(runs > shown, typed.out().contains("..."));
  }

  @Test
  void theSameSeedGivesTheSameRuns() {
    List<String> first = Typed.type("article", "--seed", "5").out();

    assertEquals(first, Typed.type("article", "--seed", "5").out());
    assertTrue(!first.equals(Typed.type("article", "--seed", "6").out()));
  }

  @Test
  void namesEveryLayerOfADeeperNetwork() {
    List<String> out = Typed.type("article", "--hidden", "8,8,2", "--runs", "1").out();

    assertEquals(
        List.of(
            "The weights in the final layer are:",
            "The weights in layer 3 are:",
            "The weights in layer 2 are:",
            "The weights in the first layer are:"),
        out.stream().filter(line -> line.startsWith("The weights")).toList());
    assertTrue(out.stream().allMatch(line -> line.length() <= 75));
  }

  @Test
  void endsAtTheLastRunAllowed() {
    Typed typed = Typed.type("article", "--runs", "7");

    assertEquals(0, typed.code());
    assertEquals(7, errors(typed).size());
    assertEquals(
        "Stopped at run 7: the error did not reach zero.", typed.out().get(typed.out().size() - 1));
  }

  @Test
  void twoHiddenLayersReachZero() {
    Typed typed = Typed.type("article", "--hidden", "8,8", "--learning-rate", "0.005", "--quiet");

    List<String> errors = errors(typed);
    assertTrue(errors.get(errors.size() - 1).endsWith(" is 0.0"), errors.toString());
  }

  @Test
  void sigmoidReachesZero() {
    List<String> errors = errors(Typed.type("article", "--activation", "sigmoid", "--quiet"));

    assertTrue(errors.get(errors.size() - 1).endsWith(" is 0.0"), errors.toString());
  }

  @Test
  void noHiddenShowsTheErrorAfter1000And10000Runs() {
    List<String> out = Typed.type("article", "no-hidden").out();

    for (int runs : new int[] {1_000, 10_000}) {
      String line = out.stream().filter(l -> l.startsWith(ERROR + runs + " is ")).findAny().get();
      assertTrue(Double.parseDouble(line.substring(line.lastIndexOf(' '))) >= 1, line);
    }
    assertTrue(
        out.contains("No weights of a single layer do better than an error of 1.0: these have it"));
    assertEquals("[0.  0.5 0. ]", out.get(out.size() - 1));
  }

  @Test
  void collapseShowsTheFormulaAndEqualPredictions() {
    List<String> out = Typed.type("article", "collapse").out();

    assertTrue(out.contains("W1W5 + W3W6 = 1*5 + 3*6 = 23"));
    assertTrue(out.contains("W2W5 + W4W6 = 2*5 + 4*6 = 34"));
    assertTrue(out.contains("[23. 34.]"));
    assertTrue(out.contains(" 0.50  -0.25         3.00        3.00"));
  }

  @Test
  void attributionShowsBlameInProportionToWeights() {
    List<String> out = Typed.type("article", "attribution").out();

    assertTrue(out.contains("                            0       0.000000       0.000000"));
    assertTrue(out.contains("                            1      -0.000977       0.000000"));
    assertTrue(out.contains("                          100      -0.097656       0.000000"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--from-printed-run 3 | --from-printed-run must be 1, but was 3",
        "--from-printed-run 1 --hidden 4 | --from-printed-run sets hidden layer, activation and"
            + " weights; leave out --hidden, --activation and --seed",
        "--from-printed-run 1 --runs 1 | --runs must be above the run to start from, 1, but was 1",
        "--activation tanh | --activation must be relu or sigmoid, but was 'tanh'",
        "--learning-rate NaN"
            + " | --learning-rate must be a finite number of at least 0, but was NaN",
        "--hidden 4,0 | --hidden must be numbers of at least 1, such as 128 or 300,100,"
            + " but was [4, 0]",
        "--runs 0 | --runs must be at least 1, but was 0",
        "--nonsense | there is no option '--nonsense'; lanewise article --help lists all",
      })
  void saysInOneLineWhatCannotBeUsed(String options, String message) {
    Typed typed = Typed.type(("article " + options).split(" "));

    assertEquals(2, typed.code());
    assertEquals(List.of(), typed.out());
    assertEquals(List.of("lanewise article: " + message), typed.err());
  }

  private static List<String> errors(Typed typed) {
    return typed.out().stream().filter(line -> line.startsWith(ERROR)).toList();
  }
}
