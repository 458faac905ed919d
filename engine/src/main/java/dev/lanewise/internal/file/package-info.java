/** Files as the operating system has them: failures with names, readers that nobody interrupts. */
package dev.lanewise.internal.file;
