package io.faaskeeper.operations.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.http.SdkHttpResponse;

final class FaultyCallsTest {
  private static final int CALLS = 20_000;

  @TempDir private Path folder = Path.of("");

  @Test
  void answersAreLostWhileTheFileIsThere() throws IOException {
    Path file = folder.resolve(FaultyCalls.SWITCH);
    assertEquals(0, lost(new FaultyCalls(file)));
    Files.writeString(file, "");
    int lost = lost(new FaultyCalls(file));
    assertTrue(lost > 0 && lost < CALLS / 50, () -> String.valueOf(lost));
  }

  private static int lost(FaultyCalls faulty) {
    SdkHttpResponse fine = SdkHttpResponse.builder().statusCode(200).build();
    Context.ModifyHttpResponse context =
        (Context.ModifyHttpResponse)
            Proxy.newProxyInstance(
                FaultyCallsTest.class.getClassLoader(),
                new Class<?>[] {Context.ModifyHttpResponse.class},
                (proxy, method, arguments) -> fine);
    int lost = 0;
    for (int i = 0; i < CALLS; i++) {
      if (!faulty.modifyHttpResponse(context, new ExecutionAttributes()).isSuccessful()) {
        lost++;
      }
    }
    return lost;
  }
}
