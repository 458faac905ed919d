package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files broken by hand, and what the command line says of each: one line on standard error that
 * begins with the file, exit code 2, and no file more or less than before.
 *
 * <p>In commands and messages BAD is the broken file. TABLE, MODEL, NETWORK, IMAGES and LABELS are
 * whole ones beside it; OUT is none.
 */
class BrokenFilesTest {
  private static final byte[] TABLE = whole(Reader.CSV);
  private static final byte[] MODEL = whole(Reader.MODEL);
  private static final byte[] IMAGES = whole(Reader.IDX_IMAGES);
  private static final byte[] LABELS = WholeFiles.idx(new int[] {2});
  private static final byte[] NPY = whole(Reader.NPY_TABLE);
  private static final byte[] NPZ = whole(Reader.NPZ);
  private static final byte[] NETWORK = whole(Reader.SAFETENSORS);

  private static final String TRAIN = "train BAD --save OUT --report OUT.html";
  private static final String EVALUATE = "evaluate MODEL BAD";
  private static final String PREDICT = "predict MODEL BAD --out OUT";

  @TempDir private Path directory;

  /**
   * A row of the table.
   *
   * @param name what is wrong
   * @param suffix how the file's name ends
   * @param file what to put there
   * @param command what to type behind {@code lanewise}
   * @param says how the line begins that is printed, behind the command's name
   */
  record Case(String name, String suffix, Content file, String command, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Content {
    void write(Path file) throws IOException;
  }

  private static Case of(String name, String suffix, Content file, String command, String says) {
    return new Case(name, suffix, file, command, says);
  }

  static Stream<Case> csv() {
    String columns = "size,colour,\"the \"\"name\"\"\",kind\n";
    return Stream.of(
        of("short row", ".csv", text("x,y\n1,2\n3\n"), TRAIN, "BAD: line 3 has 1 cell; expected 2"),
        of("long row", ".csv", text("1,2\n3,4\n\n5,6,7\n"), TRAIN, "BAD: line 4 has 3 cells; exp"),
        of(
            "quote left open",
            ".csv",
            text("x,y\n1,2\n3,\"4\n5,6\n"),
            TRAIN,
            "BAD: line 3: a quote"),
        of("Latin-1", ".csv", bytes("x,y\n1,\u00e9t\u00e9\n".getBytes(ISO_8859_1)), TRAIN, "BAD: "),
        of(
            "UTF-16",
            ".csv",
            bytes("x,y\n1,2\n3,4\n".getBytes(UTF_16LE)),
            TRAIN,
            "BAD: is in UTF-16; save it in UTF-8, for example by iconv -f UTF-16LE -t UTF-8"),
        of("NUL in a cell", ".csv", text("x,y\n1,2\n3,\0\n"), TRAIN, "BAD: line 3, column 2"),
        of("empty", ".csv", text(""), TRAIN, "BAD: is empty; expected a table"),
        of("blank lines only", ".csv", text("\n\n\n"), TRAIN, "BAD: is empty; expected a table"),
        of("header only", ".csv", text("x,y\n"), TRAIN, "BAD: has no row below its header"),
        of("one column", ".csv", text("x\n1\n2\n"), TRAIN, "BAD: has 1 column; expected at least"),
        of("name twice", ".csv", text("x,x\n1,2\n"), TRAIN, "BAD: line 1 names two columns 'x'"),
        of(
            "a field of 17 million characters",
            ".csv",
            text("x,y\n1," + "a".repeat(17_000_000) + "\n"),
            TRAIN,
            "BAD: line 2: a quote is opened and not closed, or there are more than"),
        of(
            "two rows",
            ".csv",
            text("x,y\n1,2\n3,4\n"),
            TRAIN,
            "BAD: a test fraction of 0.2 leaves 0 of 2 rows for testing"),
        of(
            "unknown target",
            ".csv",
            text("size,kind\n1,a\n2,b\n"),
            TRAIN + " --target kinds",
            "BAD: has no column 'kinds'; expected last, 1 to 2, or a name: size, kind"),
        of(
            "missing target",
            ".csv",
            text("size,kind\n1,a\n2,?\n3,b\n"),
            TRAIN + " --missing error",
            "BAD: line 3, column 2: the value is missing ('?')"),
        of(
            "target missing everywhere",
            ".csv",
            text("size,kind\n1,\n2,\n"),
            TRAIN,
            "BAD: 'kind', the target, is missing in every row"),
        of("one class", ".csv", text("x,y\n1,a\n2,a\n"), TRAIN, "BAD: 'y' is a in every row"),
        of(
            "beyond float",
            ".csv",
            text("x,y\n1,a\n1e39,b\n"),
            TRAIN,
            "BAD: line 3, column 1: 1e39"),
        of(
            "text among numbers",
            ".csv",
            text(columns + "1,red,a,oak\nbig,red,b,elm\n"),
            PREDICT,
            "BAD: line 3, column 1: 'big' is not a number"),
        of(
            "text of two lines among numbers",
            ".csv",
            text(columns + "\"1\n\0\u001b[2J\",red,a,oak\n"),
            PREDICT,
            "BAD: line 2, column 1"),
        of(
            "unknown class",
            ".csv",
            text(columns + "1,red,a,oak\n2,red,b,fir\n"),
            EVALUATE,
            "BAD: line 3, column 4: 'fir' is unknown; expected one of elm, oak"),
        of(
            "other columns",
            ".csv",
            text("a,b\n1,2\n"),
            PREDICT,
            "BAD: its header names a, b, none of"),
        of(
            "column missing",
            ".csv",
            text("size,kind\n1,oak\n"),
            PREDICT,
            "BAD: has no column 'colour'"),
        of("no such file", ".csv", nothing(), PREDICT, "BAD: no such file"),
        of("directory", ".csv", Files::createDirectory, TRAIN, "BAD is not a regular file"));
  }

  /** Files of other formats, by their first bytes. */
  static Stream<Case> foreign() {
    return Stream.of(
        starts("PK\3\4....................\0\0\23\0\0\0[Content_Types].xml", "an Excel workbook"),
        starts(
            "PK\3\4......................\10\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "an OpenDocument"),
        starts("PK\3\4......................\5\0\0\0a.csv", "a zip archive; unpack it"),
        starts(
            "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
            "an old Excel workbook (xls); save"),
        starts("PAR1\25\4", "a Parquet file; write it as CSV"),
        starts("ORC\10", "an ORC file"),
        starts("Obj\1\4", "an Avro file"),
        starts("ARROW1\0\0", "a Feather file"),
        starts("\u0089HDF\r\n\u001a\n", "an HDF5 file"),
        starts("\u0080\4\u0095\n\0", "a pickle of Python"),
        starts("SQLite format 3\0", "a SQLite database"),
        starts("MATLAB 5.0 MAT-file, x", "a MATLAB file"),
        starts("%PDF-1.7\n", "a PDF document"),
        starts("\u0089PNG\r\n", "a PNG image"),
        starts("BZh91AY", "compressed by bzip2; unpack it by bunzip2"),
        starts("\u00fd7zXZ\0", "compressed by xz; unpack it by unxz"),
        starts("(\u00b5/\u00fd", "compressed by zstd; unpack it by unzstd"),
        starts("<!DOCTYPE html>\n<html>", "an HTML page"),
        starts("\n<HTML><head>", "an HTML page"),
        starts("<?xml version='1.0'?>", "XML; save"),
        starts("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a Git LFS pointer"),
        starts("% a, b\n\n@RELATION iris\n", "an ARFF file of Weka"),
        starts("{\"a\": 1}\n{\"a\": 2}\n", "JSON; write its rows as CSV"),
        starts("[\n  {\"a\": 1, \"b\": 2}]", "JSON"),
        starts("[[1, 2], [3, 4]]", "JSON"),
        starts("\0\0\10\3\0\0\0\1", "an IDX file; give images and their labels by --images"),
        of("a model", ".csv", bytes(MODEL), TRAIN, "BAD: is a model of lanewise"),
        of("tensors", ".csv", bytes(NETWORK), TRAIN, "BAD: is a safetensors file"),
        of("HTML", ".svm", text("<html></html>"), TRAIN, "BAD: is an HTML page"),
        of("JSON", ".npy", text("{\"a\": 1}"), TRAIN, "BAD: is JSON"),
        of("gzip", ".gz", bytes(WholeFiles.gzip(WholeFiles.gzip(TABLE))), TRAIN, "BAD: is compres"),
        of("short gzip", ".csv", cut(WholeFiles.gzip(TABLE), 30), TRAIN, "BAD: its gzip data are"),
        of("short gzip", ".csv", cut(WholeFiles.gzip(TABLE), 5), TRAIN, "BAD: its gzip data are"),
        of(
            "UTF-16BE",
            ".csv",
            bytes("x,y\n1,2\n".getBytes(UTF_16BE)),
            TRAIN,
            "BAD: is in UTF-16; save it in UTF-8, for example by iconv -f UTF-16BE -t UTF-8"),
        of(
            "half of a character",
            ".csv",
            cut("\ufeffx,y\n1,2\n3,4".getBytes(UTF_16LE), 23),
            TRAIN,
            "BAD: line 3 is not in UTF-16LE; save the file in UTF-8"));
  }

  private static Case starts(String start, String what) {
    return of(what, ".csv", bytes(start.getBytes(ISO_8859_1)), TRAIN, "BAD: is " + what);
  }

  static Stream<Case> idx() {
    String images = "train --images BAD --labels LABELS --save OUT";
    String labels = "train --images IMAGES --labels BAD --save OUT";
    return Stream.of(
        of("wrong magic", ".idx", with(IMAGES, 2, 9), images, "BAD: starts with 0x00000903"),
        of("labels for images", ".idx", bytes(LABELS), images, "BAD: starts with 0x00000801"),
        of("short header", ".idx", cut(IMAGES, 10), images, "BAD: ends within the header"),
        of("short", ".idx", cut(IMAGES, 30), images, "BAD: cut off after 14 values"),
        of("surplus", ".idx", cut(IMAGES, IMAGES.length + 1), images, "BAD: more bytes than"),
        of("no image", ".idx", with(IMAGES, 7, 0), images, "BAD: dimension 0 is 0; expected at"),
        of("huge", ".idx", with(IMAGES, 4, -1), images, "BAD: dimension 0 is 4278190082"),
        of("short gzip", ".gz", cut(WholeFiles.gzip(IMAGES), 20), images, "BAD: its gzip data"),
        of(
            "damaged gzip",
            ".gz",
            with(WholeFiles.gzip(IMAGES), WholeFiles.gzip(IMAGES).length - 6, 1),
            images,
            "BAD: its gzip"),
        of("gzip of text", ".gz", bytes(WholeFiles.gzip(TABLE)), images, "BAD: starts with 0x"),
        of("empty", ".idx", text(""), labels, "BAD: ends within the header"),
        of(
            "too few labels",
            ".idx",
            bytes(WholeFiles.idx(new int[] {1})),
            labels,
            "BAD: 1 labels for the 2 images of IMAGES"),
        of("one class", ".idx", bytes(LABELS), labels, "BAD: every label is 0; expected at least"),
        of("no such file", ".idx", nothing(), labels, "BAD: no such file"));
  }

  static Stream<Case> numpy() {
    String floats = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
    byte[] one = WholeFiles.npy(1, floats.replace("2, 2", "1,"), 4);
    return Stream.of(
        of("wrong magic", ".npy", with(NPY, 1, 'M'), TRAIN, "BAD: this file does not start as NPY"),
        of("version", ".npy", with(NPY, 6, 4), TRAIN, "BAD: this file has version 4.0; expected"),
        of("empty", ".npy", text(""), TRAIN, "BAD: this file does not start as NPY"),
        of("short header", ".npy", cut(NPY, 40), TRAIN, "BAD: this file ends within its header"),
        of("long header", ".npy", with(NPY, 9, 127), TRAIN, "BAD: this file has a header of 32"),
        of("longer header than said", ".npy", with(NPY, 8, 20), TRAIN, "BAD: the NPY header"),
        of("short", ".npy", cut(NPY, NPY.length - 1), TRAIN, "BAD: this file has 47 bytes"),
        of("surplus", ".npy", cut(NPY, NPY.length + 1), TRAIN, "BAD: this file has 49 bytes"),
        of(
            "complex numbers",
            ".npy",
            bytes(WholeFiles.npy(1, floats.replace("f4", "c8"), 32)),
            TRAIN,
            "BAD: the NPY header has complex numbers (type \"<c8\"); save array.real"),
        of(
            "Python objects",
            ".npy",
            bytes(WholeFiles.npy(1, floats.replace("<f4", "|O"), 32)),
            TRAIN,
            "BAD: the NPY header has Python objects, kept by pickle (type \"|O\"); save texts"),
        of(
            "records",
            ".npy",
            bytes(WholeFiles.npy(1, floats.replace("'<f4'", "[('a', '<f4')]"), 16)),
            TRAIN,
            "BAD: the NPY header"),
        of(
            "one dimension",
            ".npy",
            bytes(WholeFiles.npy(1, floats.replace("2, 2", "4,"), 16)),
            TRAIN,
            "BAD: has 1 column; expected at least 2, of which one is the target"),
        of(
            "three dimensions",
            ".npy",
            bytes(WholeFiles.npy(1, floats.replace("2, 2", "2, 2, 1"), 16)),
            TRAIN,
            "BAD: x is of shape [2, 2, 1]; expected rows and columns"),
        of(
            "larger than any array",
            ".npy",
            bytes(WholeFiles.npy(1, floats.replace("2, 2", "99999, 99999"), 16)),
            TRAIN,
            "BAD: the NPY header has a shape of too many numbers"),
        of(
            "columns",
            ".npy",
            bytes(WholeFiles.npy(1, floats, 16)),
            PREDICT,
            "BAD: has 2 columns; expected 4, or 3 without the target"),
        of("no zip", ".npz", bytes(NPY), TRAIN, "BAD: the zip archive is damaged"),
        of("short", ".npz", cut(NPZ, NPZ.length - 30), TRAIN, "BAD: the zip archive is damaged"),
        of("damaged", ".npz", with(NPZ, 170, 1), TRAIN, "BAD: entry \""),
        of(
            "no array x",
            ".npz",
            bytes(WholeFiles.zip("z.npy", NPY)),
            TRAIN,
            "BAD: has no array 'x'; expected x and y, but there are [z]"),
        of(
            "no array y",
            ".npz",
            bytes(WholeFiles.zip("x.npy", NPY)),
            TRAIN,
            "BAD: has no array 'y'; expected x and y, but there are [x]"),
        of(
            "y of other rows",
            ".npz",
            bytes(WholeFiles.zip(Map.of("x.npy", NPY, "y.npy", one))),
            TRAIN,
            "BAD: y is of shape [1]; expected one target"),
        of(
            "no array",
            ".npz",
            bytes(WholeFiles.zip("x.txt", TABLE)),
            TRAIN,
            "BAD: entry \"x.txt\" is no array; expected names that end with .npy"));
  }

  static Stream<Case> libsvm() {
    return Stream.of(
        of("index -1", ".libsvm", text("1 -1:1\n"), TRAIN, "BAD: line 1, column 3: '-1:1' has no"),
        of("index twice", ".svm", text("1 2:1 2:1\n"), TRAIN, "BAD: line 1, column 7: '2:1' names"),
        of("no pair", ".svm", text("1 2\n"), TRAIN, "BAD: line 1, column 3: '2' is no pair; expec"),
        of("no value", ".svm", text("1 2:x\n"), TRAIN, "BAD: line 1, column 5: 'x' is not a value"),
        of("no label", ".svm", text("oak 2:1\n"), TRAIN, "BAD: line 1, column 1: 'oak' is not a l"),
        of("infinite", ".svm", text("1 2:1e39\n"), TRAIN, "BAD: line 1, column 5: '1e39' is not a"),
        of("no values", ".svm", text("1\n2\n"), TRAIN, "BAD: its rows name no value; expected"),
        of(
            "two labels",
            ".svm",
            text("1,2 3:4\n"),
            TRAIN,
            "BAD: line 1, column 1: '1,2' names sev"),
        of("one class", ".svm", text("1 1:1\n1 1:2\n"), TRAIN, "BAD: 'label' is 1 in every row"),
        of("empty", ".svm", text(""), TRAIN, "BAD: has no row; expected lines of a label and"),
        of("comments only", ".svm", text("# 1 1:1\n"), TRAIN, "BAD: has no row; expected lines"),
        of(
            "short gzip",
            ".svm.gz",
            cut(WholeFiles.gzip(TABLE), 30),
            TRAIN,
            "BAD: its gzip data are damaged"),
        of(
            "no gzip",
            ".svm.gz",
            text("1 1:1\n1:1\n"),
            TRAIN,
            "BAD: line 2, column 1: '1:1' is not a"),
        of(
            "for a table",
            ".svm",
            text("1 1:1\n"),
            PREDICT,
            "BAD: is a libsvm file, but the model"));
  }

  static Stream<Case> models() {
    String inspect = "inspect BAD";
    String predict = "predict BAD TABLE --out OUT";
    return Stream.of(
        of("empty", ".lanewise", text(""), inspect, "BAD, at byte 0: does not start with LANEWISE"),
        of("a table", ".lanewise", bytes(TABLE), predict, "BAD, at byte 0: does not start with"),
        of("wrong magic", ".lanewise", with(MODEL, 0, 'l'), predict, "BAD, at byte 0: does not"),
        of("newer", ".lanewise", with(MODEL, 8, 2), predict, "BAD, at byte 12: its version is 2"),
        of("short", ".lanewise", cut(MODEL, 200), predict, "BAD, section"),
        of("half of it", ".lanewise", cut(MODEL, MODEL.length / 2), inspect, "BAD, "),
        of("surplus", ".lanewise", cut(MODEL, MODEL.length + 3), inspect, "BAD, at byte"),
        of(
            "one bit of a weight",
            ".lanewise",
            flipped(MODEL, 700),
            "export BAD OUT.onnx",
            "BAD, section"),
        of(
            "network without columns",
            ".lanewise",
            bytes(WholeFiles.of(Reader.MODEL).get(1)),
            predict,
            "BAD: does not say what its inputs are; expected a file that lanewise train --save"),
        of("no such file", ".lanewise", nothing(), "evaluate BAD TABLE", "BAD: no such file"),
        of(
            "directory",
            ".lanewise",
            Files::createDirectory,
            predict,
            "BAD, at byte 0: is not a regular"));
  }

  static Stream<Case> checkpoints() {
    byte[] whole = whole(Reader.CHECKPOINT);
    String resume = "train TABLE --save OUT --resume BAD";
    return Stream.of(
        of("none", "", nothing(), resume, "--resume: there is no directory or checkpoint BAD"),
        of(
            "empty",
            "",
            Files::createDirectory,
            resume,
            "--resume: BAD holds no checkpoint; leave out --resume"),
        of(
            "other files",
            "",
            holds("notes.lanewise", whole),
            resume,
            "--resume: BAD holds no checkpoint"),
        of(
            "short",
            "",
            holds("step-000000004.lanewise", Arrays.copyOf(whole, whole.length / 2)),
            resume,
            "BAD/step-000000004.lanewise, section"),
        of(
            "of another run",
            "",
            holds("step-000000004.lanewise", whole),
            resume,
            "BAD/step-000000004.lanewise was written with the layer 0 Dense"),
        of(
            "a model",
            "",
            bytes(MODEL),
            resume,
            "BAD, section \"settings\", at byte 12: is missing"),
        of("a table", "", bytes(TABLE), resume, "BAD, at byte 0: does not start with LANEWISE"),
        of(
            "of an earlier run",
            "",
            holds("step-000000004.lanewise", whole),
            "train TABLE --save OUT --checkpoints BAD",
            "--checkpoints: BAD holds checkpoints of an earlier run"));
  }

  static Stream<Case> safetensors() {
    String inspect = "inspect BAD";
    return Stream.of(
        of(
            "empty",
            ".safetensors",
            text(""),
            inspect,
            "BAD: this file has 0 bytes; expected at least 8"),
        of("no header", inspect, "", 0, "BAD: its first 8 bytes say that the header has 0 bytes"),
        of("not JSON", inspect, "[0.weight]", 0, "BAD: the JSON header does not start with '{'"),
        of("cut off JSON", inspect, "{\"a\":{\"dtype\":", 0, "BAD: the JSON header"),
        of(
            "name twice",
            inspect,
            tensor("a", "F32", "[2]", 0, 8) + tensor("a", "F32", "[2]", 8, 16),
            16,
            "BAD: the JSON header"),
        of(
            "overlap",
            inspect,
            tensor("a", "F32", "[2]", 0, 8) + tensor("b", "F32", "[2]", 4, 12),
            12,
            "BAD: tensor \"b\" starts at 4, but the tensor before it ends at 8"),
        of(
            "gap",
            inspect,
            tensor("a", "F32", "[2]", 0, 8) + tensor("b", "F32", "[2]", 12, 20),
            20,
            "BAD: tensor \"b\" starts at 12, but the tensor before it ends at 8"),
        of(
            "behind the end",
            inspect,
            tensor("a", "F32", "[2]", 0, 8),
            7,
            "BAD: tensor \"a\" ends at 8, but the file has 7 bytes of tensors"),
        of(
            "surplus",
            inspect,
            tensor("a", "F32", "[2]", 0, 8),
            9,
            "BAD: the end has 1 bytes that belong to no tensor"),
        of(
            "end before start",
            inspect,
            tensor("a", "F32", "[2]", 8, 0),
            8,
            "BAD: tensor \"a\" has"),
        of(
            "below 0",
            inspect,
            tensor("a", "F32", "[2]", -8, 0),
            8,
            "BAD: the JSON header has \"-\""),
        of("too long", inspect, tensor("a", "F32", "[2]", 0, 12), 12, "BAD: tensor \"a\" lies at"),
        of(
            "unknown type",
            inspect,
            tensor("a", "F12", "[2]", 0, 8),
            8,
            "BAD: tensor \"a\" has the"),
        of(
            "whole numbers",
            inspect,
            LAYERS
                + tensor("0.weight", "I32", "[1,2]", 0, 8)
                + tensor("0.bias", "F32", "[1]", 8, 12),
            12,
            "BAD: tensor \"0.weight\""),
        of(
            "another shape",
            inspect,
            LAYERS
                + tensor("0.weight", "F32", "[2,1]", 0, 8)
                + tensor("0.bias", "F32", "[1]", 8, 12),
            12,
            "BAD: tensor \"0.weight\""),
        of("no bias", inspect, LAYERS + tensor("0.weight", "F32", "[1,2]", 0, 8), 8, "BAD: tensor"),
        of(
            "header behind the end",
            ".safetensors",
            with(NETWORK, 6, 1),
            inspect,
            "BAD: its first 8 bytes say that the header has"),
        of("a model", ".safetensors", bytes(MODEL), inspect, "BAD: its first 8 bytes say"),
        of(
            "not for predicting",
            ".safetensors",
            bytes(NETWORK),
            "predict BAD TABLE",
            "BAD, at byte 0: does not"),
        of("no such file", ".safetensors", nothing(), inspect, "BAD: this file does not exist"));
  }

  static Stream<Case> outputs() {
    Content directory = Files::createDirectory;
    String isDirectory = "BAD is a directory; name a file";
    return Stream.of(
        of("--save", "", directory, "train TABLE --save BAD", "--save: " + isDirectory),
        of("--report", "", directory, "train TABLE --report BAD", "--report: " + isDirectory),
        of("--out", "", directory, "predict MODEL TABLE --out BAD", "--out: " + isDirectory),
        of("export", ".onnx", directory, "export MODEL BAD", "FILE: " + isDirectory),
        of(
            "--checkpoints",
            "",
            bytes(TABLE),
            "train TABLE --checkpoints BAD",
            "--checkpoints: BAD is a file"),
        of(
            "--save",
            "",
            nothing(),
            "train TABLE --save BAD/m",
            "--save: there is no directory BAD"),
        of("--report", "", nothing(), "train TABLE --report BAD/r", "--report: there is no direc"),
        of(
            "--out",
            "",
            nothing(),
            "predict MODEL TABLE --out BAD/o",
            "--out: there is no directory"),
        of("export", "", nothing(), "export MODEL BAD/m.onnx", "FILE: there is no directory BAD"));
  }

  private static final String LAYERS =
      "\"__metadata__\":{\"lanewise.layers\":\"dense 2 1 tanh bias\"},";

  private static String tensor(String name, String type, String shape, int from, int to) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]},"
        .formatted(name, type, shape, from, to);
  }

  private static Case of(String name, String command, String json, int dataBytes, String says) {
    String header = json.endsWith(",") ? "{" + json.substring(0, json.length() - 1) + "}" : json;
    return of(
        name, ".safetensors", bytes(WholeFiles.safetensors(header, dataBytes)), command, says);
  }

  private static byte[] whole(Reader reader) {
    return WholeFiles.of(reader).get(0);
  }

  private static Content bytes(byte[] bytes) {
    return file -> Files.write(file, bytes);
  }

  private static Content text(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  private static Content nothing() {
    return file -> {};
  }

  private static Content cut(byte[] bytes, int length) {
    return bytes(Arrays.copyOf(bytes, length));
  }

  private static Content with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return bytes(changed);
  }

  private static Content flipped(byte[] bytes, int at) {
    return with(bytes, at, bytes[at] ^ 1);
  }

  private static Content holds(String name, byte[] bytes) {
    return directory -> Files.write(Files.createDirectory(directory).resolve(name), bytes);
  }

  @ParameterizedTest
  @MethodSource({
    "csv",
    "foreign",
    "idx",
    "numpy",
    "libsvm",
    "models",
    "checkpoints",
    "safetensors",
    "outputs"
  })
  void isRefusedInOneLine(Case broken) throws IOException {
    Files.write(directory.resolve("TABLE.csv"), TABLE);
    Files.write(directory.resolve("MODEL.lanewise"), MODEL);
    Files.write(directory.resolve("IMAGES.idx"), IMAGES);
    Files.write(directory.resolve("LABELS.idx"), LABELS);
    broken.file.write(directory.resolve("BAD" + broken.suffix));
    List<Path> before = files();
    Typed typed = Typed.type(placed(broken, broken.command).split(" ", -1));

    List<String> told = typed.err().stream().filter(said -> !said.startsWith("note: ")).toList();
    assertEquals(1, told.size(), typed.err().toString());
    String line = told.get(0);
    String command = broken.command.substring(0, broken.command.indexOf(' '));
    String says = "lanewise " + command + ": " + placed(broken, broken.says);
    assertTrue(line.startsWith(says), () -> broken + ": " + line);
    assertTrue(line.length() < 400, line);
    assertTrue(line.chars().noneMatch(Character::isISOControl), line);
    assertEquals(List.of(), typed.out());
    assertEquals(2, typed.code());
    assertEquals(before, files());
  }

  private String placed(Case broken, String words) {
    return words
        .replace("BAD", directory.resolve("BAD") + broken.suffix)
        .replace("TABLE", directory.resolve("TABLE.csv").toString())
        .replace("MODEL", directory.resolve("MODEL.lanewise").toString())
        .replace("IMAGES", directory.resolve("IMAGES.idx").toString())
        .replace("LABELS", directory.resolve("LABELS.idx").toString())
        .replace("OUT", directory.resolve("OUT").toString());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.sorted().toList();
    }
  }
}
