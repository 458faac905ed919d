package dev.lanewise.kernel;

import dev.lanewise.Backend;
import dev.lanewise.kernel.Operand.Side;
import dev.lanewise.kernel.Operand.Spec;
import dev.lanewise.kernel.Operand.Use;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** The scalar kernels, with one fault. */
final class WrongKernels {
  static final Kernels RIGHT = Backend.SCALAR.kernels();

  private interface Fault {
    Object run(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private WrongKernels() {}

  /** Leaves the last of the columns out. */
  static Kernels droppingTheLastColumn(Kernel kernel) {
    return with(
        (method, arguments) -> {
          int out = outArgument(kernel);
          arguments[out] = (int) arguments[out] - 1;
          return method.invoke(RIGHT, arguments);
        });
  }

  /** Writes to one more element of an operand's array. */
  static Kernels touching(Kernel kernel, int operand, int index) {
    return with(
        (method, arguments) -> {
          Object result = method.invoke(RIGHT, arguments);
          ((float[]) arguments[argument(kernel, operand)])[index] = 1;
          return result;
        });
  }

  /** Gives the neighbours of the right results. */
  static Kernels offByOneBit(Kernel kernel) {
    return with(
        (method, arguments) -> {
          Object result = method.invoke(RIGHT, arguments);
          for (int i = 0; i < kernel.specs().size(); i++) {
            if (kernel.specs().get(i).use() != Use.READ) {
              int at = argument(kernel, i);
              float[] array = (float[]) arguments[at];
              int first = (int) arguments[at + 1];
              array[first] = Float.isNaN(array[first]) ? 0 : Math.nextUp(array[first]);
            }
          }
          if (result instanceof Float) {
            return Math.nextUp((float) result);
          }
          return result instanceof Double ? (Object) Math.nextUp((double) result) : result;
        });
  }

  /** Adds products in the opposite order. */
  static Kernels backwards(Kernel kernel, Side summed) {
    return with(
        (method, arguments) -> {
          for (int i = 0; i < kernel.specs().size(); i++) {
            Spec spec = kernel.specs().get(i);
            if (spec.use() == Use.READ) {
              int at = argument(kernel, i);
              int rows = size(kernel, spec.rows(), arguments);
              int columns = size(kernel, spec.columns(), arguments);
              int ld = spec.isMatrix() ? (int) arguments[at + 2] : columns;
              float[] from = (float[]) arguments[at];
              float[] to = from.clone();
              for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                  int toRow = spec.rows() == summed ? rows - 1 - r : r;
                  int toColumn = spec.columns() == summed ? columns - 1 - c : c;
                  int start = (int) arguments[at + 1];
                  to[start + toRow * ld + toColumn] = from[start + r * ld + c];
                }
              }
              arguments[at] = to;
            }
          }
          return method.invoke(RIGHT, arguments);
        });
  }

  /** Does nothing about operands that it cannot use. */
  static Kernels swallowingExceptions() {
    return with(
        (method, arguments) -> {
          try {
            return method.invoke(RIGHT, arguments);
          } catch (InvocationTargetException e) {
            Class<?> type = method.getReturnType();
            return type == float.class
                ? (Object) 0f
                : type == double.class ? (Object) 0.0 : type == int.class ? (Object) 0 : null;
          }
        });
  }

  private static Kernels with(Fault fault) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> {
              try {
                return fault.run(method, arguments.clone());
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Which argument the last of the sizes is: they come first, or after an activation. */
  private static int outArgument(Kernel kernel) {
    return switch (kernel) {
      case GEMM, GEMM_NT, GEMM_TN -> 2;
      case GEMV, GER, GEMV_GER -> 1;
      default -> kernel.activation(1) == null ? 0 : 1;
    };
  }

  /** The size of a side. */
  private static int size(Kernel kernel, Side side, Object[] arguments) {
    int out = outArgument(kernel);
    return switch (side) {
      case ONE -> 1;
      case ROWS -> (int) arguments[out - 2];
      case IN -> (int) arguments[out - 1];
      case OUT -> (int) arguments[out];
      case WORK ->
          kernel.work((int) arguments[out - 2], (int) arguments[out - 1], (int) arguments[out]);
    };
  }

  /** Which argument an operand's array is. */
  private static int argument(Kernel kernel, int operand) {
    for (Method method : Kernels.class.getMethods()) {
      if (method.getName().equals(kernel.method())) {
        int seen = 0;
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
          if (types[i] == float[].class && seen++ == operand) {
            return i;
          }
        }
      }
    }
    throw new AssertionError(kernel + " has no operand " + operand);
  }
}
