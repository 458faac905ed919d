package dev.lanewise.jmh.peers;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * A primitive of oneDNN on plain matrices: fused with bias, ReLU or an update where it computes
 * those. Its C interface, version 3.
 */
final class OneDnnPrimitive implements AutoCloseable {
  private static final int CPU = 1;
  private static final int IN_ORDER = 1;
  private static final int F32 = 3;
  private static final int MOST_DIMENSIONS = 12;
  private static final int RELU = 0x20;
  private static final int LINEAR = 0x26;
  private static final int FORWARD_TRAINING = 64;
  private static final int SRC = 1;
  private static final int DST = 17;
  private static final int WEIGHTS = 33;
  private static final int BIAS = 41;
  private static final int DIFF_SRC = 129;
  private static final int DIFF_DST = 145;
  private static final int ARGUMENT_BYTES = 16;
  private static final MemorySegment NONE = MemorySegment.NULL;

  private static final ValueLayout I = ValueLayout.JAVA_INT;
  private static final ValueLayout F = ValueLayout.JAVA_FLOAT;
  private static final AddressLayout P = ValueLayout.ADDRESS;

  private static final SharedLibrary LIBRARY = OneDnn.open();
  private static final MethodHandle EXECUTE = function("primitive_execute", P, P, I, P);
  private static final MethodHandle SET_HANDLE = function("memory_set_data_handle", P, P);
  private static final MethodHandle WAIT = function("stream_wait", P);
  private static final MemorySegment ENGINE =
      made("engine_create", new ValueLayout[] {I, ValueLayout.JAVA_LONG}, CPU, 0L);
  private static final MemorySegment STREAM =
      made("stream_create", new ValueLayout[] {P, I}, ENGINE, IN_ORDER);

  private final MemorySegment primitive;
  private final List<MemorySegment> memories = new ArrayList<>();
  private final List<MemorySegment> descriptors;
  private final MemorySegment arguments;

  private OneDnnPrimitive(MemorySegment description, int[] names, List<MemorySegment> descriptors) {
    this.descriptors = descriptors;
    primitive = made("primitive_create", new ValueLayout[] {P}, description);
    arguments = Arena.ofAuto().allocate((long) names.length * ARGUMENT_BYTES, Long.BYTES);
    for (int i = 0; i < names.length; i++) {
      MemorySegment memory =
          made("memory_create", new ValueLayout[] {P, P, P}, descriptors.get(i), ENGINE, NONE);
      memories.add(memory);
      arguments.set(ValueLayout.JAVA_INT, (long) i * ARGUMENT_BYTES, names[i]);
      arguments.set(P, (long) i * ARGUMENT_BYTES + Long.BYTES, memory);
    }
  }

  /** {@code y = x} times {@code w} transposed, plus a bias, and ReLU; takes x, w, bias, y. */
  static OneDnnPrimitive forward(int rows, int in, int out, boolean relu) {
    MemorySegment attributes = relu ? attributes(RELU, 0, false) : NONE;
    List<MemorySegment> descriptors =
        List.of(
            matrix(rows, in, in, 1),
            matrix(in, out, 1, in),
            matrix(1, out, out, 1),
            matrix(rows, out, out, 1));
    return new OneDnnPrimitive(
        matmul(
            descriptors.get(0),
            descriptors.get(1),
            descriptors.get(2),
            descriptors.get(3),
            attributes),
        new int[] {SRC, WEIGHTS, BIAS, DST},
        descriptors);
  }

  /** {@code dx = dy w}; takes dy, w, dx. */
  static OneDnnPrimitive inputGradient(int rows, int in, int out) {
    MemorySegment x = matrix(rows, in, in, 1);
    MemorySegment w = matrix(out, in, in, 1);
    MemorySegment y = matrix(rows, out, out, 1);
    MemorySegment hint =
        made(
            "inner_product_forward_primitive_desc_create",
            new ValueLayout[] {P, I, P, P, P, P, P},
            ENGINE,
            FORWARD_TRAINING,
            x,
            w,
            NONE,
            y,
            NONE);
    MemorySegment description =
        made(
            "inner_product_backward_data_primitive_desc_create",
            new ValueLayout[] {P, P, P, P, P, P},
            ENGINE,
            x,
            w,
            y,
            hint,
            NONE);
    return new OneDnnPrimitive(
        description, new int[] {DIFF_DST, WEIGHTS, DIFF_SRC}, List.of(y, w, x));
  }

