package io.faaskeeper.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Deliberate bugs of what is stored in objects, each as what stands before the bucket. */
final class BucketMutations {
  private BucketMutations() {}

  /** Every mutation by its name; each history gets one of its own. */
  static Map<String, Supplier<UnaryOperator<S3AsyncClient>>> all() {
    Map<String, Supplier<UnaryOperator<S3AsyncClient>>> all = new LinkedHashMap<>();
    all.put("lose an object", BucketMutations::loseObjects);
    all.put("keep objects that were replaced", () -> BucketMutations::keepObjects);
    return all;
  }

  private static UnaryOperator<S3AsyncClient> loseObjects() {
    AtomicInteger calls = new AtomicInteger();
    return bucket ->
        replace(
            bucket,
            "putObject",
            args ->
                args[0] instanceof PutObjectRequest && calls.incrementAndGet() % 5 == 0
                    ? CompletableFuture.completedFuture(PutObjectResponse.builder().build())
                    : null);
  }

  private static S3AsyncClient keepObjects(S3AsyncClient bucket) {
    return replace(
        bucket,
        "deleteObject",
        args ->
            args[0] instanceof DeleteObjectRequest
                ? CompletableFuture.completedFuture(DeleteObjectResponse.builder().build())
                : null);
  }

  /** This bucket, but for one kind of call where the wrong one does not say null. */
  private static S3AsyncClient replace(
      S3AsyncClient bucket, String call, Function<Object[], CompletableFuture<?>> wrong) {
    return (S3AsyncClient)
        Proxy.newProxyInstance(
            S3AsyncClient.class.getClassLoader(),
            new Class<?>[] {S3AsyncClient.class},
            (proxy, method, args) -> {
              CompletableFuture<?> instead =
                  method.getName().equals(call) ? wrong.apply(args) : null;
              try {
                return instead == null ? method.invoke(bucket, args) : instead;
              } catch (InvocationTargetException | IllegalAccessException e) {
                throw new LinkageError("a bucket can't be called", e);
              }
            });
  }
}
