import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Says how many of a module's tests this machine could not run, and why: {@code java Skipped.java
 * FOLDER} with the folder of Surefire's reports.
 */
final class Skipped {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Map<String, Integer> reasons = new TreeMap<>();
    int tests = 0;
    for (Path report : reports(folder)) {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
      tests += document.getElementsByTagName("testcase").getLength();
      NodeList skipped = document.getElementsByTagName("skipped");
      for (int i = 0; i < skipped.getLength(); i++) {
        Element one = (Element) skipped.item(i);
        Element test = (Element) one.getParentNode();
        String type = test.getAttribute("classname").replaceAll(".*\\.", "");
        reasons.merge(type + ": " + reason(one), 1, Integer::sum);
      }
    }
    if (tests == 0) {
      return;
    }
    int count = reasons.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("Of %d tests this machine could not run %d.%n", tests, count);
    reasons.forEach((reason, n) -> System.out.println("  " + n + " x " + reason));
  }

  /** A test that JUnit disables has a message, one that gives up has the exception's first line. */
  private static String reason(Element skipped) {
    String text = skipped.getAttribute("message") + skipped.getTextContent();
    return text.lines().findFirst().orElse("").replaceFirst(".*Assumption failed: ", "");
  }

  private static List<Path> reports(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).toList();
    }
  }
}
