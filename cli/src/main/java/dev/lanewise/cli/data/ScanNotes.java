package dev.lanewise.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a person should know of how a table is read.
 *
 * @param names of its columns
 * @param scans what was found out about each; null for a column that is left out
 * @param target which of them is the target
 */
// Nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
record ScanNotes(List<String> names, ColumnScan[] scans, int target) {
  private static final int MOST_SHOWN = 5;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    long without = scans[target].missing();
    if (without > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d %s left out, as the target is missing: %s; --missing-words says which words"
                  + " count",
              without,
              without == 1 ? "row is" : "rows are",
              missing(target)));
    }
    List<String> missing = new ArrayList<>();
    List<String> commas = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    List<String> units = new ArrayList<>();
    for (int c = 0; c < scans.length; c++) {
      if (scans[c] == null) {
        continue;
      }
      if (c != target && scans[c].missing() > 0) {
        missing.add(missing(c));
      }
      if (scans[c].numeric() && scans[c].written() != null) {
        List<String> kind =
            switch (scans[c].plan().decimal()) {
              case COMMA -> commas;
              case POINT -> groups;
              case PLAIN -> units;
            };
        kind.add(written(c));
      }
    }
    add(lines, "missing cells: ", missing, "");
    add(
        lines,
        "numbers with a decimal comma: ",
        commas,
        "; --decimal point reads commas as between thousands");
    add(
        lines,
        "numbers with commas between thousands: ",
        groups,
        "; --decimal comma reads them as before decimals");
    add(lines, "numbers that are not written as programs write them: ", units, "");
    return lines;
  }

  private String missing(int column) {
    String word = scans[column].missingWord();
    return String.format(
        Locale.ROOT,
        "%,d of '%s'%s",
        scans[column].missing(),
        names.get(column),
        word.isEmpty() ? "" : " ('" + word + "')");
  }

  private String written(int column) {
    String text = scans[column].written();
    double value = scans[column].plan().decimal().read(text).value();
    return "'" + names.get(column) + "' (" + text + " is " + PlainNumber.canonical(value) + ")";
  }

  private static void add(List<String> lines, String what, List<String> all, String then) {
    if (!all.isEmpty()) {
      lines.add(what + Names.counted(all, MOST_SHOWN, " columns") + then);
    }
  }
}
