package dev.lanewise.jmh.figures;

/**
 * A chart, before it is drawn.
 *
 * @param id a word for file names
 * @param title what it shows
 * @param unit of its values
 * @param grid the values
 * @param level a value to compare with, called {@code levelName}; not a number if there is none
 */
record Figure(String id, String title, String unit, Grid grid, double level, String levelName) {}
