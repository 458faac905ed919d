package dev.lanewise.internal.gemm;

/**
 * The tiles, as data: they differ in their numbers of rows and vectors, and in what was measured to
 * be better with some of them. {@link TileText} makes a source of each.
 */
enum Tile {
  PRODUCT_6X4(Family.PRODUCT, 6, 4, Way.CARRIED),
  PRODUCT_4X4(Family.PRODUCT, 4, 4, Way.UP_TO),
  PRODUCT_6X2(Family.PRODUCT, 6, 2, Way.MULTIPLIED),
  PRODUCT_4X2(Family.PRODUCT, 4, 2, Way.UP_TO),
  PRODUCT_8X1(Family.PRODUCT, 8, 1, Way.MULTIPLIED),
  STRIP_PRODUCT_6X2(Family.STRIP_PRODUCT, 6, 2, Way.MULTIPLIED),
  STRIP_PRODUCT_5X2(Family.STRIP_PRODUCT, 5, 2, Way.MULTIPLIED),
  WEIGHT_GRADIENT_6X4(Family.WEIGHT_GRADIENT, 6, 4, Way.CARRIED),
  WEIGHT_GRADIENT_4X4(Family.WEIGHT_GRADIENT, 4, 4, Way.UP_TO),
  WEIGHT_GRADIENT_6X2(Family.WEIGHT_GRADIENT, 6, 2, Way.FENCED),
  WEIGHT_GRADIENT_4X2(Family.WEIGHT_GRADIENT, 4, 2, Way.UP_TO),
  WEIGHT_GRADIENT_8X1(Family.WEIGHT_GRADIENT, 8, 1, Way.MULTIPLIED),
  PANEL_PRODUCT_6X4(Family.PANEL_PRODUCT, 6, 4, Way.FENCED, 1),
  PANEL_PRODUCT_4X4(Family.PANEL_PRODUCT, 4, 4, Way.CARRIED, 1),
  PANEL_PRODUCT_6X2(Family.PANEL_PRODUCT, 6, 2, Way.FENCED, 4),
  PANEL_GRADIENT_6X4(Family.PANEL_GRADIENT, 6, 4, Way.FENCED, 1),
  PANEL_GRADIENT_4X4(Family.PANEL_GRADIENT, 4, 4, Way.CARRIED, 1),
  PANEL_GRADIENT_6X2(Family.PANEL_GRADIENT, 6, 2, Way.FENCED, 4);

  /** What a tile computes, and where its operands lie. */
  enum Family {
    PRODUCT("Product", "c = c + a b"),
    STRIP_PRODUCT("StripProduct", "c = c + a b"),
    WEIGHT_GRADIENT("WeightGradient", "c = c + factor aT b"),
    PANEL_PRODUCT("PanelProduct", "c = s + a b"),
    PANEL_GRADIENT("PanelGradient", "c = t + factor (s + aT b)");

    final String prefix;
    final String formula;

    Family(String prefix, String formula) {
      this.prefix = prefix;
      this.formula = formula;
    }
  }

  /** How offsets come about: C2 makes better code of one or the other (decisions 0005, 0011). */
  enum Way {
    /** From turn to turn, and those of the result anew after the loop. */
    CARRIED,
    /** So too, with a fence before each row's number, which is no instruction on x86. */
    FENCED,
    /** By a multiplication in each turn. */
    MULTIPLIED,
    /** So too, for the last rows of a block as well: those beyond repeat the last one. */
    UP_TO
  }

  final Family family;
  final int rows;
  final int vectors;
  final Way way;

  /** How many steps it makes in a turn of its loop. */
  final int steps;

  Tile(Family family, int rows, int vectors, Way way) {
    this(family, rows, vectors, way, 1);
  }

  Tile(Family family, int rows, int vectors, Way way, int steps) {
    this.family = family;
    this.rows = rows;
    this.vectors = vectors;
    this.way = way;
    this.steps = steps;
  }

  /** Returns the name of its class. */
  String className() {
    return family.prefix + rows + "x" + vectors + "v";
  }

  /** Returns its source, formatted. */
  String source() {
    return new TileText(this).source();
  }
}
