/** A page about a training run: HTML with charts, in one file. */
package dev.lanewise.cli.report;
