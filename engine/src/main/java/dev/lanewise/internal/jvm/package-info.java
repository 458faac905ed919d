/** What the virtual machine says of itself. Everything may ask it. */
package dev.lanewise.internal.jvm;
