package io.faaskeeper.host.lambda;

import java.util.concurrent.CompletableFuture;

/** One call of a function, on its way through an instance. */
record Invocation(String requestId, byte[] payload, CompletableFuture<InvocationResult> result) {}
