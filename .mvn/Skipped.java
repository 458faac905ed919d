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
        String message = one.getAttribute("message").replaceFirst("^Assumption failed: ", "");
        reasons.merge(
            type + ": " + message.lines().findFirst().orElse("no reason given"), 1, Integer::sum);
      }
    }
    int count = reasons.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(
        "Of " + tests + " tests this machine could not run " + count + (count == 0 ? "." : ":"));
    reasons.forEach((reason, n) -> System.out.println("  " + n + " x " + reason));
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
