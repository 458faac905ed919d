/**
 * Data to train on: {@link dev.lanewise.data.Idx} reads the files of MNIST, {@link
 * dev.lanewise.data.Spirals} makes an example, a {@link dev.lanewise.data.Dataset} holds either,
 * and {@link dev.lanewise.data.Batches} hands it out in an order that a seed decides.
 *
 * <p>Everything is a flat row-major {@code float[]}: inputs are {@code rows x inputs}, targets are
 * {@code rows x targets}.
 */
package dev.lanewise.data;
