package io.faaskeeper.aws;

import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts. */
public final class CallMeter implements ExecutionInterceptor {}
