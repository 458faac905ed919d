/** Models and what they predict: their files, their score, their description. */
package dev.lanewise.cli.model;
