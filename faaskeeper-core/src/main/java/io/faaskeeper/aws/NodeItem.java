package io.faaskeeper.aws;

import io.faaskeeper.model.ByteReader;
import io.faaskeeper.model.ByteWriter;
import io.faaskeeper.model.Codec;
import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.StoredNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A node's item: t the zxid that touched it, s Stat and child sum (of a living node only), a the
 * ACL, d data of up to {@link #INLINE_BYTES}, i the processes interested, e when a tombstone or a
 * placeholder expires (of a living node no number, so that it doesn't). Of larger data it has p,
 * where that is, and x and y, the numbers of parts that slot 0 and slot 1 ever had. Of data that
 * lies in an object it has o, the zxid that wrote it; q is the o that it had before it had this
 * data.
 */
record NodeItem(Map<String, AttributeValue> item) {
  /** Data above it lies in {@link DataParts}, or in {@link DataObjects}. */
  static final int INLINE_BYTES = 3 * 1024;

  /** The attributes that make a node without its data. */
  static final String WITHOUT_DATA = "t,s,a,i";

  long touched() {
    return Values.number(item, "t", 0);
  }

  Optional<NodeMeta> meta() {
    byte[] stat = Values.bytes(item, "s");
    return stat == null
        ? Optional.empty()
        : Optional.of(Codec.decodeMeta(stat, Codec.decodeAcl(Values.needBytes(item, "a"))));
  }

  /** The data, if it is in the item. */
  byte @Nullable [] inlineData() {
    return Values.bytes(item, "d");
  }

  /** Where the data is, if it is not in the item. */
  Optional<DataParts.Place> place() {
    return Optional.ofNullable(Values.bytes(item, "p")).map(DataParts.Place::decode);
  }

  /** The object in which the data is: the zxid that wrote it; 0 if it is not in one. */
  long object() {
    return Values.number(item, "o", 0);
  }

  /** The object in which the data was before the data was written last, or 0. */
  long replacedObject() {
    return Values.number(item, "q", 0);
  }

  /** How many parts of a slot there may be: the largest of all counts that it ever had. */
  int usedParts(int slot) {
    AttributeValue counts = item.get(usedName(slot));
    return counts == null ? 0 : counts.ns().stream().mapToInt(Integer::parseInt).max().orElse(0);
  }

  static String usedName(int slot) {
    return slot == 0 ? "x" : "y";
  }

  /** When it expires, in seconds since the epoch; {@link Long#MAX_VALUE} if it doesn't. */
  long expiry() {
    return Values.number(item, TableSchema.EXPIRY, Long.MAX_VALUE);
  }

  StoredNode stored(byte @Nullable [] data) {
    return new StoredNode(touched(), meta(), data, interested());
  }

  /** Clients write this attribute, so what can't be read is passed over. */
  Set<Subscription> interested() {
    Set<Subscription> interested = new HashSet<>();
    for (SdkBytes element : Values.set(item, "i")) {
      try {
        ByteReader reader = new ByteReader(element.asByteArrayUnsafe());
        interested.add(new Subscription(reader.text(), reader.number()));
      } catch (MalformedDataException e) {
        // Nobody's subscription.
      }
    }
    return interested;
  }

  static byte[] element(Subscription subscription) {
    return new ByteWriter()
        .text(subscription.process())
        .number(subscription.generation())
        .toByteArray();
  }
}
