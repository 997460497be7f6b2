package io.faaskeeper.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpService;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The SDK's clients of one deployment, made once in a process. Throttled and failed calls are
 * repeated with back-off and jitter. Stages complete on the threads of the HTTP client, which must
 * not be blocked.
 */
public final class AwsClients implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 5;
  private static final String CONFLICT = "ConditionalRequestConflict";

  /** To each service. */
  static final int CONNECTIONS = 100;

  private final SdkAsyncHttpClient http;
  private final DynamoDbAsyncClient dynamoDb;
  private final SqsAsyncClient sqs;
  private final Endpoints endpoints;
  private final List<ExecutionInterceptor> storageInterceptors;
  private @Nullable S3AsyncClient s3;
  private @Nullable DynamoDbStreamsAsyncClient streams;

  /**
   * Where the services are.
   *
   * @param region the deployment's region
   * @param dynamoDb the emulator, or null for AWS
   * @param sqs the emulator, or null for AWS
   * @param s3 the emulator, or null for AWS
   */
  public record Endpoints(
      String region, @Nullable URI dynamoDb, @Nullable URI sqs, @Nullable URI s3) {
    /** Where nothing is stored in S3. */
    public Endpoints(String region, @Nullable URI dynamoDb, @Nullable URI sqs) {
      this(region, dynamoDb, sqs, null);
    }
  }

  /**
   * Makes the clients.
   *
   * @param storageInterceptors of DynamoDB's clients: {@link CallMeter}s
   */
  public AwsClients(Endpoints endpoints, List<ExecutionInterceptor> storageInterceptors) {
    this(endpoints, storageInterceptors, List.of());
  }

  /**
   * Makes the clients.
   *
   * @param storageInterceptors of DynamoDB's clients: {@link CallMeter}s
   * @param queueInterceptors of the client of SQS: {@link CallMeter}s, whose tables are then empty
   */
  public AwsClients(
      Endpoints endpoints,
      List<ExecutionInterceptor> storageInterceptors,
      List<ExecutionInterceptor> queueInterceptors) {
    Region region = Region.of(endpoints.region());
    this.endpoints = endpoints;
    this.storageInterceptors = List.copyOf(storageInterceptors);
    http = httpClient();
    dynamoDb =
        DynamoDbAsyncClient.builder()
            .region(region)
            .httpClient(http)
            .credentialsProvider(credentials(endpoints.dynamoDb()))
            .endpointOverride(endpoints.dynamoDb())
            .asyncConfiguration(
                c ->
                    c.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
            .overrideConfiguration(override(storageInterceptors))
            .build();
    sqs =
        SqsAsyncClient.builder()
            .region(region)
            .httpClient(http)
            .credentialsProvider(credentials(endpoints.sqs()))
            .endpointOverride(endpoints.sqs())
            .asyncConfiguration(
                c ->
                    c.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
            .overrideConfiguration(override(queueInterceptors))
            .build();
  }

  /** The one on the class path: which it is, is a matter of packaging. */
  private static SdkAsyncHttpClient httpClient() {
    return ServiceLoader.load(SdkAsyncHttpService.class, AwsClients.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no HTTP client for AWS is on the class path: add aws-crt-client"
                        + " of group software.amazon.awssdk"))
        .createAsyncHttpClientFactory()
        .buildWithDefaults(
            AttributeMap.builder()
                .put(SdkHttpConfigurationOption.MAX_CONNECTIONS, CONNECTIONS)
                .put(SdkHttpConfigurationOption.CONNECTION_TIMEOUT, ATTEMPT)
                .build());
  }

  private static ClientOverrideConfiguration override(List<ExecutionInterceptor> interceptors) {
    ClientOverrideConfiguration.Builder override =
        ClientOverrideConfiguration.builder()
            .retryStrategy(
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                    .maxAttempts(ATTEMPTS)
                    .retryOnException(AwsClients::isConflict)
                    .build())
            .apiCallTimeout(CALL)
            .apiCallAttemptTimeout(ATTEMPT)
            .addExecutionInterceptor(new DeadlineGuard.Interceptor());
    interceptors.forEach(override::addExecutionInterceptor);
    return override.build();
  }

  /** S3 puts an object of this name for somebody else just now. */
  private static boolean isConflict(Throwable failure) {
    return failure instanceof AwsServiceException refused
        && refused.awsErrorDetails() != null
        && CONFLICT.equals(refused.awsErrorDetails().errorCode());
  }

  /**
   * Who calls: as AWS's SDKs find out, or anybody where an emulator is called: it believes anyone.
   *
   * @param emulator null for AWS
   */
  public static AwsCredentialsProvider credentials(@Nullable URI emulator) {
    return emulator == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  }

  public DynamoDbAsyncClient dynamoDb() {
    return dynamoDb;
  }

  public SqsAsyncClient sqs() {
    return sqs;
  }

  /** Made when it is first asked for: most deployments have no bucket. */
  public synchronized S3AsyncClient s3() {
    if (s3 == null) {
      s3 =
          S3AsyncClient.builder()
              .region(Region.of(endpoints.region()))
              .httpClient(http)
              .credentialsProvider(credentials(endpoints.s3()))
              .endpointOverride(endpoints.s3())
              .forcePathStyle(endpoints.s3() != null)
              .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
              .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
              .asyncConfiguration(
                  c ->
                      c.advancedOption(
                          SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
              .overrideConfiguration(override(List.of()))
              .build();
    }
    return s3;
  }

  /** Of the tables' streams: for an event source, which functions and clients are not. */
  public synchronized DynamoDbStreamsAsyncClient streams() {
    if (streams == null) {
      streams =
          DynamoDbStreamsAsyncClient.builder()
              .region(Region.of(endpoints.region()))
              .httpClient(http)
              .credentialsProvider(credentials(endpoints.dynamoDb()))
              .endpointOverride(endpoints.dynamoDb())
              .overrideConfiguration(override(storageInterceptors))
              .build();
    }
    return streams;
  }

  @Override
  public synchronized void close() {
    if (streams != null) {
      streams.close();
    }
    if (s3 != null) {
      s3.close();
    }
    dynamoDb.close();
    sqs.close();
    http.close();
  }
}
