/** A training run: how it begins, goes on after an interrupt, and what comes out of it. */
package dev.lanewise.cli.run;
