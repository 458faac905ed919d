/** A benchmark under one set of JVM flags after another. */
package dev.lanewise.jmh.sweep;
