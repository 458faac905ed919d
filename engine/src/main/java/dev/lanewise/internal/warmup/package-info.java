/** How a network begins on plain loops and goes over to vectors, where and when that pays. */
package dev.lanewise.internal.warmup;
