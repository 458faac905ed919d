package dev.lanewise.cli.option;

import dev.lanewise.cli.model.ResumedRun;
import dev.lanewise.cli.report.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What is kept of a training run, and where. */
public final class SaveOptions {
  private static final String INTERRUPTED = "lanewise-run";
  private static final int KEPT = 3;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Write the model to this file, for evaluate, predict, inspect and export; with --seeds"
              + " the one with the best test score.")
  private Path model;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page about the run to this HTML file.")
  private Path report;

  @Option(
      names = "--test-out",
      paramLabel = "FILE",
      description =
          "Write the rows of a CSV table that are kept for testing to this CSV file, for"
              + " evaluate.")
  private Path testOut;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description =
          "Write checkpoints to this directory on the way: the last " + KEPT + " and the best.")
  private Path checkpoints;

  @Option(
      names = "--every",
      paramLabel = "STEPS",
      description = "Write a checkpoint every so many steps. Default: 1000.")
  private Integer every;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on from the newest checkpoint in this directory, with the same bits as if training"
              + " had never stopped; options that are not given are taken from it.")
  private Path resume;

  @Option(
      names = "--force",
      description = "Go on by --resume although the rows to learn from have changed meanwhile.")
  private boolean force;

  private boolean several;

  /** Refuses what cannot be, before any time is spent. */
  public void check(int seeds, DataOptions data) throws IOException {
    several = seeds > 1;
    boolean any = checkpoints != null || resume != null;
    Checks.refuse(
        any && several, "--checkpoints and --resume are for a single run: leave out --seeds");
    Checks.refuse(
        data.testsNothing() && (several || report != null),
        (several ? "--seeds" : "--report")
            + " needs rows to test with, and --test-fraction 0 keeps none");
    Checks.refuse(testOut != null && several, "--test-out is for a single seed: leave out --seeds");
    Checks.refuse(
        testOut != null && !data.keepsTestRows(),
        "--test-out is for a table of which rows are kept for testing: name one behind lanewise"
            + " train, without --test and --test-fraction 0");
    Checks.refuse(force && resume == null, "--force needs --resume DIR");
    Checks.refuse(every != null && checkpoints == null, "--every needs --checkpoints DIR");
    Checks.atLeast(1, "--every", every);
    OutputFiles outputs =
        data.addTo(new OutputFiles())
            .reads("--resume", resume)
            .writes("--save", model)
            .writes("--report", report)
            .writes("--test-out", testOut);
    outputs.check();
    if (directory() != null) {
      outputs.checkCheckpoints(directory());
    }
    Checks.writable("--save", model);
    Checks.writable("--report", report);
    Checks.writable("--test-out", testOut);
    if (report != null) {
      Page.checkFonts();
    }
    Checks.refuse(
        checkpoints != null && Files.exists(checkpoints) && !Files.isDirectory(checkpoints),
        "--checkpoints: " + checkpoints + " is a file; name a directory");
    Checks.refuse(
        resume != null && !Files.exists(resume),
        "--resume: there is no directory or checkpoint " + resume);
    Checks.refuse(
        resume != null && Files.isDirectory(resume) && !ResumedRun.isIn(resume),
        "--resume: " + resume + " holds no checkpoint; leave out --resume to start");
    Checks.refuse(
        checkpoints != null && resume == null && ResumedRun.isIn(checkpoints),
        ("--checkpoints: %1$s holds checkpoints of an earlier run: add --resume %1$s to go on from"
                + " them, or name another directory")
            .formatted(checkpoints));
  }

  /**
   * Refuses to go on with other rows than the run began with.
   *
   * @param rows the checksum of those at hand
   */
  public void checkRows(String rows) throws IOException {
    ResumedRun run = resumed();
    if (run != null && !force) {
      run.requireRows(rows);
    }
  }

  /** Returns the run to go on with; null to start one, or if it cannot be read. */
  public ResumedRun resumed() throws IOException {
    return resume == null ? null : ResumedRun.of(resume);
  }

  /** Returns whether to look at the rows to test with after each epoch, as a report shows it. */
  public boolean watchesTestRows() throws IOException {
    ResumedRun run = resumed();
    return run == null ? report != null : run.watchesTestRows();
  }

  public Path model() {
    return model;
  }

  public Path report() {
    return report;
  }

  /** Returns where to write the rows kept for testing; null for nowhere. */
  public Path testOut() {
    return testOut;
  }

  public Path resume() {
    return resume;
  }

  /**
   * Returns where to write checkpoints, and one if the run is interrupted; null for nowhere: of
   * several seeds nothing is kept.
   */
  public Path directory() {
    if (several) {
      return null;
    }
    if (checkpoints != null) {
      return checkpoints;
    }
    if (resume != null && Files.isDirectory(resume)) {
      return resume;
    }
    Path place = Path.of("");
    if (!Files.isWritable(place.toAbsolutePath())) {
      place = Path.of(System.getProperty("java.io.tmpdir"));
    }
    Path directory = place.resolve(INTERRUPTED);
    for (int n = 2; Files.exists(directory); n++) {
      directory = place.resolve(INTERRUPTED + "-" + n);
    }
    return directory;
  }

  /** Returns after how many steps to write a checkpoint; 0 for only when interrupted. */
  public int every() {
    return checkpoints == null ? 0 : every == null ? 1_000 : every;
  }

  public int kept() {
    return KEPT;
  }
}
