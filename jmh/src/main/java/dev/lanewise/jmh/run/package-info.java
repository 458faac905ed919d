/** Runs JMH, and lets nothing pass for a figure that is none. */
package dev.lanewise.jmh.run;
