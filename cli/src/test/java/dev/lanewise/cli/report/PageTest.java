package dev.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final List<String> CLASSES = List.of("oak", "<script>alert(1)</script>", "a&'b\"");

  @Test
  void textsOfTheUserAreNotTakenForHtml() throws IOException {
    String page = Page.html(Samples.classes(CLASSES, 70, 10));

    assertFalse(page.contains("<script"));
    assertFalse(page.contains("<b>"));
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assertTrue(page.contains("a&amp;&#39;b&quot;"));
    assertTrue(
        page.contains("<h1>Predicting &lt;b&gt;kind&lt;/b&gt; of trees &amp; more.csv</h1>"));
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws IOException {
    for (Contents contents : List.of(Samples.classes(CLASSES, 70, 10), Samples.numbers(70, 10))) {
      String page = Page.html(contents).replace("http://www.w3.org/", "");
      assertFalse(page.contains("http:"), "http:");
      assertFalse(page.contains("https:"), "https:");
      assertFalse(page.contains("url(http"), "url");
      assertFalse(page.contains("src="), "src");
      assertFalse(page.contains("@import"), "@import");
    }
  }

  @Test
  void tellsTheScoreBesideWhatGuessingWouldGet() throws IOException {
    String page = Page.html(Samples.classes(List.of("a", "b"), 100, 5));

    assertTrue(page.contains("<strong>85.0 %</strong> accuracy"));
    assertTrue(
        page.contains(
            "85 of 100 rows that it had not seen are told right; always saying &#39;a&#39; would"
                + " get 50.0\u00a0%."));
    String numbers = Page.html(Samples.numbers(100, 5));
    assertTrue(numbers.contains("<strong>0.900</strong> R²"));
    assertTrue(numbers.contains("accounts for 90\u00a0% of the variance"));
  }

  @Test
  void countsWhatIsTakenForWhat() throws IOException {
    String page = Page.html(Samples.classes(List.of("a", "b"), 14, 5));

    assertTrue(
        page.contains(
            "<td class=\"right\" style=\"--part:0.857\" title=\"85.7 % of the row\">6</td>"
                + "<td class=\"wrong\" style=\"--part:0.143\" title=\"14.3 % of the row\">1</td>"));
    assertTrue(page.contains("<th scope=\"row\">a</th><td>0.857</td><td>0.857</td><td>0.857</td>"));
    assertTrue(
        page.contains(
            "<th scope=\"row\">70 to 80 %</th><td>14</td><td>75.0 %</td><td>85.7 %</td>"));
  }

  @Test
  void manyClassesAreListedByWhatIsMostOftenConfused() throws IOException {
    List<String> classes = IntStream.range(0, 40).mapToObj(c -> "class " + c).toList();
    String page = Page.html(Samples.classes(classes, 4_000, 5));

    assertFalse(page.contains("class=\"confusion\""));
    assertTrue(page.contains("Of 40 classes, those that are most often taken for another one:"));
    assertEquals(20, page.split("<th scope=\"row\">class \\d+</th><td>class ").length - 1);
  }

  @Test
  void errorsOfNumbersAreInTheirOrder() throws IOException {
    String page = Page.html(Samples.numbers(101, 5));

    assertTrue(page.contains("<th scope=\"row\">lowest</th><td>-2.0000</td>"));
    assertTrue(page.contains("<th scope=\"row\">median</th><td>0.0000</td>"));
    assertTrue(page.contains("<th scope=\"row\">highest</th><td>2.0000</td>"));
    assertTrue(page.contains("101 test rows; on the line both are equal"));
  }

  @Test
  void chartsAreXmlWithIdsOfTheirOwn() throws Exception {
    String page = Page.html(Samples.numbers(70, 10));
    List<String> ids = new ArrayList<>();
    Matcher id = Pattern.compile(" id=\"([^\"]+)\"").matcher(page);
    while (id.find()) {
      ids.add(id.group(1));
    }
    assertEquals(new HashSet<>(ids).size(), ids.size());
    Matcher used = Pattern.compile("url\\(#([^)]+)\\)").matcher(page);
    while (used.find()) {
      assertTrue(ids.contains(used.group(1)), used.group(1));
    }
    Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
    int charts = 0;
    while (svg.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.group().getBytes(StandardCharsets.UTF_8)));
      assertTrue(svg.group().contains("var(--first)"));
      assertFalse(svg.group().contains("rgb("), svg.group());
      charts++;
    }
    assertEquals(4, charts);
  }

  @Test
  void aHundredEpochsHaveNoMoreLabelsThanTen() throws IOException {
    int ten = texts(Page.html(Samples.classes(CLASSES, 70, 10)));
    int hundred = texts(Page.html(Samples.classes(CLASSES, 70, 100)));

    assertTrue(hundred <= ten, () -> hundred + " texts in the charts, " + ten + " for 10 epochs");
  }

  /** How many texts are drawn in the charts, which are shapes in the colour of texts. */
  private static int texts(String page) {
    return page.substring(page.indexOf("<svg")).split("fill:var\\(--muted\\)", -1).length - 1;
  }

  @Test
  void aLongRunStaysASmallFile() throws IOException {
    int classes = Page.html(Samples.classes(CLASSES, 100_000, 1_000)).length();
    int numbers = Page.html(Samples.numbers(100_000, 1_000)).length();

    assertTrue(classes < 1_000_000, () -> classes + " characters");
    assertTrue(numbers < 1_000_000, () -> numbers + " characters");
  }

  @Test
  void aSingleEpochHasNoCurve() throws IOException {
    assertFalse(Page.html(Samples.classes(CLASSES, 70, 1)).contains("<svg"));
  }
}
