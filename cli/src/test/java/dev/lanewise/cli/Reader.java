package dev.lanewise.cli;

import dev.lanewise.Backend;
import dev.lanewise.ModelFiles;
import dev.lanewise.cli.data.AnyFile;
import dev.lanewise.cli.data.DataFile;
import dev.lanewise.cli.data.Loaded;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.data.TableOptions;
import dev.lanewise.cli.model.Model;
import dev.lanewise.data.Idx;
import dev.lanewise.data.LibSvm;
import dev.lanewise.data.MappedDataset;
import dev.lanewise.io.Npy;
import dev.lanewise.io.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Everything that reads files, each with whole files to damage. */
enum Reader {
  CSV(".csv") {
    @Override
    void read(Path file) throws IOException {
      table(file);
    }
  },
  /** In other words and packings than the usual ones. */
  CSV_DIALECTS(".csv") {
    @Override
    void read(Path file) throws IOException {
      table(file);
    }
  },
  /** As {@code predict} reads one: what its columns mean comes from another file. */
  CSV_OF_A_MODEL(".csv") {
    @Override
    void read(Path file) throws IOException {
      Schema schema = WholeFiles.schema();
      DataFile table = new AnyFile(file);
      table.read(schema, TableOptions.Missing.FILL, false, (number, codes) -> {});
    }
  },
  LIBSVM(".libsvm") {
    @Override
    void read(Path file) throws IOException {
      LibSvm.read(file);
    }
  },
  /** Where every row gets all columns. */
  LIBSVM_TABLE(".libsvm") {
    @Override
    void read(Path file) throws IOException {
      table(file);
    }
  },
  IDX_IMAGES(".idx") {
    @Override
    void read(Path file) throws IOException {
      Idx.images(file);
    }
  },
  IDX_LABELS(".idx") {
    @Override
    void read(Path file) throws IOException {
      Idx.labels(file);
    }
  },
  NPY(".npy") {
    @Override
    void read(Path file) throws IOException {
      Npy.read(file);
    }
  },
  NPY_TABLE(".npy") {
    @Override
    void read(Path file) throws IOException {
      table(file);
    }
  },
  NPZ(".npz") {
    @Override
    void read(Path file) throws IOException {
      Npz.read(file);
    }
  },
  SAFETENSORS(".safetensors") {
    @Override
    void read(Path file) throws IOException {
      ModelFiles.readSafetensors(file, Backend.SCALAR);
    }
  },
  /** Into a network that is there, as of a file from elsewhere. */
  SAFETENSORS_INTO_A_NETWORK(".safetensors") {
    @Override
    void read(Path file) throws IOException {
      ModelFiles.loadSafetensors(WholeFiles.linear(), file);
    }
  },
  MODEL(".lanewise") {
    @Override
    void read(Path file) throws IOException {
      Model.load(file, Backend.SCALAR);
    }
  },
  CHECKPOINT(".lanewise") {
    @Override
    void read(Path file) throws IOException {
      WholeFiles.resume(file);
    }
  },
  ROWS(".rows") {
    @Override
    void read(Path file) throws IOException {
      try (MappedDataset rows = MappedDataset.open(file)) {
        rows.gather(
            new int[] {rows.rows() - 1},
            0,
            1,
            new float[rows.inputs()],
            new float[rows.outputs()],
            null);
      }
    }
  };

  final String suffix;

  Reader(String suffix) {
    this.suffix = suffix;
  }

  /** Reads all of a file, and forgets it. */
  abstract void read(Path file) throws IOException;

  /** Returns files that it reads. */
  List<byte[]> wholeFiles() {
    return WholeFiles.of(this);
  }

  private static void table(Path file) throws IOException {
    DataFile table = new AnyFile(file);
    Schema schema = table.scan(TableOptions.USUAL);
    Loaded.of(table, schema, TableOptions.Missing.FILL).close();
  }
}
