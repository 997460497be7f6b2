package io.faaskeeper.deploy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The ports by the SDK's clients, all on one HTTP client. */
final class AwsCloud implements AutoCloseable {
  private static final Duration CALL = Duration.ofMinutes(5);

  private final SdkHttpClient http = AwsCrtHttpClient.create();
  private final String region;
  private final AwsCredentialsProvider credentials;
  private final @Nullable URI endpoint;
  private final Runnable pause;

  /**
   * @param endpoint of all services, or null for AWS
   * @param pause between two looks at what is under way
   */
  AwsCloud(
      String region, AwsCredentialsProvider credentials, @Nullable URI endpoint, Runnable pause) {
    this.region = region;
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.pause = pause;
  }

  /** Opens the clients; calls nobody yet. */
  Cloud open() {
    StsClient sts = client(StsClient.builder());
    return new Cloud(
        region,
        () -> AwsErrors.told(() -> sts.getCallerIdentity().account()),
        new CloudFormationStacks(client(CloudFormationClient.builder()), pause),
        new AwsDataStores(
            client(DynamoDbClient.builder()),
            client(S3Client.builder().forcePathStyle(endpoint != null)),
            region),
        new LambdaFunctions(client(LambdaClient.builder())),
        pause);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    List<Consumer<B>> settings =
        List.of(
            b -> b.region(Region.of(region)),
            b -> b.credentialsProvider(credentials),
            b -> b.httpClient(http),
            b -> b.endpointOverride(endpoint),
            b -> b.overrideConfiguration(c -> c.apiCallTimeout(CALL)));
    settings.forEach(setting -> setting.accept(builder));
    return builder.build();
  }

  @Override
  public void close() {
    http.close();
  }
}
