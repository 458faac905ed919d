package dev.lanewise.cli.run;

import dev.lanewise.cli.model.ResumedRun;
import dev.lanewise.cli.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What is typed to go on with a run, beside what it was begun with. */
public final class ResumedOptions {
  /** What is said anew each time. */
  private static final Set<String> OF_ONE_TIME =
      options(
          "--save --report --test-out --checkpoints --every --resume --force --seeds --json --quiet"
              + " --help");

  private static final Set<String> IMAGES =
      options("--images --labels --test-images --test-labels");

  /** What may differ: the rows are compared by their checksum, whatever file they are in. */
  private static final Set<String> FREE =
      options(
          "--threads --backend --test --images --labels --test-images --test-labels --header"
              + " --separator --skip --comment --escape --missing-words --decimal --x --y");

  /** What decides which rows there are, and what is in them. */
  private static final Set<String> OF_ROWS = options("--target --task --ignore --keep --missing");

  private final ResumedRun run;
  private final CommandSpec spec;
  private final ParseResult now;
  private final ParseResult then;
  private final BooleanSupplier takesOtherEpochs;

  /**
   * Compares.
   *
   * @param run what to go on with
   * @param spec the command, whose words are parsed
   * @param begun a command of the same kind, for the words that the run was begun with
   * @param takesOtherEpochs says of that one whether it can go on for another number of epochs
   */
  public ResumedOptions(
      ResumedRun run, CommandSpec spec, Object begun, BooleanSupplier takesOtherEpochs) {
    this.run = run;
    this.spec = spec;
    this.takesOtherEpochs = takesOtherEpochs;
    this.now = spec.commandLine().getParseResult();
    this.then = parsed(run.command(), spec.name(), begun);
  }

  private static Set<String> options(String names) {
    return Set.copyOf(Words.split(names));
  }

  /** Returns the words of another command of this name; null if they cannot be understood. */
  private static ParseResult parsed(List<String> words, String name, Object command) {
    if (words.isEmpty() || !words.get(0).equals(name)) {
      return null;
    }
    try {
      return new CommandLine(command)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    } catch (ParameterException e) {
      return null;
    }
  }

  /** Returns the options that were given then and are not now, as words; none if all are. */
  public List<String> missing() {
    List<String> words = new ArrayList<>();
    if (then == null) {
      return words;
    }
    boolean table = now.hasMatchedPositional(0);
    if (!table && !now.hasMatchedOption("--images")) {
      for (PositionalParamSpec file : then.matchedPositionals()) {
        words.add(file.originalStringValues().get(0));
      }
    }
    for (OptionSpec option : then.matchedOptions()) {
      String name = option.longestName();
      boolean other = OF_ONE_TIME.contains(name) || (table && IMAGES.contains(name));
      if (!other && !now.hasMatchedOption(name)) {
        words.addAll(words(option));
      }
    }
    return words;
  }

  private static List<String> words(OptionSpec option) {
    String name = option.longestName();
    if (option.arity().max() == 0) {
      return List.of(name);
    }
    String value = String.join(",", option.originalStringValues());
    return value.startsWith("-") ? List.of(name + "=" + value) : List.of(name, value);
  }

  /** Returns the whole command line that is typed, with words put behind the command's name. */
  public List<String> with(List<String> words) {
    List<String> all = new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    all.addAll(all.indexOf(spec.name()) + 1, words);
    return all;
  }

  /**
   * Refuses options that differ from those that the run was begun with.
   *
   * @throws IllegalArgumentException that names them
   */
  public void check() {
    if (then != null) {
      refuse(now.matchedOptions().stream().filter(this::differs).toList());
    }
  }

  /**
   * Returns a mistake in the words of the command line, if it may come from options that were not
   * given then; else as it is.
   */
  public IllegalArgumentException inWords(IllegalArgumentException e) {
    String file = run.checkpoint().getFileName().toString();
    boolean rows = e.getMessage().contains(file + ": the rows to learn from are others");
    if (then != null && (rows || e.getMessage().contains(file + " was written with the "))) {
      try {
        refuse(
            now.matchedOptions().stream()
                .filter(option -> isNew(option.longestName()))
                .filter(option -> !rows || OF_ROWS.contains(option.longestName()))
                .toList());
      } catch (IllegalArgumentException told) {
        told.initCause(e);
        return told;
      }
    }
    return e;
  }

  private boolean differs(OptionSpec option) {
    String name = option.longestName();
    if (OF_ONE_TIME.contains(name) || FREE.contains(name)) {
      return false;
    }
    if (name.equals("--epochs") && takesOtherEpochs.getAsBoolean()) {
      return false;
    }
    Object before = before(name);
    // A schedule goes on from the learning rate in the checkpoint, so that another has no effect.
    boolean unsaid = before == null && !name.equals("--learning-rate");
    return !unsaid && !text(before).equals(text(option.getValue()));
  }

  private boolean isNew(String name) {
    return !OF_ONE_TIME.contains(name) && !FREE.contains(name) && before(name) == null;
  }

  /** Returns the value of an option then, perhaps by default; null if the samples decide it. */
  private Object before(String name) {
    OptionSpec option = then.commandSpec().findOption(name);
    return option == null ? null : option.getValue();
  }

  private static String text(Object value) {
    return String.valueOf(value).toLowerCase(Locale.ROOT);
  }

  private void refuse(List<OptionSpec> options) {
    if (options.isEmpty()) {
      return;
    }
    String made =
        options.stream()
            .map(OptionSpec::longestName)
            .map(
                name ->
                    then.hasMatchedOption(name)
                        ? "with " + Words.join(words(then.matchedOption(name)))
                        : "without " + name)
            .collect(Collectors.joining(" and "));
    String typed =
        options.stream()
            .map(option -> Words.join(words(option)))
            .collect(Collectors.joining(" and "));
    throw new IllegalArgumentException(
        ("--resume: %s was made %s, but this is %s: leave %s out to go on, or start anew without"
                + " --resume%s")
            .formatted(
                run.checkpoint(),
                made,
                typed,
                options.size() == 1 ? "it" : "them",
                made.contains("--epochs") ? "; the schedule ends with the epochs" : ""));
  }
}
