package dev.lanewise.jmh.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * A native library, called through the foreign-function API: that costs less than the JNI wrappers
 * which its Maven artifact has.
 */
final class SharedLibrary {
  private static final int CACHE_LINE = 64;

  private final SymbolLookup symbols;

  @SuppressWarnings("restricted")
  SharedLibrary(Path file) {
    symbols = SymbolLookup.libraryLookup(file, Arena.global());
  }

  /** Returns a function; the {@code result} is null where it has none. */
  @SuppressWarnings("restricted")
  MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    FunctionDescriptor descriptor =
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments);
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(() -> new IllegalStateException("the library has no " + name));
    return Linker.nativeLinker().downcallHandle(address, descriptor);
  }

  /** Returns memory that the garbage collector frees: passing it to a function costs nothing. */
  static MemorySegment allocate(int floats) {
    return Arena.ofAuto().allocate((long) floats * Float.BYTES, CACHE_LINE);
  }

  /** What a call that did not even start has thrown. */
  static IllegalStateException failed(Throwable e) {
    return new IllegalStateException(e);
  }
}
