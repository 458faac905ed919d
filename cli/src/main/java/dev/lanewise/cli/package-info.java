/**
 * The lanewise command. Commands use {@code run}, which uses {@code option}, which uses {@code
 * model}, which uses {@code data} and {@code text}; nothing goes the other way.
 */
package dev.lanewise.cli;
