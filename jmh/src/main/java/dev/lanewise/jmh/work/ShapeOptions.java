package dev.lanewise.jmh.work;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lets the options of a command be shapes. */
public final class ShapeOptions {
  private ShapeOptions() {}

  /** Teaches a command, and those below it, to read shapes; what is wrong is told in a line. */
  public static void register(CommandLine line) {
    line.registerConverter(NetworkShape.class, told(NetworkShape::parse));
    line.registerConverter(ProductShape.class, told(ProductShape::parse));
  }

  private static <T> ITypeConverter<T> told(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
