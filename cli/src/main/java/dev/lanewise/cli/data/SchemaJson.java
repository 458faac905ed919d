package dev.lanewise.cli.data;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.cli.data.Schema.Kind;
import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Schemas as JSON, which stands in models. */
public final class SchemaJson {
  private static final int VERSION = 2;

  private SchemaJson() {}

  /** Returns a schema as JSON, for {@link #parse}. */
  public static String of(Schema schema) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("version", VERSION);
    all.put("kind", name(schema.kind()));
    all.put("inputs", schema.inputs());
    all.put("target", schema.target());
    if (schema.missing().own() != null) {
      all.put("missingWords", schema.missing().own().stream().sorted().toList());
    }
    if (schema.targetColumns() > 1) {
      all.put("targetColumns", schema.targetColumns());
    }
    if (schema.indices() != null) {
      all.put("indices", schema.indices().text());
      all.put("sparse", schema.indices().sparse());
    }
    all.put("columns", schema.columns().stream().map(SchemaJson::json).toList());
    return JSON.std.asString(all);
  }

  private static Map<String, Object> json(Column column) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", column.name());
    all.put("kind", name(column.kind()));
    if (column.kind() == Column.Kind.CATEGORY) {
      all.put("categories", column.categories());
      all.put("unknown", name(column.encoding().unknown()));
      all.put("spelling", name(column.spelling()));
    }
    if (column.kind() == Column.Kind.NUMBER && !column.numbers().equals(Numbers.PLAIN)) {
      all.put("decimal", name(column.numbers().decimal()));
      all.put("unit", column.numbers().unit());
      all.put("shift", column.numbers().shift());
      all.put("factor", column.numbers().factor());
    }
    if (!column.reason().isEmpty()) {
      all.put("reason", column.reason());
    }
    if (column.kind() != Column.Kind.IGNORED) {
      all.put("fill", column.fill());
    }
    return all;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #of} wrote, of this version or an earlier one.
   *
   * @param source which file it is from, for messages
   * @throws DataException if it is something else
   */
  public static Schema parse(String source, String json) throws DataException {
    try {
      Fields all = new Fields(JSON.std.mapFrom(json));
      if (all.integer("version") > VERSION) {
        throw new DataException(
            source + ": its columns are described in a newer version; update lanewise");
      }
      Kind kind = all.constant(Kind.class, "kind", null);
      int inputs = all.integer("inputs");
      Schema schema =
          new Schema(
              kind,
              inputs,
              all.list("columns").stream().map(one -> column(new Fields((Map<?, ?>) one))).toList(),
              all.integer("target"),
              all.has("targetColumns") ? all.integer("targetColumns") : 1,
              MissingWords.of(all.has("missingWords") ? all.texts("missingWords") : null),
              List.of(),
              kind == Kind.LIBSVM ? indices(all, inputs) : null);
      if (kind == Kind.TABLE && schema.withColumns(schema.columns()).inputs() != inputs) {
        throw new IllegalArgumentException("columns do not make " + inputs + " inputs");
      }
      return schema;
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DataException(source + ": what it says of its columns cannot be read", e);
    }
  }

  /** Version 1 knows no spelling, reason or way to read numbers. */
  private static Column column(Fields json) {
    String name = json.text("name");
    return switch (json.constant(Column.Kind.class, "kind", null)) {
      case IGNORED -> Column.ignored(name, json.has("reason") ? json.text("reason") : "");
      case NUMBER -> Column.number(name, numbers(json), json.number("fill").floatValue());
      case CATEGORY -> {
        OneHot categories =
            new OneHot(
                json.texts("categories"), json.constant(OneHot.Unknown.class, "unknown", null));
        int fill = Objects.checkIndex(json.integer("fill"), categories.columns());
        Column.Spelling spelling =
            json.constant(Column.Spelling.class, "spelling", Column.Spelling.FLOAT);
        yield Column.categories(name, categories, spelling, fill);
      }
    };
  }

  private static Numbers numbers(Fields json) {
    return !json.has("decimal")
        ? Numbers.PLAIN
        : new Numbers(
            json.constant(Numbers.Decimal.class, "decimal", null),
            json.text("unit"),
            json.number("shift").doubleValue(),
            json.number("factor").doubleValue());
  }

  private static Indices indices(Fields json, int inputs) {
    return json.has("indices")
        ? Indices.parse(json.text("indices"), inputs)
            .withSparse(Boolean.TRUE.equals(json.of("sparse")))
        : Indices.upTo(inputs);
  }

  /** The fields of an object; one that is not there or is something else throws. */
  private record Fields(Map<?, ?> json) {
    boolean has(String field) {
      return json.get(field) != null;
    }

    Object of(String field) {
      return json.get(field);
    }

    String text(String field) {
      return Objects.requireNonNull((String) of(field), field);
    }

    Number number(String field) {
      return Objects.requireNonNull((Number) of(field), field);
    }

    int integer(String field) {
      return number(field).intValue();
    }

    List<?> list(String field) {
      return Objects.requireNonNull((List<?>) of(field), field);
    }

    List<String> texts(String field) {
      return list(field).stream().map(String.class::cast).toList();
    }

    <E extends Enum<E>> E constant(Class<E> type, String field, E otherwise) {
      return otherwise != null && !has(field)
          ? otherwise
          : Enum.valueOf(type, text(field).toUpperCase(Locale.ROOT));
    }
  }
}
