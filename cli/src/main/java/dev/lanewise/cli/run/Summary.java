package dev.lanewise.cli.run;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.cli.model.Score;
import dev.lanewise.cli.text.Terminal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of training with several seeds.
 *
 * @param results one for each seed, at least 1
 */
public record Summary(List<Result> results) {
  /** Returns the mean of the metric that counts most. */
  double mean() {
    return results.stream().mapToDouble(result -> result.score().main()).average().getAsDouble();
  }

  /** Returns the standard deviation of that metric, of the seeds as a sample of all seeds. */
  double sd() {
    double mean = mean();
    double squares = 0;
    for (Result result : results) {
      double d = result.score().main() - mean;
      squares += d * d;
    }
    return Math.sqrt(squares / Math.max(1, results.size() - 1));
  }

  /** Returns the one with the best test score, the first of equal ones. */
  public Result best() {
    return results.stream().reduce((a, b) -> b.score().main() > a.score().main() ? b : a).get();
  }

  public String text() {
    Score first = results.getFirst().score();
    double unit = first.classification() ? 100 : 1;
    return Terminal.format(
        first.classification()
            ? "%d seeds        mean %s %.2f %%, standard deviation %.2f %%"
            : "%d seeds        mean %s %.4f, standard deviation %.4f",
        results.size(),
        first.mainName(),
        unit * mean(),
        unit * sd());
  }

  public String json() throws IOException {
    Score first = results.getFirst().score();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", first.task());
    all.put("score", first.classification() ? "accuracy" : "r2");
    all.put("mean", Double.isNaN(mean()) ? null : mean());
    all.put("sd", Double.isNaN(sd()) ? null : sd());
    all.put("runs", results.stream().map(Result::fields).toList());
    return JSON.std.asString(all);
  }
}
