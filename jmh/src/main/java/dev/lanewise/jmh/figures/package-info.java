/** Charts of benchmark results, and the page that holds them. */
package dev.lanewise.jmh.figures;
