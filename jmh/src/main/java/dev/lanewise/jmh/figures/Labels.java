package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Names measurements by what tells them apart from the others, and by no more. */
final class Labels {
  private final Set<String> params = new LinkedHashSet<>();
  private final boolean questions;
  private final boolean methods;

  /** Names these; parameters that the chart shows otherwise are left out. */
  Labels(List<Measurement> all, Set<String> without) {
    for (Measurement m : all) {
      params.addAll(m.params().keySet());
    }
    params.removeAll(without);
    params.removeIf(name -> !differ(all, m -> m.param(name)));
    questions = differ(all, Measurement::question);
    methods =
        all.stream()
            .map(Measurement::question)
            .distinct()
            .anyMatch(
                question ->
                    differ(
                        all.stream().filter(m -> m.question().equals(question)).toList(),
                        Measurement::method));
  }

  private static boolean differ(List<Measurement> all, Function<Measurement, String> by) {
    return all.stream().map(by).distinct().limit(2).count() > 1;
  }

  String of(Measurement m) {
    List<String> words = new ArrayList<>();
    if (questions || methods) {
      words.add(
          (questions ? m.question() : "")
              + (questions && methods ? "." : "")
              + (methods ? m.method() : ""));
    }
    for (String name : params) {
      if (m.params().containsKey(name)) {
        words.add(name.equals("backend") ? m.param(name) : name + " " + m.param(name));
      }
    }
    return words.isEmpty() ? m.question() : String.join(", ", words);
  }
}
