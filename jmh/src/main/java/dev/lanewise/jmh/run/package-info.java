/**
 * The program around the benchmarks: it runs JMH, lets nothing pass for a figure that is none, and
 * tells what cannot be used before it measures.
 */
package dev.lanewise.jmh.run;
