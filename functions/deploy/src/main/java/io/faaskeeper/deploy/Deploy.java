package io.faaskeeper.deploy;

import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.model.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fk deploy}: makes a deployment on AWS, or brings it up to date. */
@Command(
    name = "fk deploy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Makes a deployment on AWS, or brings it up to date. Nothing is done that has been done.")
public final class Deploy implements Callable<Integer> {
  /** What can be deployed. */
  enum What {
    service,
    functions
  }

  @Parameters(
      paramLabel = "service|functions",
      description = "All of it, or only the functions' code in a deployment that is there.")
  private What what = What.service;

  @Mixin private Target target = new Target();

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the template that no key of the configuration says.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The functions' jar; by default the one that was built here.")
  private @Nullable Path jar;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Option(
      names = "--replace-data",
      description = "Also do what puts stored data out of use, as replacing a table.")
  private boolean replaceData;

  private Deploy() {}

  /** Exits with 0 if it is deployed, 1 if it failed, 2 if the arguments make no sense. */
  public static void main(String[] args) {
    Program.run(new Deploy(), args);
  }

  @Override
  public Integer call() {
    DeploymentConfig config = target.configuration(Program::defaultRegion);
    Map<String, String> wanted = StackParameters.of(config);
    StackParameters.checkNames(parameters.keySet(), template());
    wanted.putAll(parameters);
    Release release = Release.of(jar == null ? builtJar() : jar);
    return Program.inCloud(
        config,
        cloud -> {
          Deployer deployer =
              new Deployer(
                  cloud,
                  new Names(config.name()),
                  System.out,
                  new Deployer.Options(dryRun, replaceData));
          switch (what) {
            case service -> deployer.service(template(), wanted, release, Deploy::newSecret);
            case functions -> deployer.functions(release);
          }
          return 0;
        });
  }

  static String template() {
    try (InputStream file = Deploy.class.getResourceAsStream("template.yaml")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String newSecret() {
    byte[] secret = new byte[Seal.SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  private static Path builtJar() {
    try {
      Path here = Path.of(Deploy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return here.resolve("../../../handlers/target/functions.jar").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
