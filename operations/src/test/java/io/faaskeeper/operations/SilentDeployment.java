package io.faaskeeper.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A deployment that does not answer: nobody listens at the discard port. */
public final class SilentDeployment {
  private SilentDeployment() {}

  /** The file that configures it, in a folder. */
  public static String configuration(Path folder) throws IOException {
    return Files.writeString(
            folder.resolve("config.json"),
            """
            {"cloud-provider": "local", "deployment-name": "shop",
             "endpoints": {"dynamodb": "http://127.0.0.1:9", "sqs": "http://127.0.0.1:9"}}
            """)
        .toString();
  }
}
