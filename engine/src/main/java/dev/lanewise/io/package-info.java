/**
 * Files: Lanewise's own, and those that other tools read and write.
 *
 * <ul>
 *   <li>{@link dev.lanewise.io.Safetensors}: tensors by name, as PyTorch and others keep weights;
 *       {@link dev.lanewise.io.StateDict} names those of a network.
 *   <li>{@link dev.lanewise.io.Onnx}: a network that other engines run.
 *   <li>{@link dev.lanewise.io.Npy} and {@link dev.lanewise.io.Npz}: the arrays of NumPy.
 * </ul>
 *
 * <p>Numbers come and go as a {@link dev.lanewise.io.FloatArray}: a flat row-major {@code float[]}
 * and its shape. {@code dev.lanewise.ModelFiles} joins these formats with a network.
 *
 * <p>A file that cannot be used gives a {@link dev.lanewise.io.FormatException}. What a file claims
 * is held against the bytes that are there before memory is asked for. A file is written under a
 * temporary name beside its own, forced to the disk and moved into place, so nobody sees a half
 * written one.
 *
 * <p>Networks and their training are kept in files of checked sections: {@link
 * dev.lanewise.io.SectionWriter} has their format, {@link dev.lanewise.io.SectionReader} the rule
 * for old and new versions. Most programs need neither, but {@code dev.lanewise.Network.save} and
 * {@code dev.lanewise.TrainingLoop}'s checkpoints.
 */
package dev.lanewise.io;
