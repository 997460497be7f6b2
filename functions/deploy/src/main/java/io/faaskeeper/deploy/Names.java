package io.faaskeeper.deploy;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a deployment's stack and what is outside of it are called: pure. */
record Names(String deployment) {
  private static final String WORKER_TABLE = "worker";
  private static final int MAX_BUCKET_NAME = 63;

  String stack() {
    return "faaskeeper-" + deployment;
  }

  /** The bucket for the code of all deployments of an account in a region. */
  static String codeBucket(String account, String region) {
    return "faaskeeper-code-" + account + "-" + region;
  }

  /** The bucket for this deployment's data if it names none, unless S3 allows no name so long. */
  Optional<String> dataBucket(String account, String region) {
    String name = stack() + "-" + account + "-" + region;
    return Optional.of(name.toLowerCase(Locale.ROOT))
        .filter(allowed -> allowed.length() <= MAX_BUCKET_NAME);
  }

  /** Every table that it may have, in whatever configuration. */
  List<String> tables() {
    AwsDeploymentNames names = new AwsDeploymentNames(deployment);
    List<String> tables = new ArrayList<>(Tables.ALL.stream().map(names::table).toList());
    String worker = stack() + "-" + WORKER_TABLE;
    if (!tables.contains(worker)) {
      tables.add(worker);
    }
    return tables;
  }
}
