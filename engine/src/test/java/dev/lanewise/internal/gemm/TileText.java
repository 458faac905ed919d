package dev.lanewise.internal.gemm;

import dev.lanewise.internal.gemm.Tile.Family;
import dev.lanewise.internal.gemm.Tile.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the source of a tile, line by line. */
final class TileText {
  private final Tile tile;
  private final Family family;
  private final int rows;
  private final int vectors;
  private final Way way;
  private final int steps;
  private final List<String> lines = new ArrayList<>();

  TileText(Tile tile) {
    this.tile = tile;
    this.family = tile.family;
    this.rows = tile.rows;
    this.vectors = tile.vectors;
    this.way = tile.way;
    this.steps = tile.steps;
  }

  /** Returns its source, formatted. */
  String source() {
    head();
    switch (family) {
      case PRODUCT, STRIP_PRODUCT -> product();
      case WEIGHT_GRADIENT -> weightGradient();
      case PANEL_PRODUCT, PANEL_GRADIENT -> panelTiles();
    }
    add("  }");
    add("}");
    return String.join("\n", lines) + "\n";
  }

  private void add(String line) {
    lines.add(line);
  }

  @SuppressWarnings("AnnotateFormatMethod") // The library of that annotation is no dependency.
  private void add(String line, Object... values) {
    lines.add(String.format(Locale.ROOT, line, values));
  }

  private void head() {
    boolean fenced = way == Way.FENCED;
    boolean gradient = family == Family.PANEL_GRADIENT;
    boolean panels = family == Family.PANEL_PRODUCT || gradient;
    boolean strip = family == Family.STRIP_PRODUCT;
    add("package dev.lanewise.internal.gemm;");
    add("");
    if (panels) {
      add(
          "import static dev.lanewise.internal.gemm.BlockSizes.%s;",
          gradient ? "TILE_ROWS" : "ROW");
    }
    add("import static dev.lanewise.internal.simd.Lanes.F;");
    if (vectors > 1) {
      add("import static dev.lanewise.internal.simd.Lanes.LANES;");
    }
    add("");
    if (way == Way.FENCED) {
      add("import java.lang.invoke.VarHandle;");
    }
    add("import jdk.incubator.vector.FloatVector;");
    add("");
    add(
        fenced
            ? "/**%n * A tile of %s%d rows x %d vector%s of {@code %s}%s.%n *%n * <p>The fences are"
                + " no instructions on x86. They keep C2 from loading the numbers of all rows%n *"
                + " first, which would take registers from the sums.%n */"
            : "/** A tile of %s%d rows x %d vector%s of {@code %s}%s. */",
        way == Way.UP_TO ? "up to " : "",
        rows,
        vectors,
        vectors == 1 ? "" : "s",
        family.formula,
        panels ? ", on packed panels" : strip ? ", on a strip {@code b}" : "");
    add("final class %s {", tile.className());
    add("  private %s() {}", tile.className());
    add("");
    doc();
    add("  static void run(");
    String operands =
        panels
            ? "int tiles,int depth,float[] a,int aOffset,float[] b,int bOffset,"
                + "float[] s,int sOffset,int lds,int sStep,"
                + (gradient ? "float factor,float[] t,int tOffset,int ldt,int tStep," : "")
            : "int depth,float[] a,int aOffset,int lda,float[] b,int bOffset,"
                + (strip ? "" : "int ldb,")
                + (family == Family.WEIGHT_GRADIENT ? "float factor," : "");
    for (String operand : ((way == Way.UP_TO ? "int rows," : "") + operands).split(",", 0)) {
      add("      %s,", operand);
    }
    add("      float[] c,");
    add("      int cOffset,");
    if (gradient) {
      add("      int ldc,");
      add("      int cStep) {");
    } else {
      add("      int ldc) {");
    }
  }

  private void doc() {
    switch (family) {
      case PRODUCT, STRIP_PRODUCT ->
          doc("Continues {@code depth} steps of the chains in {@code c}.");
      case WEIGHT_GRADIENT ->
          doc(
              "Sums over {@code depth} rows of {@code a} and {@code b}, from 0, and adds a"
                  + " multiple.");
      case PANEL_PRODUCT, PANEL_GRADIENT -> docOfPanels();
    }
  }

  private void doc(String what) {
    if (way != Way.UP_TO) {
      add("  /** %s */", what);
      return;
    }
    add("  /**");
    add("   * %s", what);
    add("   *");
    add(
        "   * <p>With fewer than %d rows the last one is computed more than once, and stored",
        rows);
    lines.set(lines.size() - 1, lines.getLast() + " with the same");
    add("   * value each time: that costs less than a loop over rows would.");
    add("   */");
  }

