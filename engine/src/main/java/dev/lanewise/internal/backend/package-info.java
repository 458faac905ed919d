/** What the user asks for: the system properties, checked. */
package dev.lanewise.internal.backend;
