/** What one array can hold. */
package dev.lanewise.internal.array;
