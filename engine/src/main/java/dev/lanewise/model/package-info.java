/**
 * Closed sets and hyper-parameters: what a network is made of and how it is trained, as values.
 *
 * <p>Everything here is immutable and safe to share between threads.
 */
package dev.lanewise.model;
