package dev.lanewise.cli.article;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Network;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the article says, as facts; its numbers as it prints them. */
@SuppressWarnings("FloatingPointLiteralPrecision")
class ArticleTest {
  /** Half a unit of the sixth decimal. */
  private static final float SIX_DECIMALS = 0.5e-6f;

  private static final float[] FINAL_AFTER_RUN_2 = {
    0.10819863f, 0.28437992f, -0.12201187f, 0.54867314f
  };
  private static final float[] FIRST_AFTER_RUN_2 = {
    0.67741254f, -0.06524888f, 0.6134278f, 0.0065985f,
    0.27715933f, -0.08351396f, 0.00435572f, 0.53331793f,
    0.56920599f, 0.4100969f, 0.5751969f, 0.11835256f
  };
  private static final float[] FINAL_AFTER_RUN_148 = {
    -0.26000191f, 1.74695864f, -0.55762033f, 1.03700425f
  };
  private static final float[] FIRST_AFTER_RUN_148 = {
    0.4874603f, 1.06748941f, 0.5756712f, -0.46733342f,
    0.07043213f, -1.10048561f, -0.00235896f, 0.9503538f,
    0.45488944f, 1.09249163f, 0.63419715f, -0.44475593f
  };

  @Test
  void goldenTraceFromThePrintedRun1() {
    Network network = Article.networkAfterRun1();
    try (Article article = new Article(network, 0.1f, 1)) {
      article.run();
      assertEquals(2, article.runs());
      assertEquals(1.39, article.error());
      assertArrayEquals(FINAL_AFTER_RUN_2, network.weights(1), SIX_DECIMALS);
      assertArrayEquals(FIRST_AFTER_RUN_2, network.weights(0), SIX_DECIMALS);

      while (article.runs() < 147) {
        article.run();
        assertTrue(article.error() > 0, "run " + article.runs());
      }
      assertEquals(0.019999999999999997, article.error());

      article.run();
      assertEquals(0.0, article.error());
      assertArrayEquals(FINAL_AFTER_RUN_148, network.weights(1), SIX_DECIMALS);
      assertArrayEquals(FIRST_AFTER_RUN_148, network.weights(0), SIX_DECIMALS);
    }
  }

  @Test
  void roundsHalvesToEvenTenths() {
    assertEquals(0.2, Article.oneDecimal(0.25));
    assertEquals(0.8, Article.oneDecimal(0.75));
    assertEquals(-0.4, Article.oneDecimal(-0.35));
    assertEquals(0.1, Article.oneDecimal(0.05f));
  }

  @Test
  void withoutAHiddenLayerTheErrorNeverReachesZero() {
    Network network = Article.network(List.of(), Activation.IDENTITY, 1);
    try (Article article = new Article(network, 0.1f, 0)) {
      while (article.runs() < 10_000) {
        article.run();
        assertTrue(article.error() >= 1, "run " + article.runs() + ": " + article.error());
      }
    }
  }

  @Test
  void theBestSingleLayerHasAnErrorOfOne() {
    float[] x = Article.inputs();
    float[] expected = Article.expected();

    double[] best = SingleLayer.optimum(Article.INPUTS, x, expected);

    assertArrayEquals(new double[] {0, 0.5, 0}, best, 1e-15);
    assertEquals(1, SingleLayer.error(best, x, expected), 1e-15);
    for (int i = 0; i < best.length; i++) {
      for (double step : new double[] {-0.01, 0.01}) {
        double[] other = best.clone();
        other[i] += step;
        assertTrue(SingleLayer.error(other, x, expected) > 1);
      }
    }
  }

  @Test
  void aHiddenLayerReachesZero() {
    assertReachesZero(List.of(4), Activation.RELU, 0.1f);
  }

  @Test
  void twoHiddenLayersReachZero() {
    assertReachesZero(List.of(8, 8), Activation.RELU, 0.005f);
  }

  @Test
  void sigmoidReachesZeroToo() {
    assertReachesZero(List.of(4), Activation.SIGMOID, 0.1f);
  }

  private static void assertReachesZero(List<Integer> hidden, Activation activation, float rate) {
    Network network = Article.network(hidden, activation, 1);
    try (Article article = new Article(network, rate, 0)) {
      do {
        article.run();
      } while (article.error() > 0 && article.runs() < 10_000);
      assertEquals(0.0, article.error());
    }
    float[] y = network.predict(Article.inputs());
    assertArrayEquals(Article.expected(), y, 0.05f);
  }

  @Test
  void layersWithoutActivationAreOneLayerByTheArticlesFormula() {
    float w1 = 0.3f;
    float w2 = -1.2f;
    float w3 = 2.5f;
    float w4 = 0.7f;
    float w5 = -0.4f;
    float w6 = 1.1f;
    Network two = CollapseCommand.stack(w1, w2, w3, w4, w5, w6);

    Network one = two.collapse();

    assertEquals(1, one.layers().size());
    assertArrayEquals(new float[] {w1 * w5 + w3 * w6, w2 * w5 + w4 * w6}, one.weights(0), 1e-6f);
    float[] inputs = {1, 0, 0, 1, -2, 0.5f, 3, 3};
    assertArrayEquals(two.predict(inputs), one.predict(inputs), 1e-5f);
  }

  @Test
  void aDeepLinearStackPredictsLikeItsSingleLayer() {
    Network deep =
        Network.builder(3)
            .dense(8, Activation.IDENTITY)
            .dense(5, Activation.IDENTITY, false)
            .dense(8, Activation.IDENTITY)
            .dense(2, Activation.SIGMOID)
            .initializer(Initializer.XAVIER, 11)
            .build();
    deep.setBias(0, new float[] {1, -2, 3, -4, 5, -6, 7, -8});

    assertArrayEquals(
        deep.predict(Article.inputs()), deep.collapse().predict(Article.inputs()), 1e-5f);
  }

  @Test
  void aFinalWeightOfZeroGetsNoBlameAndALargeOneMuch() {
    float[] changes = AttributionCommand.changes(new float[] {1, 2}, 1);

    for (int input = 0; input < 2; input++) {
      float ofWeight0 = changes[3 * input];
      float ofWeight1 = changes[3 * input + 1];
      float ofWeight100 = changes[3 * input + 2];
      assertEquals(0, ofWeight0);
      assertTrue(ofWeight1 < 0, "a prediction too large pulls weights down");
      assertEquals(100, ofWeight100 / ofWeight1, 0.01);
    }
    assertEquals(2, changes[5] / changes[2], 0.01, "twice the input, twice the blame");
  }

  @Test
  void anInputOfZeroGetsNoBlame() {
    float[] changes = AttributionCommand.changes(new float[] {1, 0}, 1);

    assertArrayEquals(new float[3], new float[] {changes[3], changes[4], changes[5]});
  }
}
