/** The options of the commands: what can be typed, its usual values, and its checks. */
package dev.lanewise.cli.option;
