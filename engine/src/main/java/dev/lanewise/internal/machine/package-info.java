/** What the machine could do at most, for the benchmarks and {@code lanewise doctor}. */
package dev.lanewise.internal.machine;
