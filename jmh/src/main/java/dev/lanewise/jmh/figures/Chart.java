package dev.lanewise.jmh.figures;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.AxesChart;

/** A chart that is drawn: as PNG, as SVG, and for a page. */
final class Chart {
  private static final int PNG_SCALE = 2;
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+");
  private static final Pattern ID = Pattern.compile("clip\\d+");

  private final AxesChart<?, ?> chart;

  Chart(AxesChart<?, ?> chart) {
    this.chart = chart;
  }

  /** Returns it as a picture of twice the size that a page shows it in. */
  byte[] png(String title) throws IOException {
    chart.setTitle(title);
    chart.getStyler().setChartTitleVisible(true);
    BufferedImage image =
        new BufferedImage(
            chart.getWidth() * PNG_SCALE,
            chart.getHeight() * PNG_SCALE,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PNG_SCALE, PNG_SCALE);
    try {
      chart.paint(graphics, chart.getWidth(), chart.getHeight());
    } catch (InternalError | UnsatisfiedLinkError | RuntimeException e) {
      throw cannotDraw(e);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** Returns it as a file of its own. */
  String svg(String title) throws IOException {
    chart.setTitle(title);
    chart.getStyler().setChartTitleVisible(true);
    return drawn();
  }

  /**
   * Returns it as a part of a page, in the page's colours.
   *
   * @param id a word that no other chart of the page has
   * @param label what a screen reader says
   */
  String inline(String id, String label) throws IOException {
    chart.getStyler().setChartTitleVisible(false);
    String svg = drawn();
    String body = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1);
    return "<svg role=\"img\" viewBox=\"0 0 "
        + chart.getWidth()
        + " "
        + chart.getHeight()
        + "\" aria-label=\""
        + Html.escaped(label)
        + "\">"
        + Style.themed(ID.matcher(rounded(body)).replaceAll(match -> id + "-" + match.group()))
        + "\n";
  }

  private String drawn() throws IOException {
    try {
      return new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
    } catch (InternalError | UnsatisfiedLinkError | RuntimeException e) {
      throw cannotDraw(e);
    }
  }

  /** Java needs the system's fonts, and says it in many ways if there are none. */
  private static IOException cannotDraw(Throwable e) {
    return new IOException(
        "this Java cannot draw text for the charts (" + e + "); install fontconfig and a font", e);
  }

  /** A tenth of a pixel is enough. */
  private static String rounded(String svg) {
    return DECIMAL
        .matcher(svg)
        .replaceAll(
            match ->
                String.format(Locale.ROOT, "%.1f", Double.parseDouble(match.group()))
                    .replaceAll("\\.0$", "")
                    .replaceAll("^-0$", "0"));
  }
}
