/** How kernels begin on plain loops and go over to vectors, once these are compiled. */
package dev.lanewise.internal.warmup;
