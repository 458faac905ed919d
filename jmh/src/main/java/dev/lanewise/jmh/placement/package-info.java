/**
 * Does speed depend on where numbers happen to lie? Two virtual machines, one of them with huge
 * pages, do the same work in turn on operands at several places. {@link
 * dev.lanewise.jmh.placement.Robustness} is the command.
 */
package dev.lanewise.jmh.placement;
