/** Files of samples, and what their columns mean to a network. */
package dev.lanewise.cli.data;
