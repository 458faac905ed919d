package dev.lanewise.internal.jvm;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** What the virtual machine says of itself. */
public final class VirtualMachine {
  private static final boolean X86 =
      System.getProperty("os.arch", "").matches("amd64|x86_64|i386|x86");

  private VirtualMachine() {}

  /**
   * Returns whether a fused multiply-add is one machine instruction, as it is on all machines of
   * today where the virtual machine does not tell.
   */
  public static boolean hasFma() {
    return !canBeAsked() || Options.value("UseFMA").equals("true");
  }

  /**
   * Returns whether part of a vector is stored by one machine instruction: on x86 from AVX on, on
   * AArch64 with SVE, on RISC-V with its vectors. HotSpot's C2 makes objects of the vectors where
   * it is not, as on AArch64 with NEON alone.
   */
  public static boolean storesPartsOfVectors() {
    if (!canBeAsked()) {
      return X86;
    }
    return X86
        ? !Options.value("UseAVX").equals("0")
        : Options.value("UseSVE").matches("[1-9].*") || Options.value("UseRVV").equals("true");
  }

  /** Returns how many bytes an array of floats has before its numbers: 12, 16 or 20. */
  public static int bytesBeforeFloats() {
    if (canBeAsked()) {
      if (Options.value("UseCompactObjectHeaders").equals("true")) {
        return 12;
      }
      if (Options.value("UseCompressedClassPointers").equals("false")) {
        return 20;
      }
    }
    return 16;
  }

  /** Returns whether hot code is compiled by C2, the only compiler that knows vectors. */
  public static boolean compilesVectors() {
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      return false;
    }
    return !canBeAsked()
        || (Options.value("UseCompiler").equals("true")
            && Options.value("TieredStopAtLevel").equals("4")
            && !Options.value("CompilationMode").equals("quick-only")
            && !Options.value("Inline").equals("false")
            // Only seen where experimental options are unlocked.
            && !Options.value("EnableVectorSupport").equals("false"));
  }

  /** Runtime images need not have the module. */
  private static boolean canBeAsked() {
    return ModuleLayer.boot().findModule("jdk.management").isPresent();
  }

  /** Apart, so that no class of the module is touched where it is missing. */
  private static final class Options {
    /** Returns the value of an option, empty where the virtual machine has none of that name. */
    static String value(String name) {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      try {
        return bean == null ? "" : bean.getVMOption(name).getValue();
      } catch (IllegalArgumentException e) {
        return "";
      }
    }
  }
}
