/** The program of the article that the project started from. */
package dev.lanewise.cli.article;
