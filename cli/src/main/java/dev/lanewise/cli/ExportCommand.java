package dev.lanewise.cli;

import dev.lanewise.ModelFiles;
import dev.lanewise.cli.model.Architecture;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.option.Checks;
import dev.lanewise.cli.option.OutputFiles;
import dev.lanewise.cli.text.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model for other programs. */
@Command(
    name = "export",
    customSynopsis = "lanewise export MODEL FILE",
    description = {
      "Writes a model for other programs, in the format that the file's name says: .onnx (opset"
          + " 20; inputs 'input', outputs 'output') or .safetensors (named as PyTorch's"
          + " nn.Sequential).",
      "The network alone is written: texts become inputs as lanewise inspect lists them."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise export iris.lanewise iris.onnx",
      "  lanewise export iris.lanewise iris.safetensors"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A file of lanewise train --save, or a checkpoint.")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "Where to: a name that ends in .onnx or .safetensors.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    String name = to.toString().toLowerCase(Locale.ROOT);
    boolean onnx = name.endsWith(".onnx");
    Checks.refuse(
        !onnx && !name.endsWith(".safetensors"),
        "the file to write must end in .onnx or .safetensors, but is " + to);
    new OutputFiles().reads("MODEL", file).writes("FILE", to).check();
    Checks.writable("FILE", to);
    Model model = Model.load(file, null);
    if (onnx) {
      ModelFiles.writeOnnx(model.network(), to);
    } else {
      ModelFiles.writeSafetensors(model.network(), to);
    }
    Terminal.err(spec).println(Architecture.shortForm(model.network()) + " written to " + to);
    return 0;
  }
}
