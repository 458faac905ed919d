package dev.lanewise.cli;

import dev.lanewise.cli.text.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete the words of {@code lanewise}. */
@Command(
    name = "completion",
    description =
        "Prints a script that makes bash and zsh complete commands, options and file names.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(lanewise completion)                       for this shell",
      "  lanewise completion > ~/.local/share/bash-completion/completions/lanewise"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Terminal.out(spec);
    out.print(AutoComplete.bash("lanewise", spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
