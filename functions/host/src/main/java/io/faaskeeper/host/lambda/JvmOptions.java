package io.faaskeeper.host.lambda;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import io.faaskeeper.host.sandbox.SandboxMain;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * How the JVMs of instances are started.
 *
 * @param classPath Lambda's runtime client and the handlers
 * @param flags of the JVM
 * @param directory where they run: what Lambda calls the task root
 */
public record JvmOptions(String classPath, List<String> flags, Path directory) {
  /** Quick to start rather than quick in the end, and small. */
  private static final List<String> FAST_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx512m");

  public JvmOptions {
    flags = List.copyOf(flags);
  }

  /** For handlers on this class path. Puts into the folder what their JVMs need there. */
  public static JvmOptions forHandlers(String handlersClassPath, Path directory)
      throws IOException {
    List<String> flags = new ArrayList<>(FAST_START);
    flags.add(RuntimeClientLibrary.unpackInto(directory));
    String runtime =
        Stream.of(
                SandboxMain.class,
                AWSLambda.class,
                LambdaRuntime.class,
                PojoSerializer.class,
                SdkInternalThreadLocal.class)
            .map(JvmOptions::location)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    return new JvmOptions(runtime + File.pathSeparator + handlersClassPath, flags, directory);
  }

  /** The jar or folder that a class was loaded from. */
  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class that was loaded from nowhere", e);
    }
  }
}
