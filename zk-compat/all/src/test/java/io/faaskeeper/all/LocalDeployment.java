package io.faaskeeper.all;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A local deployment in processes of its own, which end with this one's. */
record LocalDeployment(Process process, Path configuration) implements AutoCloseable {
  /** The module's output, from this module's jar. */
  private static final Path HOST =
      Path.of(System.getProperty("jar")).resolve("../../../../functions/host/target").normalize();

  static LocalDeployment start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    HOST.resolve("classes")
                        + File.pathSeparator
                        + Files.readString(HOST.resolve("classpath")).strip(),
                    "io.faaskeeper.host.Local",
                    "--folder",
                    folder.toString(),
                    "--end-with-stdin"))
            .redirectError(Redirect.INHERIT)
            .start();
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("FaaSKeeper is ready")) {
        return new LocalDeployment(process, folder.resolve("client.json"));
      }
    }
    throw new IOException("the local deployment did not start");
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
