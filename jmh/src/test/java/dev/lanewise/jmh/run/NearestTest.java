package dev.lanewise.jmh.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void aWordIsNearWhereAThirdOfItsLettersDifferAtMost() {
    List<String> known = List.of("batch", "width", "threads");
    assertEquals("; did you mean width?", Nearest.hint("widht", known));
    assertEquals("; did you mean width?", Nearest.hint("WIDTH", known));
    assertEquals("; did you mean threads?", Nearest.hint("thread", known));
    assertEquals("; did you mean batch?", Nearest.hint("btach", known));
    assertEquals("", Nearest.hint("depth", known));
    assertEquals("", Nearest.hint("", known));
  }
}
