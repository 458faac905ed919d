package dev.lanewise.jmh.run;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells in one line what is wrong with what was typed, and ends with status 2. */
public final class OneLine implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    List<String> near =
        exception instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    PrintWriter err = command.getErr();
    err.println(
        command.getCommandSpec().qualifiedName()
            + ": "
            + exception.getMessage().replace('\n', ' ')
            + (near.isEmpty() ? "" : "; did you mean " + near.get(0) + "?")
            + " (--help lists the options)");
    err.flush();
    return 2;
  }
}
