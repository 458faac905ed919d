package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Test;

/** Parameters of the estimators, without a session. */
class ParametersTest {
  @Test
  void areExplainedInWords() {
    String text = new LanewiseClassifier().setHiddenLayers(128, 64).explainParams();
    for (String words :
        new String[] {
          "hiddenLayers: ",
          "current: 128,64)",
          "activation: the activation of hidden layers: relu, leaky-relu, elu",
          "shards: ",
          "(default: 8)",
          "schedule: ",
          "(default: cosine)",
          "thresholds: ",
          "validationIndicatorCol: ",
          "labelSmoothing: "
        }) {
      assertTrue(text.contains(words), words + " is not in\n" + text);
    }
    assertFalse(text.contains("[I@"), text);
    assertTrue(new LanewiseRegressor().explainParams().contains("squared, absolute or huber"));
  }

  @Test
  void refuseWhatCannotBe() {
    LanewiseClassifier classifier = new LanewiseClassifier();
    message(() -> classifier.setHiddenLayers("64,0"), "'300,100', but was 64,0");
    message(() -> classifier.setHiddenLayers(64, -1), "but was 64,-1");
    message(() -> classifier.setActivation("Relu"), "tanh or sigmoid, but was Relu");
    message(() -> classifier.setNorm("group"), "none, layer or batch, but was group");
    message(() -> classifier.setDropout(1), "at least 0 and below 1");
    message(() -> classifier.setLearningRate(Double.NaN), "above 0 and finite");
    message(() -> classifier.setShards(6), "a power of two such as 1, 8 or 64, but was 6");
    message(() -> classifier.setRounds(0), "at least 1, but was 0");
    message(() -> classifier.setLabelSmoothing(-0.1), "but was -0.1");
    message(() -> new LanewiseRegressor().setLoss("mse"), "squared, absolute or huber");
    message(() -> classifier.set("rounds", "5"), "rounds must be a whole number");
  }

  private static void message(Runnable code, String words) {
    Exception e = assertThrows(IllegalArgumentException.class, code::run);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void areCopiedAndChangedInTheCopyAlone() {
    LanewiseClassifier classifier = new LanewiseClassifier("name").setRounds(3);
    LanewiseClassifier copy =
        classifier.copy(new ParamMap().put(classifier.shards().w(2), classifier.rounds().w(4)));
    assertEquals("name", copy.uid());
    assertEquals(2, copy.getShards());
    assertEquals(4, copy.getRounds());
    assertEquals(3, classifier.getRounds());
    assertNotEquals(new LanewiseClassifier().uid(), new LanewiseClassifier().uid());
  }

  @Test
  void thatAreNotSetFollowTheOptimizer() {
    LanewiseRegressor regressor = new LanewiseRegressor();
    assertEquals(0.001, regressor.getLearningRate());
    assertEquals(0.01, regressor.getWeightDecay());
    regressor.setOptimizer("sgd");
    assertEquals(0.1, regressor.getLearningRate());
    assertEquals(0, regressor.getWeightDecay());
    assertEquals(0.5, regressor.setLearningRate(0.5).getLearningRate());
    assertEquals("", regressor.getWeightCol());
  }
}
