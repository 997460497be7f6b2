package io.faaskeeper.all;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smoke.Smoke;

class OneJarIT {
  private static final Path JAR = Path.of(System.getProperty("jar"));
  private static final Path CLIENTS = Path.of(System.getProperty("clients"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"current", "3.8.4", "3.7.2", "3.6.4"})
  void anApplicationRunsInMemoryUnder(String version) throws Exception {
    Ended ended = run(version, write("{\"cloud-provider\": \"memory\"}"));
    assertEquals(0, ended.status, ended.output);
    assertTrue(ended.output.lines().anyMatch("OK"::equals), ended.output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"current", "3.6.4"})
  void anApplicationRunsOnALocalDeploymentUnder(String version) throws Exception {
    try (LocalDeployment local = LocalDeployment.start(folder)) {
      Ended ended = run(version, local.configuration());
      assertEquals(0, ended.status, ended.output);
      assertTrue(ended.output.lines().anyMatch("OK"::equals), ended.output);
    }
  }

  @Test
  void underAnOlderClientOneSentenceSaysWhatToDo() throws Exception {
    Ended ended = run("3.5.10", write("{\"cloud-provider\": \"memory\"}"));
    assertEquals(1, ended.status, ended.output);
    List<String> said =
        ended.output.lines().filter(line -> line.contains("FaaSKeeper gateway")).toList();
    assertTrue(said.get(0).contains("3.6"), ended.output);
  }

  /** An application's own class path is not disturbed. */
  @Test
  void everythingInsideIsOurs() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> foreign =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.endsWith(".class"))
              .filter(name -> !name.startsWith("io/faaskeeper/"))
              .filter(name -> !name.startsWith("org/apache/zookeeper/ClientCnxnSocketFaasKeeper"))
              .toList();
      assertEquals(List.of(), foreign);
    }
  }

  private record Ended(int status, String output) {}

  private Ended run(String version, Path configuration) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dzookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketFaasKeeper");
    command.add("-Dfaaskeeper.config=" + configuration);
    command.add("-cp");
    command.add(classPath(version));
    command.add(Smoke.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static String classPath(String version) throws Exception {
    Path tests = Path.of(Smoke.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Stream.of(
            Stream.of(JAR, tests),
            jars(CLIENTS.resolve(version)),
            jars(CLIENTS.resolve("libraries")))
        .flatMap(paths -> paths)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    }
  }

  private Path write(String configuration) throws IOException {
    return Files.writeString(folder.resolve("faaskeeper.json"), configuration);
  }
}
