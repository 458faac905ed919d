package dev.lanewise.cli.data;

/** Says where in a file something is, for messages. */
interface Places {
  String where(long number, int column);
}
