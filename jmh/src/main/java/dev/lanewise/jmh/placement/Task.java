package dev.lanewise.jmh.placement;

import dev.lanewise.jmh.work.LayerProducts.Product;
import dev.lanewise.jmh.work.NetworkShape;
import dev.lanewise.jmh.work.ProductShape;
import java.util.List;

/** Work that is the same wherever its numbers lie. */
sealed interface Task permits ProductTask, StepTask {
  /** Returns its floating-point operations; of a step only products count. */
  double flop();

  /** Returns the places to try. */
  List<Placement> placements(List<Integer> offsets);

  /** Returns how long the arrays must be that {@link #place} takes, 0 if it takes none. */
  int room(List<Placement> placements);

  /**
   * Makes or takes operands at these places, and returns what computes on each.
   *
   * @param arrays four, which other tasks use as well
   */
  List<Runnable> place(List<Placement> placements, float[][] arrays);

  /** Returns what is computed. */
  String what();

  /** Returns how large it is. */
  String size();

  /** Returns what {@link #parse} reads. */
  default String text() {
    return what() + " " + size();
  }

  /** Reads what {@link #text} wrote. */
  static Task parse(String text) {
    String[] words = text.split(" ", -1);
    if (words[0].equals(StepTask.WHAT)) {
      return new StepTask(NetworkShape.parse(words[1]), Integer.parseInt(words[3]));
    }
    for (Product product : Product.values()) {
      if (words[0].equals(product.toString())) {
        return new ProductTask(product, ProductShape.parse(words[1]));
      }
    }
    throw new IllegalArgumentException("'" + text + "' is no task");
  }
}