  private void docOfPanels() {
    add("  /**");
    add(
        "   * Continues {@code depth} steps of the chains in {@code s}, for tiles side by side, so"
            + " that");
    add("   * indices of {@code a} are checked once.");
    add("   *");
    if (steps > 1) {
      add("   * @param depth a multiple of %d", steps);
    }
    if (family == Family.PANEL_GRADIENT) {
      add("   * @param a copied columns, side by side");
      add("   * @param b panels as wide as a tile");
      add("   * @param sStep from the first number of one tile to that of the next");
      add("   * @param t what multiples of the sums are added to");
    } else {
      add("   * @param a copied rows");
      add("   * @param b panels as wide as a tile");
      add("   * @param sStep from the first number of one tile to that of the next");
    }
    add("   */");
  }

  private void product() {
    if (way == Way.CARRIED) {
      offsets("a");
      startFrom("c", "ldc", "cOffset");
      add("    int bk = bOffset;");
      loop();
      loadB();
      add("      bk += ldb;");
      multiply("a%d + k");
      add("    }");
      add(
          "    // Backwards from an offset computed anew: offsets kept from above would take"
              + " registers");
      lines.set(lines.size() - 1, lines.getLast() + " from");
      add("    // the loop, and sums would move to the stack.");
      endFromTheLast("cOffset");
      return;
    }
    if (way == Way.UP_TO) {
      add("    int a0 = aOffset;");
      add("    int c0 = cOffset;");
      for (int r = 1; r < rows; r++) {
        add("    int r%d = Math.min(%d, rows - 1);", r, r);
        add("    int a%d = aOffset + r%d * lda;", r, r);
        add("    int c%d = cOffset + r%d * ldc;", r, r);
      }
    } else {
      add("    int a0 = aOffset;");
      add("    int c0 = cOffset;");
      for (int r = 1; r < rows; r++) {
        add("    int a%d = a%d + lda;", r, r - 1);
        add("    int c%d = c%d + ldc;", r, r - 1);
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        add("    FloatVector s%d%d = FloatVector.fromArray(F, c, c%d%s);", r, v, r, lanes(v));
      }
    }
    loop();
    boolean strip = family == Family.STRIP_PRODUCT;
    add("      int bk = bOffset + k * %s;", strip ? "(" + vectors + " * LANES)" : "ldb");
    loadB();
    multiply("a%d + k");
    add("    }");
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        add("    s%d%d.add(0f).intoArray(c, c%d%s);", r, v, r, lanes(v));
      }
    }
  }

  private void weightGradient() {
    if (way == Way.UP_TO) {
      add("    int c0 = cOffset;");
      for (int r = 1; r < rows; r++) {
        add("    int r%d = Math.min(%d, rows - 1);", r, r);
        add("    int a%d = aOffset + r%d;", r, r);
        add("    int c%d = cOffset + r%d * ldc;", r, r);
      }
    } else if (way != Way.FENCED) {
      offsets("c");
    }
    add("    FloatVector zero = FloatVector.zero(F);");
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        add("    FloatVector s%d%d = zero;", r, v);
      }
    }
    switch (way) {
      case CARRIED, FENCED -> {
        add("    int ak = aOffset;");
        add("    int bk = bOffset;");
        loop();
      }
      case MULTIPLIED, UP_TO -> {
        loop();
        add("      int ak = %sk * lda;", way == Way.UP_TO ? "" : "aOffset + ");
        add("      int bk = bOffset + k * ldb;");
      }
    }
    loadB();
    multiply(way == Way.UP_TO ? "a%d + ak" : "ak + %d");
    if (way == Way.CARRIED || way == Way.FENCED) {
      add("      ak += lda;");
      add("      bk += ldb;");
    }
    add("    }");
    add("    FloatVector f = FloatVector.broadcast(F, factor);");
    boolean walks = way == Way.FENCED;
    if (walks) {
      add("    int row = cOffset;");
    }
    for (int r = 0; r < rows; r++) {
      if (walks && r > 0) {
        add("    row += ldc;");
      }
      for (int v = 0; v < vectors; v++) {
        String at = (walks ? "row" : "c" + r) + lanes(v);
        String sum =
            String.format(Locale.ROOT, "s%d%d.fma(f, FloatVector.fromArray(F, c, %s))", r, v, at);
        if (way == Way.UP_TO) {
          add("    s%d%d = %s;", r, v, sum);
        } else {
          add("    %s.intoArray(c, %s);", sum, at);
        }
      }
    }
    for (int r = 0; way == Way.UP_TO && r < rows; r++) {
      for (int v = 0; v < vectors; v++) {
        add("    s%d%d.intoArray(c, c%d%s);", r, v, r, lanes(v));
      }
    }
  }

  private void panelTiles() {
    boolean gradient = family == Family.PANEL_GRADIENT;
    add("    for (int tile = 0; tile < tiles; tile++) {");
    startFrom("s", "lds", "sOffset + tile * sStep");
    add("    int panel = bOffset + tile * depth * (%d * LANES);", vectors);
    if (gradient) {
      add("    int ak = aOffset;");
      add("    int end = panel + depth * (%d * LANES);", vectors);
      add("    for (int bk = panel; bk < end; bk += %d * LANES) {", steps * vectors);
    } else {
      add("    int bk = panel;");
      add("    int end = aOffset + depth;");
      add("    for (int ak = aOffset; ak < end; ak%s) {", steps == 1 ? "++" : " += " + steps);
    }
    for (int step = 0; step < steps; step++) {
      for (int v = 0; v < vectors; v++) {
        if (v == 0) {
          fence();
        }
        add(
            "      %sb%d = FloatVector.fromArray(F, b, bk%s);",
            step == 0 ? "FloatVector " : "", v, lanes(step * vectors + v));
      }
      for (int r = 0; r < rows; r++) {
        if (r > 0) {
          fence();
        }
        add(
            "      %sx = FloatVector.broadcast(F, a[ak%s]);",
            step == 0 && r == 0 ? "FloatVector " : "",
            gradient ? plus(step, "TILE_ROWS") + plus(r, "1") : plus(r, "ROW") + plus(step, "1"));
        for (int v = 0; v < vectors; v++) {
          add("      s%d%d = x.fma(b%d, s%d%d);", r, v, v, r, v);
        }
      }
    }
    if (gradient) {
      add("      ak += %sTILE_ROWS;", steps == 1 ? "" : steps + " * ");
    } else {
      add("      bk += %d * LANES;", steps * vectors);
    }
    add("    }");
    if (gradient) {
      add("    FloatVector f = FloatVector.broadcast(F, factor);");
      add("    int to = cOffset + tile * cStep;");
      add("    row = tOffset + tile * tStep;");
      for (int r = 0; r < rows; r++) {
        if (r > 0) {
          add("    to += ldc;");
          add("    row += ldt;");
        }
        for (int v = 0; v < vectors; v++) {
          add(
              "    s%d%d = s%d%d.fma(f, FloatVector.fromArray(F, t, row%s));",
              r, v, r, v, lanes(v));
          add("    s%d%d.intoArray(c, to%s);", r, v, lanes(v));
        }
      }
    } else {
      endFromTheLast("cOffset + tile * (%d * LANES)".formatted(vectors));
    }
    add("    }");
    indentFrom("    for (int tile");
  }

  private void indentFrom(String start) {
    int line = 0;
    while (!lines.get(line).startsWith(start)) {
      line++;
    }
    for (line++; line < lines.size() - 1; line++) {
      lines.set(line, "  " + lines.get(line));
    }
  }

  private void fence() {
    if (way == Way.FENCED) {
      add("      VarHandle.loadLoadFence();");
    }
  }

  private static String plus(int n, String unit) {
    return n == 0 ? "" : unit.equals("1") ? " + " + n : " + " + (n == 1 ? "" : n + " * ") + unit;
  }

  /** The offsets of all rows of {@code a} or of {@code c}. */
  private void offsets(String operand) {
    add("    int %s0 = %sOffset;", operand, operand);
    for (int r = 1; r < rows; r++) {
      add("    int %s%d = %s%d + ld%s;", operand, r, operand, r - 1, operand);
    }
  }

  private void startFrom(String array, String ld, String offset) {
    add("    int row = %s;", offset);
    for (int r = 0; r < rows; r++) {
      if (r > 0) {
        add("    row += %s;", ld);
      }
      for (int v = 0; v < vectors; v++) {
        add("    FloatVector s%d%d = FloatVector.fromArray(F, %s, row%s);", r, v, array, lanes(v));
      }
    }
  }

  private void loop() {
    add("    for (int k = 0; k < depth; k++) {");
  }

  private void loadB() {
    for (int v = 0; v < vectors; v++) {
      add("      FloatVector b%d = FloatVector.fromArray(F, b, bk%s);", v, lanes(v));
    }
  }

  private void multiply(String index) {
    for (int r = 0; r < rows; r++) {
      String at =
          String.format(Locale.ROOT, index, r)
              .replace("ak + 0", "ak")
              .replace("a0 + ak", "aOffset + ak");
      if (r > 0) {
        fence();
      }
      add("      FloatVector x%d = FloatVector.broadcast(F, a[%s]);", r, at);
      for (int v = 0; v < vectors; v++) {
        add("      s%d%d = x%d.fma(b%d, s%d%d);", r, v, r, v, r, v);
      }
    }
  }

  private void endFromTheLast(String from) {
    add("    row = %s + %d * ldc;", from, rows - 1);
    for (int r = rows - 1; r >= 0; r--) {
      if (r < rows - 1) {
        add("    row -= ldc;");
      }
      for (int v = 0; v < vectors; v++) {
        add("    s%d%d.add(0f).intoArray(c, row%s);", r, v, lanes(v));
      }
    }
  }

  private static String lanes(int vector) {
    return vector == 0 ? "" : vector == 1 ? " + LANES" : " + " + vector + " * LANES";
  }
}
