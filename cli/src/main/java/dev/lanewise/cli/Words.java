package dev.lanewise.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Words as they are typed into a shell. */
final class Words {
  private Words() {}

  static String join(List<String> words) {
    return words.stream().map(Words::quoted).collect(Collectors.joining(" "));
  }

  static String quoted(String word) {
    return word.matches("[\\w./:=@,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
