/**
 * Array kernels for people who bring their own {@code float[]}; get them from {@code
 * dev.lanewise.Backend}.
 *
 * <h2>Operands</h2>
 *
 * A vector is {@code n} numbers of an array from an offset on. A matrix of {@code rows x columns}
 * is row-major: element {@code (r, c)} lies at {@code offset + r * ld + c}, where the leading
 * dimension {@code ld} is at least {@code columns}. What lies between {@code columns} and {@code
 * ld} is neither read nor written. An operand that is written must not overlap another one, except
 * where a method says so.
 *
 * <p>Every operand is checked before the first element is read: a {@code NullPointerException}, an
 * {@code IndexOutOfBoundsException} or (where {@code ld} is too small) an {@code
 * IllegalArgumentException} names it, and nothing has been written then. A vector has at most
 * {@link Kernels#MAX_LENGTH} elements, and so many rows and columns a matrix, or it is refused
 * likewise. Kernels keep no state, allocate nothing once compiled, and may be called by any number
 * of threads.
 *
 * <h2>The numeric contract</h2>
 *
 * The plain loops of the scalar backend define each result; the vector backend gives the same bits
 * at every vector width, for finite operands as for infinite ones (which of the {@code NaN}s a NaN
 * is, is left open).
 *
 * <ul>
 *   <li>A product added to a sum is one fused multiply-add, rounded once.
 *   <li>{@code gemv} and {@code gemm} add the products to each element of the result in the order
 *       of the summed index, starting from the element's old value; {@code gemmNT} and {@code
 *       gemmTN} start from zero, and {@code gemmTN} then adds the sum's multiple to the old value.
 *       {@code gemv} and {@code ger} leave out the inputs that are zero; with finite operands that
 *       changes no bit, so a row gives the same result alone as among others. With infinite ones it
 *       does: zero times infinity counts nothing in {@code gemv}, and makes {@code NaN} in {@code
 *       gemm}. A network takes one row by {@code gemv} where it was given one row, and every other
 *       by {@code gemm}, whoever shares the work; so threads and chunks change no bit.
 *   <li>{@code dot} and {@code sum} keep 16 partial sums: element {@code j} goes to partial sum
 *       {@code j mod 16}, in the order of {@code j}. These are then folded in halves: 8, 4, 2, 1
 *       apart.
 *   <li>A sum whose value is {@code -0.0} is given as {@code 0.0}.
 *   <li>{@code exp}, {@code log}, {@code tanh}, {@code erf} and what is built on them are
 *       polynomials of our own, so they are the same on every machine. Their largest errors, found
 *       by trying every float, in units in the last place: exp 0.78, log 0.92, erf 1.01, tanh 1.08,
 *       sigmoid 1.51, softplus 1.87, elu with an alpha of 1 0.95, silu 3.12, gelu 3.82, geluTanh
 *       3.02 from -1 on; it fades with up to 215 from there to the left, where it loses less than
 *       {@code 2^-24}. The derivatives of the last three are off by less than {@code 2.5 2^-24}, or
 *       by as many units above 1.
 * </ul>
 */
package dev.lanewise.kernel;
