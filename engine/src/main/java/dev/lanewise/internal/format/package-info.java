/** How a network and its training are kept: Lanewise's own files, and those of other tools. */
package dev.lanewise.internal.format;
