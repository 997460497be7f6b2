package io.faaskeeper.host.lambda;

/**
 * What names of the cloud are made of.
 *
 * @param region where the functions would run
 * @param id twelve digits
 */
public record Account(String region, String id) {
  /** The account that emulators use: none. */
  public static Account local(String region) {
    return new Account(region, "000000000000");
  }

  public String functionArn(String name) {
    return arn("lambda", "function:" + name);
  }

  public String queueArn(String name) {
    return arn("sqs", name);
  }

  public String ruleArn(String name) {
    return arn("events", "rule/" + name);
  }

  private String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, region, id, resource);
  }
}
