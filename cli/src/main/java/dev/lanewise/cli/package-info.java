/** The lanewise command: {@code train} for data, {@code article} for the examples of an article. */
package dev.lanewise.cli;
