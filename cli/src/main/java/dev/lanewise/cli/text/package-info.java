/** Text for people: to a terminal, in the words of a shell. */
package dev.lanewise.cli.text;
