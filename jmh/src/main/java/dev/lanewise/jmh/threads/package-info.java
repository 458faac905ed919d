/**
 * What do more threads bring? One JVM times steps on one thread and on several in turn, and leaves
 * out when the machine had no core for each. {@link dev.lanewise.jmh.threads.Threads} is the
 * command.
 */
package dev.lanewise.jmh.threads;
