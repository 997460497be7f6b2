package io.faaskeeper.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares values whose records hold arrays. */
final class Deep {
  private Deep() {}

  static void assertSame(@Nullable Object expected, @Nullable Object actual) {
    if (expected == null || actual == null) {
      assertEquals(expected, actual);
    } else if (expected instanceof byte[] bytes && actual instanceof byte[] actualBytes) {
      assertArrayEquals(bytes, actualBytes);
    } else if (expected instanceof List<?> list && actual instanceof List<?> actualList) {
      assertEquals(list.size(), actualList.size());
      for (int i = 0; i < list.size(); i++) {
        assertSame(list.get(i), actualList.get(i));
      }
    } else if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> actualMap) {
      assertSame(List.copyOf(map.keySet()), List.copyOf(actualMap.keySet()));
      assertSame(List.copyOf(map.values()), List.copyOf(actualMap.values()));
    } else if (expected instanceof Record && expected.getClass() == actual.getClass()) {
      assertSameComponents(expected, actual);
    } else {
      assertEquals(expected, actual);
    }
  }

  private static void assertSameComponents(Object expected, Object actual) {
    for (RecordComponent component : expected.getClass().getRecordComponents()) {
      try {
        assertSame(
            component.getAccessor().invoke(expected), component.getAccessor().invoke(actual));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(component + " can't be read", e);
      }
    }
  }
}
