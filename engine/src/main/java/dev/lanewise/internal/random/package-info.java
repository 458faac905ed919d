/** The generator behind every seed. */
package dev.lanewise.internal.random;
