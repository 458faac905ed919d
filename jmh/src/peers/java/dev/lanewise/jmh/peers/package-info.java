/**
 * How fast is Lanewise beside others? Native libraries and another one in pure Java do the same
 * work, have to reach the same loss, and are timed in turn with Lanewise in the same virtual
 * machine. {@link dev.lanewise.jmh.peers.Peers} is the program.
 */
package dev.lanewise.jmh.peers;
