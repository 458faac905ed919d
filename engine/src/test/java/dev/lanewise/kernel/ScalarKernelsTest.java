package dev.lanewise.kernel;

import dev.lanewise.Backend;
import org.junit.jupiter.api.Tag;

@Tag("every-width")
class ScalarKernelsTest extends KernelsContract {
  @Override
  Kernels kernels() {
    return Backend.SCALAR.kernels();
  }

  @Override
  int lanes() {
    return 16;
  }
}
