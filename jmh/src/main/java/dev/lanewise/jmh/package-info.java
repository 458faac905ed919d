/**
 * JMH benchmarks, one class a question. Each checks that the backend it was asked for is the one
 * that runs, and reports billions of floating-point operations a second beside its own score.
 */
package dev.lanewise.jmh;
