package dev.lanewise.jmh;

import static dev.lanewise.jmh.Typed.type;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepCommandTest {
  @TempDir private Path directory;
  private Path results;

  @BeforeEach
  void nameDirectory() {
    results = directory.resolve("results");
  }

  private Path ask(String... rule) throws IOException {
    Object[] args =
        Stream.of(Stream.of("ask", "Is it faster?", "-d", results), Stream.of(rule))
            .flatMap(words -> words)
            .toArray();
    Typed typed = type(args);
    assertEquals(0, typed.code(), typed.err());
    try (Stream<Path> all = Files.list(results)) {
      return all.findFirst().orElseThrow();
    }
  }

  private Path recorded() throws IOException {
    Path file = directory.resolve("recorded.json");
    try (InputStream in = getClass().getResourceAsStream("recorded.json")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  /** Two cases, a and b, each with forks of x=new beside forks of x=old. */
  private Path result(String newA, String oldA, String newB, String oldB) throws IOException {
    String entry =
        """
        {"benchmark": "p.MadeBenchmark.run", "mode": "thrpt", "threads": 1,
         "params": {"case": "%s", "x": "%s"},
         "primaryMetric": {"score": 1, "scoreError": 0, "scoreUnit": "ops/s", "rawData": [%s]}}\
        """;
    return Files.writeString(
        directory.resolve("made.json"),
        "["
            + String.join(
                ",",
                entry.formatted("a", "new", newA),
                entry.formatted("a", "old", oldA),
                entry.formatted("b", "new", newB),
                entry.formatted("b", "old", oldB))
            + "]");
  }

  private static String page(Path kept) throws IOException {
    return Files.readString(kept.resolve("page.md"));
  }

  @Test
  void theRuleIsWrittenDownBeforeAnythingIsMeasured() throws IOException {
    Path asked = ask("--compare", "backend=vector,scalar", "--at-least", "2.5");
    assertEquals(LocalDate.now(ZoneOffset.UTC) + "-is-it-faster", asked.getFileName().toString());
    String page = page(asked);
    assertTrue(page.startsWith("# Is it faster?\n\nRule, fixed at 20"), page);
    assertTrue(
        page.contains("is at least 2.5 times as fast as the fastest with backend=scalar"), page);
    assertTrue(page.endsWith("\n\nNothing is measured yet.\n"), page);
  }

  @Test
  void resultsAreKeptAsTheyAreWithEnvironmentTableAndVerdict() throws IOException {
    Path asked = ask("--compare", "backend=vector,scalar", "--at-least", "1.5");
    Path result = recorded();
    Typed typed = type("keep", asked, result);
    assertEquals(0, typed.code(), typed.err());
    assertArrayEquals(
        Files.readAllBytes(result), Files.readAllBytes(asked.resolve("recorded.json")));
    String page = page(asked);
    assertTrue(page.contains("\n## Verdict: no conclusion\n"), page);
    assertTrue(page.contains("\n| Gemm.gemmNT n=64 | "), page);
    assertTrue(page.contains("\n| TrainStep.step batch=1 threads=1 width=64 | "), page);
    assertTrue(page.contains("\n- commit: "), page);
    assertTrue(page.contains("\n- processor: "), page);
    assertTrue(page.contains("\n- jdkVersion: 25.0.3\n"), page);
    assertTrue(page.contains("[recorded.json](recorded.json)"), page);
    assertFalse(page.contains("Nothing is measured yet"), page);
  }

  @Test
  void itIsYesWhereTheSlowestForkOfEveryCaseIsFastEnough() throws IOException {
    Path asked = ask("--compare", "x=new,old", "--at-least", "2");
    type("keep", asked, result("[20], [21]", "[9], [10]", "[40], [44]", "[8], [8]"));
    String page = page(asked);
    assertTrue(page.contains("## Verdict: yes\n"), page);
    assertTrue(
        page.contains("| Made.run case=a | 1.000 | 1.000 | ops/s | 1.000 | 2.000 to 2.333 |"));
  }

  @Test
  void itIsNoWhereTheFastestForkOfEveryCaseIsTooSlow() throws IOException {
    Path asked = ask("--compare", "x=new,old", "--at-least", "2");
    type("keep", asked, result("[17], [10]", "[9], [10]", "[5], [6]", "[8], [8]"));
    assertTrue(page(asked).contains("## Verdict: no\n"));
  }

  @Test
  void thereIsNoConclusionWhereCasesOrForksDisagree() throws IOException {
    Path asked = ask("--compare", "x=new,old", "--at-least", "2");
    type("keep", asked, result("[20], [21]", "[9], [10]", "[40], [44]", "[8], [21]"));
    assertTrue(page(asked).contains("## Verdict: no conclusion\n"));
  }

  @Test
  void aRuleInWordsNeedsAVerdictInWords() throws IOException {
    Path asked = ask("--rule", "Whatever the table says.");
    assertEquals(2, type("keep", asked, recorded()).code());
    Path notes = Files.writeString(directory.resolve("notes.txt"), "n");
    Typed typed = type("keep", asked, recorded(), notes, "--verdict", "no conclusion");
    assertEquals(0, typed.code(), typed.err());
    assertTrue(page(asked).contains("## Verdict: no conclusion\n\n| benchmark | parameters |"));
    assertEquals("n", Files.readString(asked.resolve("notes.txt")));
  }

  @Test
  void aResultOlderThanTheQuestionIsRefusedAndNothingIsKept() throws IOException {
    Path asked = ask("--compare", "backend=vector,scalar");
    Path result = recorded();
    Files.setLastModifiedTime(result, FileTime.from(Instant.now().minusSeconds(3600)));
    Typed typed = type("keep", asked, result);
    assertEquals(2, typed.code());
    assertTrue(typed.err().contains("older than the question"), typed.err());
    assertFalse(Files.exists(asked.resolve("recorded.json")));
    assertTrue(page(asked).endsWith("Nothing is measured yet.\n"));
  }

  @Test
  void aResultOfWhichATrialFailedIsNotKept() throws IOException {
    Path asked = ask("--compare", "x=new,old");
    Path result = result("[20], [21]", "[9], [10]", "[40], [44]", "[8], [8]");
    Files.writeString(
        result, Files.readString(result).replaceFirst("\"threads\": 1", "$0, \"forks\": 3"));
    Typed typed = type("keep", asked, result);
    assertEquals(2, typed.code(), typed.err());
    assertTrue(typed.err().contains("Made.run case=a, x=new: 2 of 3 forks ended"), typed.err());
    assertFalse(Files.exists(asked.resolve("made.json")));
    assertTrue(page(asked).endsWith("Nothing is measured yet.\n"));
  }

  @Test
  void aKeptResultIsNotReplaced() throws IOException {
    Path asked = ask("--compare", "backend=vector,scalar");
    Path result = recorded();
    type("keep", asked, result);
    Typed typed = type("keep", asked, result);
    assertEquals(2, typed.code());
    assertTrue(typed.err().contains("kept already"), typed.err());
  }

  @Test
  void whatCannotBeComparedIsRefused() throws IOException {
    Path asked = ask("--compare", "x=new,old");
    Typed none = type("keep", asked, recorded());
    assertEquals(2, none.code());
    assertTrue(none.err().contains("with both x=new and x=old"), none.err());
    Typed oneFork = type("keep", asked, result("[20, 21]", "[9], [10]", "[40], [44]", "[8], [21]"));
    assertEquals(2, oneFork.code());
    assertTrue(oneFork.err().contains("at least two (-f 2)"), oneFork.err());
    Typed unasked = type("keep", directory, recorded());
    assertEquals(2, unasked.code());
    assertTrue(unasked.err().contains("lanewise-jmh ask"), unasked.err());
  }

  @Test
  void aQuestionWithoutOneRuleIsRefused() {
    for (List<String> rule :
        List.of(
            List.<String>of(),
            List.of("--rule", "r", "--compare", "x=a,b"),
            List.of("--compare", "x=a"),
            List.of("--compare", "x=a,a"),
            List.of("--compare", "a,b"),
            List.of("--compare", "x=a,b", "--at-least", "0"))) {
      Object[] args =
          Stream.concat(Stream.of("ask", "Why?", "-d", results), rule.stream()).toArray();
      assertEquals(2, type(args).code(), rule.toString());
    }
    assertFalse(Files.exists(results));
  }
}
