package dev.lanewise.jmh;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/** A benchmark object for each combination of its {@code @Param} values, as JMH would make it. */
final class ParamCases {
  private ParamCases() {}

  static <T> List<T> of(Class<T> benchmark) throws ReflectiveOperationException {
    List<List<String>> combinations = List.of(List.of());
    List<Field> fields = new ArrayList<>();
    for (Field field : benchmark.getFields()) {
      if (field.isAnnotationPresent(Param.class)) {
        fields.add(field);
        combinations = extended(combinations, field.getAnnotation(Param.class).value());
      }
    }
    List<T> cases = new ArrayList<>();
    for (List<String> values : combinations) {
      T object = benchmark.getDeclaredConstructor().newInstance();
      for (int i = 0; i < values.size(); i++) {
        set(fields.get(i), object, values.get(i));
      }
      cases.add(object);
    }
    return cases;
  }

  private static List<List<String>> extended(List<List<String>> combinations, String[] values) {
    List<List<String>> longer = new ArrayList<>();
    for (List<String> combination : combinations) {
      for (String value : values) {
        List<String> one = new ArrayList<>(combination);
        one.add(value);
        longer.add(one);
      }
    }
    return longer;
  }

  private static void set(Field field, Object object, String value) throws IllegalAccessException {
    if (field.getType() == int.class) {
      field.setInt(object, Integer.parseInt(value));
    } else {
      field.set(object, value);
    }
  }
}
