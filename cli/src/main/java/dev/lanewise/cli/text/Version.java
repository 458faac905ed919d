package dev.lanewise.cli.text;

import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the module. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  /** Returns the program's name and its version. */
  public static String text() {
    ModuleDescriptor module = Version.class.getModule().getDescriptor();
    String version = module == null ? null : module.rawVersion().orElse(null);
    return "lanewise " + (version == null ? "(development)" : version);
  }
}
