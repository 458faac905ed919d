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
 *       polynomials of our own, so they are the same on every machine.
 * </ul>
 *
 * <table>
 * <caption>Largest errors in units in the last place, found by trying every float</caption>
 * <tr><th>function</th><th>error</th><th>at the ends</th></tr>
 * <tr><td>exp</td><td>0.78</td><td>infinity above 88.72, 0 below -103.97</td></tr>
 * <tr><td>log</td><td>0.92</td><td>negative infinity at 0, NaN below</td></tr>
 * <tr><td>erf</td><td>1.01</td><td>-1 and 1, never beyond</td></tr>
 * <tr><td>tanh</td><td>1.08</td><td>-1 and 1, never beyond</td></tr>
 * <tr><td>sigmoid</td><td>1.51</td><td>0 and 1, however small the result</td></tr>
 * <tr><td>softplus</td><td>1.87</td><td>0 and x, without overflow</td></tr>
 * <tr><td>elu, alpha 1</td><td>0.95</td><td>-1 and x</td></tr>
 * <tr><td>silu</td><td>3.12</td><td>0 and x</td></tr>
 * <tr><td>gelu</td><td>3.82</td><td>0 and x</td></tr>
 * <tr><td>geluTanh</td><td>3.02</td><td>0 and x; below -1 up to 215, but less than 2^-24</td></tr>
 * </table>
 *
 * <p>The derivatives of the last three are off by less than {@code 2.5 2^-24}, or by as many units
 * above 1; the other functions and derivatives are a few operations, each rounded once.
 */
package dev.lanewise.kernel;
