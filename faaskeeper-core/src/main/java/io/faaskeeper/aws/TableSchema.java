package io.faaskeeper.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A table of a deployment, as data. All are billed on demand and have no secondary index.
 *
 * @param role what it holds; the last part of its name
 * @param partition its partition key
 * @param sort its sort key, or null
 * @param expires whether its items may expire, at the second in attribute {@link #EXPIRY}
 */
public record TableSchema(
    String role, KeyAttribute partition, @Nullable KeyAttribute sort, boolean expires) {
  /** When an item may be removed, in seconds since the epoch. */
  public static final String EXPIRY = "e";

  /** A key attribute. */
  public record KeyAttribute(String name, ScalarAttributeType type) {}

  /**
   * What creates it.
   *
   * @param stream what its stream tells, or null if it has none
   */
  CreateTableRequest creation(String tableName, @Nullable StreamViewType stream) {
    List<AttributeDefinition> attributes = new ArrayList<>();
    List<KeySchemaElement> keys = new ArrayList<>();
    add(partition, KeyType.HASH, attributes, keys);
    if (sort != null) {
      add(sort, KeyType.RANGE, attributes, keys);
    }
    return CreateTableRequest.builder()
        .tableName(tableName)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(attributes)
        .keySchema(keys)
        .streamSpecification(stream == null ? null : streaming(stream))
        .build();
  }

  static StreamSpecification streaming(StreamViewType view) {
    return StreamSpecification.builder().streamEnabled(true).streamViewType(view).build();
  }

  private static void add(
      KeyAttribute key,
      KeyType type,
      List<AttributeDefinition> attributes,
      List<KeySchemaElement> keys) {
    attributes.add(
        AttributeDefinition.builder().attributeName(key.name()).attributeType(key.type()).build());
    keys.add(KeySchemaElement.builder().attributeName(key.name()).keyType(type).build());
  }
}
