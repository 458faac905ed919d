package dev.lanewise.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The calls that a contract is checked with: sizes around lanes, tiles and blocks, and primes. */
final class Calls {
  /** Another seed, given on the command line, draws other operands, offsets and third sizes. */
  private static final long SEED = Long.getLong("test.seed", 20250916);

  private static final int TILE_ROWS = 6;
  private static final int BLOCK = 64;

  private Calls() {}

  /** The sizes where implementations with so many lanes change their way. */
  static List<Integer> sizes(int lanes) {
    TreeSet<Integer> sizes = new TreeSet<>(List.of(0, 1, 2, 3, 13, 16, 17, 31, 97, 127));
    sizes.addAll(List.of(lanes - 1, lanes, lanes + 1, 2 * lanes, 2 * lanes + 1));
    sizes.addAll(List.of(4 * lanes - 1, 4 * lanes, 4 * lanes + 1, 8 * lanes + 2));
    sizes.addAll(List.of(TILE_ROWS - 1, TILE_ROWS, TILE_ROWS + 1));
    sizes.addAll(List.of(BLOCK - 1, BLOCK, BLOCK + 1));
    return List.copyOf(sizes);
  }

  /** All sizes of a kernel: every one of each side, and every pair of sides. */
  static List<Call> all(Kernel kernel, int lanes, Numbers numbers) {
    SplittableRandom random =
        new SplittableRandom(SEED + 31L * kernel.name().hashCode() + numbers.name().hashCode());
    List<Integer> sizes = sizes(lanes);
    List<Call> calls = new ArrayList<>();
    for (int a : sizes) {
      if (!uses(kernel, Operand.Side.IN)) {
        for (int repetition = 0; repetition < 3; repetition++) {
          calls.add(Call.draw(kernel, 1, 1, a, numbers, random.nextLong()));
        }
        continue;
      }
      for (int b : sizes) {
        if (!uses(kernel, Operand.Side.ROWS)) {
          calls.add(Call.draw(kernel, 1, a, b, numbers, random.nextLong()));
          continue;
        }
        int third = sizes.get(random.nextInt(sizes.size()));
        int[] s =
            switch (random.nextInt(3)) {
              case 0 -> new int[] {third, a, b};
              case 1 -> new int[] {a, third, b};
              default -> new int[] {a, b, third};
            };
        calls.add(Call.draw(kernel, s[0], s[1], s[2], numbers, random.nextLong()));
      }
    }
    return calls;
  }

  /** Like {@link #all}, but without sizes of zero, and fewer where there are many. */
  static List<Call> some(Kernel kernel, int lanes, Numbers numbers) {
    List<Call> calls = new ArrayList<>();
    for (Call call : all(kernel, lanes, numbers)) {
      if (call.rows() > 0 && call.in() > 0 && call.out() > 0) {
        calls.add(call);
      }
    }
    if (uses(kernel, Operand.Side.IN)) {
      calls.removeIf(call -> (call.rows() + 3 * call.in() + 5 * call.out()) % 4 != 0);
    }
    return calls;
  }

  private static boolean uses(Kernel kernel, Operand.Side side) {
    return kernel.specs().stream().anyMatch(s -> s.rows() == side || s.columns() == side);
  }
}
