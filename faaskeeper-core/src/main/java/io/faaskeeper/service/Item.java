package io.faaskeeper.service;

import io.faaskeeper.model.Request;

/**
 * A request in a batch.
 *
 * @param process who sent it, proven; {@link io.faaskeeper.model.RequestMessage#SERVICE} for the
 *     service itself
 * @param request what it asks
 */
record Item(String process, Request request) {}
