/**
 * What most users see: describe a {@link dev.lanewise.Network}, train it with a {@link
 * dev.lanewise.Trainer}, predict, and read from {@link dev.lanewise.BackendInfo} what really ran.
 *
 * <p>All data are flat row-major {@code float} arrays: a batch is {@code rows x columns}.
 */
package dev.lanewise;
