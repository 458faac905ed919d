/** What decides which backend runs: the system properties, and the virtual machine. */
package dev.lanewise.internal.backend;
