package dev.lanewise.cli.report;

import dev.lanewise.cli.text.Terminal;
import java.util.List;
import java.util.Map;

/** Pieces of a page, with every text escaped. */
final class Html {
  private final StringBuilder text = new StringBuilder();

  static String escaped(String plain) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }

  /** Adds what is HTML already. */
  Html raw(String html) {
    text.append(html);
    return this;
  }

  /** Adds an element with a text. */
  Html element(String tag, String plain) {
    int end = tag.indexOf(' ');
    String name = end < 0 ? tag : tag.substring(0, end);
    text.append('<').append(tag).append('>').append(escaped(plain));
    text.append("</").append(name).append(">\n");
    return this;
  }

  /** Adds a table whose first row is its header; all but the first column is of numbers or not. */
  Html table(List<List<String>> rows, boolean numbers) {
    text.append("<div class=\"scroll\"><table").append(numbers ? " class=\"numbers\"" : "");
    text.append(">\n<thead><tr>");
    for (String cell : rows.get(0)) {
      text.append("<th scope=\"col\">").append(escaped(cell)).append("</th>");
    }
    text.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows.subList(1, rows.size())) {
      text.append("<tr><th scope=\"row\">").append(escaped(row.get(0))).append("</th>");
      for (String cell : row.subList(1, row.size())) {
        text.append("<td>").append(escaped(cell)).append("</td>");
      }
      text.append("</tr>\n");
    }
    text.append("</tbody></table></div>\n");
    return this;
  }

  /** Adds names and their values. */
  Html pairs(Map<String, String> values) {
    text.append("<dl>\n");
    values.forEach((name, value) -> element("dt", name).element("dd", value));
    text.append("</dl>\n");
    return this;
  }

  static String number(double value) {
    if (Double.isNaN(value)) {
      return "not defined";
    }
    double size = Math.abs(value);
    return size != 0 && (size >= 1e6 || size < 1e-3)
        ? Terminal.format("%.3e", value)
        : Terminal.format(size >= 1000 ? "%,.1f" : "%.4f", value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
