/**
 * Files of samples, and what their columns mean to a network. Who comes here follows one file from
 * its bytes to the numbers that a network gets; each stage knows those above it only.
 *
 * <pre>{@code
 * bytes    Source    file, pipe or standard input; gzip unpacked; its first bytes
 *          Content   what these are, and in which charset; Foreign: what nobody here reads
 *            |
 *          AnyFile   chooses the reader; all are a DataFile, which is scanned once and read once:
 *            |
 *            +-- Table over a TableFile, which gives rows of Cells:
 *            |     CsvTable    Sniffer (Dialect, PlainText) and Layout (FirstLine), by a Sample
 *            |     NumpyTable  NumpyNames
 *            +-- LibSvmFile
 *            +-- ImageFiles
 *            |
 * scan     TableScan   one ColumnScan for each column: NumberScan, TextScan, Values; ScanNotes
 *            |         a text to a number: PlainNumber, WrittenNumber; to nothing: MissingWords
 *          Schema      of Columns (how cells are read: Numbers, Column.Spelling), or of Indices;
 *            |         SchemaJson keeps it with the model
 * read     TableRows   ColumnPlaces finds the schema's columns in any file; ChosenRows writes cells
 *            |
 *          Codes       one row as numbers, whatever file it is from; Tally counts what was met
 *            |
 * rows     Loaded      RowStore keeps codes in a NumberStore: memory, then a temporary file
 *          Samples     splits them; Fitting learns texts and fills from the rows to train on;
 *            |         UnknownTexts tells what the rows to test with have beside
 *          EncodedRows inputs and targets, made of codes by an Encoding whenever asked for
 * }</pre>
 */
package dev.lanewise.cli.data;
