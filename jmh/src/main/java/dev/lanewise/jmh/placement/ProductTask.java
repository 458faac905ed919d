package dev.lanewise.jmh.placement;

import dev.lanewise.Backend;
import dev.lanewise.jmh.placement.Placement.Rows;
import dev.lanewise.jmh.work.LayerProducts;
import dev.lanewise.jmh.work.LayerProducts.Product;
import dev.lanewise.jmh.work.ProductShape;
import dev.lanewise.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the products of a layer, on arrays of the caller's.
 *
 * @param product which of them
 * @param shape its sizes
 */
record ProductTask(Product product, ProductShape shape) implements Task {
  @Override
  public double flop() {
    return shape.flop();
  }

  @Override
  public List<Placement> placements(List<Integer> offsets) {
    List<Placement> placements = new ArrayList<>();
    for (Rows rows : Rows.values()) {
      if (rows == Rows.PAGE && isDense(rows)) {
        continue;
      }
      offsets.forEach(offset -> placements.add(new Placement(rows, offset)));
    }
    return placements;
  }

  private boolean isDense(Rows rows) {
    return rows.distance(shape.in()) == shape.in() && rows.distance(shape.out()) == shape.out();
  }

  @Override
  public int room(List<Placement> placements) {
    return placements.stream()
        .mapToInt(at -> LayerProducts.room(shape, at.offset(), at.rows()::distance))
        .max()
        .orElse(0);
  }

  @Override
  public List<Runnable> place(List<Placement> placements, float[][] arrays) {
    Kernels kernels = Backend.preferred().kernels();
    List<Runnable> runs = new ArrayList<>();
    for (Placement at : placements) {
      LayerProducts products =
          new LayerProducts(
              kernels,
              shape,
              at.offset(),
              at.rows()::distance,
              arrays[0],
              arrays[1],
              arrays[2],
              arrays[3]);
      runs.add(() -> products.run(product));
    }
    return runs;
  }

  @Override
  public String what() {
    return product.toString();
  }

  @Override
  public String size() {
    return shape.toString();
  }
}
