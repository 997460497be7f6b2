package io.faaskeeper.emulators;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeStore.Applied;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.Samples;
import io.faaskeeper.port.StoredNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Which objects user storage makes in its bucket, and what becomes of them. */
class DataObjectsTest {
  private static final byte[] SMALL = Samples.data(100, 1);
  private static final byte[] LARGE = Samples.data(10_000, 2);

  private final AwsDeploymentNames names = Local.deployment();
  private final String bucket = Local.bucket(names);
  private final NodeStore persistent = Local.ports(names).nodes(bucket, false);
  private final NodeStore hybrid = Local.ports(names).nodes(bucket, true);

  @Test
  void persistentDataIsAnObjectUntilItIsReplacedAndDiscarded() {
    assertEquals(0, apply(persistent, Samples.alive("/a", 5, SMALL)).replaced());
    assertEquals(List.of("5"), objects());

    long replaced = apply(persistent, Samples.alive("/a", 7, SMALL)).replaced();
    assertEquals(List.of("5", "7"), objects(), "a reader may have seen the item that names it");

    await(persistent.discard("/a", replaced, Deadline.NONE));
    await(persistent.discard("/a", replaced, Deadline.NONE));
    assertEquals(List.of("7"), objects());
    assertArrayEquals(SMALL, await(persistent.read("/a", true)).data());

    await(
        persistent.discard(
            "/a", apply(persistent, Samples.gone("/a", 8)).replaced(), Deadline.NONE));
    assertEquals(List.of(), objects());
  }

  @Test
  void noDataIsNoObject() {
    apply(persistent, Samples.alive("/a", 5, new byte[0]));

    assertEquals(List.of(), objects());
    assertArrayEquals(new byte[0], await(persistent.read("/a", true)).data());
  }

  @Test
  void hybridDataIsAnObjectOnlyIfItIsLarge() {
    apply(hybrid, Samples.alive("/a", 5, SMALL));
    assertEquals(List.of(), objects());

    assertEquals(0, apply(hybrid, Samples.alive("/a", 6, LARGE)).replaced());
    assertEquals(List.of("6"), objects());

    long replaced = apply(hybrid, Samples.alive("/a", 7, SMALL)).replaced();
    await(hybrid.discard("/a", replaced, Deadline.NONE));
    assertEquals(List.of(), objects());
    assertArrayEquals(SMALL, await(hybrid.read("/a", true)).data());
  }

  @Test
  void aChangeOfTheRestReplacesNoData() {
    apply(persistent, Samples.alive("/a", 5, SMALL));
    apply(persistent, Samples.alive("/a", 6, SMALL));
    NodeStat stat = Samples.stat(7, SMALL.length);

    assertEquals(
        0, apply(persistent, new NodeUpdate("/a", 7, true, stat, 1, null, null)).replaced());
    assertArrayEquals(SMALL, await(persistent.read("/a", true)).data());
  }

  @Test
  void aCopyThatComesTooLateLeavesNoObject() {
    apply(persistent, Samples.alive("/a", 7, SMALL));

    assertEquals(0, apply(persistent, Samples.alive("/a", 5, LARGE)).replaced());

    assertEquals(List.of("7"), objects());
  }

  @Test
  void whoRepeatsAnUpdateIsToldWhatItReplaced() {
    apply(persistent, Samples.alive("/a", 5, SMALL));
    NodeUpdate update = Samples.alive("/a", 6, LARGE);

    assertEquals(5, apply(persistent, update).replaced());
    assertEquals(5, apply(persistent, update).replaced());

    assertEquals(List.of("5", "6"), objects());
    assertArrayEquals(LARGE, await(persistent.read("/a", true)).data());
  }

  @Test
  void anObjectIsNeverWrittenAgain() {
    apply(persistent, Samples.alive("/a", 5, SMALL));

    apply(persistent, Samples.alive("/a", 5, LARGE));

    assertArrayEquals(SMALL, await(persistent.read("/a", true)).data());
  }

  @Test
  void aReaderWhoseObjectWentReadsTheNodeAgain() {
    Deque<SdkResponse> old = new ArrayDeque<>();
    AtomicBoolean late = new AtomicBoolean();
    ExecutionInterceptor lateReader =
        new ExecutionInterceptor() {
          @Override
          public SdkResponse modifyResponse(
              Context.ModifyResponse context, ExecutionAttributes attributes) {
            if (context.response() instanceof GetItemResponse && !late.get()) {
              old.add(context.response());
            }
            return late.get() && !old.isEmpty() ? old.remove() : context.response();
          }
        };
    NodeStore reader = Local.ports(Local.clients(lateReader), names).nodes(bucket, false);
    apply(persistent, Samples.alive("/a", 5, SMALL));
    assertEquals(5, await(reader.read("/a", true)).touched());
    late.set(true);
    long replaced = apply(persistent, Samples.alive("/a", 6, LARGE)).replaced();
    await(persistent.discard("/a", replaced, Deadline.NONE));

    StoredNode read = await(reader.read("/a", true));

    assertEquals(List.of(), List.copyOf(old), "it saw the item as it was before");
    assertEquals(6, read.touched());
    assertArrayEquals(LARGE, read.data());
  }

  private static Applied apply(NodeStore nodes, NodeUpdate update) {
    CompletionStage<Applied> applied = nodes.apply(update, Deadline.NONE);
    return await(applied);
  }

  /** The last parts of the objects' names: zxids. */
  private List<String> objects() {
    return await(Local.CLIENTS.s3().listObjectsV2(request -> request.bucket(bucket)))
        .contents()
        .stream()
        .map(S3Object::key)
        .map(key -> key.substring(key.lastIndexOf('/') + 1))
        .toList();
  }
}
