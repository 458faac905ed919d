package dev.lanewise;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** What the virtual machine says of itself. */
final class VirtualMachine {
  private VirtualMachine() {}

  /** Returns whether a fused multiply-add is one machine instruction. */
  static boolean hasFma() {
    return option("UseFMA").equals("true");
  }

  /** Returns whether hot code is compiled by C2, the only compiler that knows vectors. */
  static boolean compilesVectors() {
    return option("UseCompiler").equals("true") && option("TieredStopAtLevel").equals("4");
  }

  private static String option(String name) {
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return bean == null ? "" : bean.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      // A virtual machine without this option; it is not HotSpot with both compilers.
      return "";
    }
  }
}
