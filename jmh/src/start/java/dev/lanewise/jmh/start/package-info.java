/** What an old Java must be able to run. */
package dev.lanewise.jmh.start;
