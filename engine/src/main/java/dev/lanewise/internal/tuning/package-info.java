/** The system properties of Lanewise, from the command line and from a file, and what they tune. */
package dev.lanewise.internal.tuning;
