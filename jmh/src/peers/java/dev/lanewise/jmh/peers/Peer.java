package dev.lanewise.jmh.peers;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** With whom Lanewise can be compared. */
enum Peer {
  MKL,
  OPENBLAS,
  ONEDNN,
  PYTORCH,
  PYTORCH_BY_HAND,
  NETLIB,
  /** Lanewise without zeros, to compare with itself where there are some. */
  LANEWISE;

  /** Returns the library of this virtual machine, which must have the {@link #environment}. */
  Library open(int threads) {
    return switch (this) {
      case MKL -> Cblas.mkl(threads);
      case OPENBLAS -> Cblas.openBlas(threads);
      case ONEDNN -> new OneDnn();
      case PYTORCH -> new Torch(threads, false);
      case PYTORCH_BY_HAND -> new Torch(threads, true);
      case NETLIB -> new Netlib();
      case LANEWISE -> new Lanewise(threads);
    };
  }

  /** Returns whether the comparison makes sense. */
  boolean takes(Point point, int threads) {
    if (this == LANEWISE || point.op() == Point.Op.ZEROS) {
      return this == LANEWISE && point.op() == Point.Op.ZEROS && threads == 1;
    }
    if (this == NETLIB || point.op().isProduct()) {
      return threads == 1 && !isTorch(); // NETLIB and our kernels have one thread
    }
    return true;
  }

  private boolean isTorch() {
    return this == PYTORCH || this == PYTORCH_BY_HAND;
  }

  /** Returns the environment variables that its native library reads when it is loaded. */
  Map<String, String> environment(int threads) {
    Map<String, String> variables = new TreeMap<>();
    for (String library : new String[] {"OMP", "OPENBLAS", "MKL"}) {
      variables.put(library + "_NUM_THREADS", String.valueOf(threads));
    }
    variables.put("OMP_DYNAMIC", "FALSE");
    variables.put("MKL_DYNAMIC", "FALSE");
    // Milliseconds that Intel's threads spin after their work. By default they are 200, and all
    // of them would have to be waited for before each turn of Lanewise.
    variables.put("KMP_BLOCKTIME", "1");
    if (isTorch()) {
      // It has two crews, OpenMP's and OpenBLAS's; a spinning one takes the cores from the other.
      variables.put("OMP_WAIT_POLICY", "PASSIVE");
    }
    return variables;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
