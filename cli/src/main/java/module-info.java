/** The lanewise command. */
// The console part of progressbar and XChart have no module descriptor yet.
@SuppressWarnings("requires-automatic")
module dev.lanewise.cli {
  requires com.fasterxml.jackson.jr.ob;
  requires de.siegmar.fastcsv;
  requires dev.lanewise.engine;
  requires info.picocli;
  requires java.desktop;
  requires jdk.management;
  requires me.tongfei.progressbar;
  requires xchart;

  opens dev.lanewise.cli to
      info.picocli;
  opens dev.lanewise.cli.article to
      info.picocli;
  opens dev.lanewise.cli.doctor to
      info.picocli;
  opens dev.lanewise.cli.option to
      info.picocli;
  opens dev.lanewise.cli.text to
      info.picocli;
}