  /** {@code w = w + a dy} transposed times {@code x}; takes dy, x, w. */
  static OneDnnPrimitive update(int rows, int in, int out, float a) {
    List<MemorySegment> descriptors =
        List.of(matrix(out, rows, 1, out), matrix(rows, in, in, 1), matrix(out, in, in, 1));
    return new OneDnnPrimitive(
        matmul(
            descriptors.get(0),
            descriptors.get(1),
            NONE,
            descriptors.get(2),
            attributes(LINEAR, a, true)),
        new int[] {SRC, WEIGHTS, DST},
        descriptors);
  }

  /** Computes on operands of the caller's, in the order that the primitive names. */
  void run(MemorySegment... operands) {
    try {
      for (int i = 0; i < operands.length; i++) {
        require((int) SET_HANDLE.invokeExact(memories.get(i), operands[i]), "set_data_handle");
      }
      require((int) EXECUTE.invokeExact(primitive, STREAM, operands.length, arguments), "execute");
      require((int) WAIT.invokeExact(STREAM), "stream_wait");
    } catch (Throwable e) {
      throw SharedLibrary.failed(e);
    }
  }

  private static MemorySegment matmul(
      MemorySegment a, MemorySegment b, MemorySegment bias, MemorySegment c, MemorySegment attr) {
    ValueLayout[] types = {P, P, P, P, P, P};
    return made("matmul_primitive_desc_create", types, ENGINE, a, b, bias, c, attr);
  }

  /** Returns what is done to a result before it is stored, or added to what was there. */
  private static MemorySegment attributes(int kind, float factor, boolean add) {
    MemorySegment after = made("post_ops_create", new ValueLayout[] {});
    call("post_ops_append_eltwise", new ValueLayout[] {P, I, F, F}, after, kind, factor, 0f);
    if (add) {
      call("post_ops_append_sum", new ValueLayout[] {P, F, I, I}, after, 1f, 0, 0);
    }
    MemorySegment attributes = made("primitive_attr_create", new ValueLayout[] {});
    call("primitive_attr_set_post_ops", new ValueLayout[] {P, P}, attributes, after);
    return attributes;
  }

  private static MemorySegment matrix(long rows, long columns, long rowStride, long columnStride) {
    Arena arena = Arena.ofAuto();
    MemorySegment sizes = arena.allocate(ValueLayout.JAVA_LONG, MOST_DIMENSIONS);
    MemorySegment strides = arena.allocate(ValueLayout.JAVA_LONG, MOST_DIMENSIONS);
    sizes.setAtIndex(ValueLayout.JAVA_LONG, 0, rows);
    sizes.setAtIndex(ValueLayout.JAVA_LONG, 1, columns);
    strides.setAtIndex(ValueLayout.JAVA_LONG, 0, rowStride);
    strides.setAtIndex(ValueLayout.JAVA_LONG, 1, columnStride);
    return made(
        "memory_desc_create_with_strides", new ValueLayout[] {I, P, I, P}, 2, sizes, F32, strides);
  }

  private static MethodHandle function(String name, ValueLayout... arguments) {
    return LIBRARY.function("dnnl_" + name, I, arguments);
  }

  /** Calls a function that puts what it makes where its first argument points to. */
  private static MemorySegment made(String name, ValueLayout[] types, Object... values) {
    MemorySegment place = Arena.ofAuto().allocate(P);
    ValueLayout[] allTypes = new ValueLayout[types.length + 1];
    Object[] allValues = new Object[values.length + 1];
    allTypes[0] = P;
    allValues[0] = place;
    System.arraycopy(types, 0, allTypes, 1, types.length);
    System.arraycopy(values, 0, allValues, 1, values.length);
    call(name, allTypes, allValues);
    return place.get(P, 0);
  }

  private static void call(String name, ValueLayout[] types, Object... values) {
    try {
      require((int) function(name, types).invokeWithArguments(values), name);
    } catch (Throwable e) {
      throw SharedLibrary.failed(e);
    }
  }

  private static void require(int status, String name) {
    if (status != 0) {
      throw new IllegalStateException("dnnl_" + name + " returned " + status);
    }
  }

  @Override
  public void close() {
    call("primitive_destroy", new ValueLayout[] {P}, primitive);
    memories.forEach(memory -> call("memory_destroy", new ValueLayout[] {P}, memory));
    descriptors.forEach(desc -> call("memory_desc_destroy", new ValueLayout[] {P}, desc));
  }
}
