package dev.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in headless Chromium. {@code CHROMIUM} names it where it is not on the path. */
class BrowserTest {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Written into a copy of the page: tells what a person would see. */
  private static final String PROBE =
      """
      <script>
      addEventListener('load', () => {
        const charts = [...document.querySelectorAll('svg')].map(s => s.getBoundingClientRect());
        const paper = getComputedStyle(document.body).backgroundColor;
        const curve = document.querySelector('svg [style*="--first"]');
        parent.postMessage([document.documentElement.scrollWidth, innerWidth, paper,
          Math.max(...charts.map(c => c.width)), getComputedStyle(curve).stroke].join('|'), '*');
      });
      </script>
      </body>
      """;

  /** A frame, because Chromium's own windows are wider than a phone. */
  private static final String FRAME =
      """
      <!DOCTYPE html>
      <body style="margin:0">
      <script>addEventListener('message', m => document.body.dataset.seen = m.data)</script>
      <iframe width="WIDTH" height="3000" style="border:0" src="page.html"></iframe>
      </body>
      """;

  @TempDir private Path directory;

  private Path browser;

  @BeforeEach
  void findBrowser() {
    browser = find();
    if (browser == null) {
      System.err.println(
          "SKIPPED: no Chromium on the path, so how the report looks was not checked. Install it"
              + " (Debian: apt-get install chromium) or name it by CHROMIUM.");
    }
    assumeTrue(browser != null, "no Chromium");
  }

  private static Path find() {
    List<Path> candidates = new ArrayList<>();
    String named = System.getenv("CHROMIUM");
    if (named != null) {
      candidates.add(Path.of(named));
    }
    for (String place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      NAMES.forEach(name -> candidates.add(Path.of(place, name)));
    }
    return candidates.stream().filter(Files::isExecutable).findFirst().orElse(null);
  }

  @Test
  void fitsAPhoneAndAScreenInLightAndDark() throws Exception {
    List<String> classes = List.of("a class with a long name", "another class", "third", "fourth");
    for (Contents contents : List.of(Samples.classes(classes, 70, 30), Samples.numbers(70, 30))) {
      for (int width : new int[] {360, 1280}) {
        assertFits(seen(contents, width, false), width, "rgb(255, 255, 255)", "rgb(11, 98, 168)");
        assertFits(seen(contents, width, true), width, "rgb(20, 24, 30)", "rgb(109, 182, 242)");
      }
    }
  }

  private static void assertFits(String[] seen, int width, String paper, String curve) {
    assertEquals(width, Integer.parseInt(seen[1]));
    assertTrue(
        Integer.parseInt(seen[0]) <= width,
        () -> "the page is " + seen[0] + " pixels wide in a window of " + width);
    assertEquals(paper, seen[2]);
    double chart = Double.parseDouble(seen[3]);
    assertTrue(chart > 300 && chart <= width, () -> "a chart is " + chart + " pixels wide");
    assertEquals(curve, seen[4]);
  }

  private String[] seen(Contents contents, int width, boolean dark) throws Exception {
    String page = Page.html(contents);
    Files.writeString(directory.resolve("page.html"), page.replace("</body>", PROBE));
    Path file =
        Files.writeString(directory.resolve("frame.html"), FRAME.replace("WIDTH", "" + width));
    Path out = directory.resolve("dom");
    Path err = directory.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                browser.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                "--user-data-dir=" + directory.resolve("profile"),
                "--virtual-time-budget=2000",
                "--window-size=1300,2000",
                "--dump-dom"));
    if (dark) {
      command.add("--blink-settings=preferredColorScheme=0");
    }
    command.add(file.toUri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "Chromium does not end");
    assertEquals(0, process.exitValue(), () -> text(err));
    assertTrue(text(err).lines().noneMatch(line -> line.contains("CONSOLE")), () -> text(err));
    Matcher seen = Pattern.compile("data-seen=\"([^\"]+)\"").matcher(text(out));
    assertTrue(seen.find(), () -> text(out));
    return seen.group(1).split("\\|", -1);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
