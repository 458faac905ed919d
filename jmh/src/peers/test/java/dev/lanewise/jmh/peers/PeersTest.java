package dev.lanewise.jmh.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class PeersTest {
  private static List<String> points(String line) {
    CommandLine command = Peers.commandLine();
    command.parseArgs(line.isEmpty() ? new String[0] : line.split(" "));
    Peers peers = command.getCommand();
    return peers.points().stream().map(Point::toString).toList();
  }

  @Test
  void anotherNetworkIsAllThatIsTimed() {
    assertEquals(List.of("train:784-300-100-10:100"), points("--shape 784-300-100-10 --batch 100"));
    assertEquals(
        List.of("forward:3-4:1", "forward:3-4:2", "forward:5-6:1", "forward:5-6:2"),
        points("--ops forward --shape 3-4,5-6 --batches 1,2"));
  }

  @Test
  void itStandsBesideTheSquareOnesWhereWidthsAreGiven() {
    assertEquals(
        List.of("train:64-64-64-64:8", "train:3-4:8"), points("--widths 64 --shape 3-4 --batch 8"));
  }

  @Test
  void productsHaveThreeShapes() {
    assertEquals(
        List.of("gemm:784-300:100", "gemm-nt:784-300:100", "gemm-tn:784-300:100"),
        points("--gemm 100x784x300"));
    assertEquals(2.0 * 100 * 784 * 300, Point.parse("gemm-nt:784-300:100").flop());
    assertEquals("100x784x300", Point.parse("gemm-nt:784-300:100").shape());
    assertEquals("64", Point.parse("gemm:64-64:64").shape());
  }

  @Test
  void withoutThemEverythingIsTimed() {
    assertEquals(6 * 3 + 6 * 3 + 4 * 3 + 6 + 6, points("").size());
  }

  @Test
  void anOptionThatNothingUsesIsRefused() {
    for (String line : new String[] {"--ops gemm,odd --shape 3-4", "--ops train --gemm 64"}) {
      Exception e = assertThrows(ParameterException.class, () -> points(line));
      assertTrue(e.getMessage().contains("does not use it: expected one of"), e.getMessage());
    }
  }

  @Test
  void theHeapHasRoomForTheLargestPoint() {
    assertEquals(List.of("-Xms1034m", "-Xmx1034m"), heap("train:256-256-256-256:256"));
    assertEquals(List.of("-Xms3776m", "-Xmx3776m"), heap("train:4096-4096-4096-4096:4096"));
  }

  private static List<String> heap(String point) {
    return Fork.flags(List.of(Point.parse(point))).stream()
        .filter(flag -> flag.startsWith("-Xm"))
        .limit(2)
        .toList();
  }
}
