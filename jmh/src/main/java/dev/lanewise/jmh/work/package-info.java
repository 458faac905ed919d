/**
 * What is timed: shapes of networks and of products as people type them, numbers to compute with,
 * and a layer's three products.
 */
package dev.lanewise.jmh.work;
