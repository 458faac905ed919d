/**
 * Files of arrays: those of other tools, and the way in which Lanewise writes its own. Networks are
 * read and written by {@code Network.save} and {@code load}, and by {@code
 * dev.lanewise.ModelFiles}.
 *
 * <ul>
 *   <li>{@link dev.lanewise.io.Safetensors}: tensors by name, as PyTorch and others keep weights.
 *   <li>{@link dev.lanewise.io.Npy} and {@link dev.lanewise.io.Npz}: the arrays of NumPy.
 *   <li>{@link dev.lanewise.io.AtomicFile}: writes any file whole or not at all.
 * </ul>
 *
 * <p>Numbers come and go as a {@link dev.lanewise.io.FloatArray}: a flat row-major {@code float[]}
 * and its shape. What a file claims is held against the bytes that are there before memory is asked
 * for.
 *
 * <p>A file that cannot be used gives a {@link dev.lanewise.io.FileException}.
 */
package dev.lanewise.io;
